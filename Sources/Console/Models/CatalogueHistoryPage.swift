public import Collection
import FeeSchedule
import Identity
public import Values

/// The catalogue: what is proposed and waits for another person, bringing files, and the versions so far.
public struct CatalogueHistoryPage: ConsolePage {
    public static let template = "catalogue"
    public static let section: ConsoleSection? = .operations
    public static let path = "/console/operations/catalogue"

    struct Proposal: Sendable {
        let id: String
        let href: String
        let words: String
        let by: String
        let at: String
        let badge: Badge
    }

    struct Version: Sendable {
        let number: String
        let href: String
        let at: String
        let by: String
        let words: String
    }

    struct Fault: Sendable {
        let place: String
        let reason: String
    }

    public let title: String
    let proposals: [Proposal]
    let hasProposals: Bool
    let versions: [Version]
    let hasVersions: Bool
    let mayPropose: Bool
    let files: String
    let note: String
    let fault: String?
    let faults: [Fault]
    let hasFaults: Bool
    let moreFaults: String?

    /// How many faults are told one by one.
    private static let mostFaults = 200

    /// - Parameters:
    ///   - versions: as ``CatalogueStore/versions(limit:)`` lists them.
    ///   - fault: why files were not kept, with each fault in them.
    public init(
        _ proposals: [CatalogueProposal],
        versions: [JSON],
        fault: ServiceError? = nil,
        note: String = "",
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Danh mục phí, lệ phí", en: "Catalogue of fees")
        self.proposals = proposals.map { one in
            Proposal(
                id: String(one.id),
                href: CatalogueProposalPage.path(one.id),
                words: CatalogueHistoryPage.words(one.summary, word),
                by: one.proposedByName,
                at: one.proposedAt.formatted,
                badge: CatalogueProposalPage.badge(one, word)
            )
        }
        hasProposals = !proposals.isEmpty
        self.versions = versions.map { one in
            let number = String(one["version"]?.integer ?? 0)
            return Version(
                number: number,
                href: CatalogueHistoryPage.path + "/" + number,
                at: one["imported_at"]?.string.flatMap { Instant($0) }?.formatted ?? "",
                by: one["imported_by"]?.string ?? "",
                words: CatalogueHistoryPage.words(one["summary"] ?? .null, word)
            )
        }
        hasVersions = !versions.isEmpty
        mayPropose = caller.holds(.proposeCatalogue)
        files = CatalogueFile.allCases.map(\.fileName).joined(separator: ", ")
        self.note = note
        self.fault = fault?.text(in: language)
        let all = fault?.faults ?? []
        faults = all.prefix(CatalogueHistoryPage.mostFaults).map {
            Fault(place: $0.pointer, reason: word[$0.reason])
        }
        hasFaults = !faults.isEmpty
        let more = all.count - faults.count
        moreFaults = more > 0 ? word(vi: "và \(more) lỗi khác", en: "and \(more) more") : nil
    }

    /// The counts of a version by file, in words.
    static func words(_ summary: JSON, _ word: Wording) -> String {
        let kinds: [(String, Phrase)] = [
            ("added", Phrase(vi: "thêm", en: "added")), ("changed", Phrase(vi: "đổi", en: "changed")),
            ("ended", Phrase(vi: "kết thúc", en: "ended")),
        ]
        let files = CatalogueFile.allCases.compactMap { file -> String? in
            let parts = kinds.compactMap { kind, words -> String? in
                guard let count = summary[file.rawValue]?[kind]?.integer, count > 0 else { return nil }
                return word(
                    vi: "\(words.vietnamese) \(word.number(count))",
                    en: "\(word.number(count)) \(words.english)"
                )
            }
            return parts.isEmpty ? nil : word[noun(file)] + ": " + parts.joined(separator: ", ")
        }
        return files.joined(separator: "; ")
    }

    static func noun(_ file: CatalogueFile) -> Phrase {
        switch file {
        case .localities: Phrase(vi: "Địa bàn", en: "Localities")
        case .agencies: Phrase(vi: "Cơ quan", en: "Agencies")
        case .procedures: Phrase(vi: "Thủ tục", en: "Procedures")
        case .fees: Phrase(vi: "Giá", en: "Prices")
        case .reductions: Phrase(vi: "Miễn giảm", en: "Reductions")
        case .discounts: Phrase(vi: "Giảm trực tuyến", en: "Discounts")
        case .targets: Phrase(vi: "Chỉ tiêu", en: "Targets")
        }
    }
}
