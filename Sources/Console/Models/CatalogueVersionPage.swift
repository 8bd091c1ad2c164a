import Collection
import FeeSchedule
public import Values

/// What one version of the catalogue changed, row by row.
public struct CatalogueVersionPage: ConsolePage {
    public static let template = "catalogue-version"
    public static let section: ConsoleSection? = .operations

    struct Row: Sendable {
        let file: String
        let badge: Badge
        let text: String
    }

    public let title: String
    let rows: [Row]
    let isEmpty: Bool
    let more: String?

    private static let most = 500

    /// - Parameter changes: as ``CatalogueStore/changes(in:)`` lists them.
    public init(_ version: Int32, _ changes: [JSON], in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Danh mục, phiên bản \(version)", en: "Catalogue, version \(version)")
        rows = changes.prefix(CatalogueVersionPage.most).map { change in
            let file = CatalogueFile(rawValue: String((change["file"]?.string ?? "").dropLast(4)))
            let isAdded = change["change"]?.string == "added"
            let fields = (change["row"]?.members ?? []).compactMap { member -> String? in
                let value = member.value.string ?? member.value.integer.map { String($0) } ?? ""
                return value.isEmpty ? nil : "\(member.name): \(value)"
            }
            return Row(
                file: file.map { word[CatalogueHistoryPage.noun($0)] } ?? "",
                badge: isAdded
                    ? Badge(word(vi: "thêm", en: "added"), .done)
                    : Badge(word(vi: "kết thúc", en: "ended"), .warn),
                text: fields.joined(separator: "; ")
            )
        }
        isEmpty = rows.isEmpty
        let left = changes.count - rows.count
        more = left > 0 ? word(vi: "và \(left) dòng khác", en: "and \(left) more rows") : nil
    }
}
