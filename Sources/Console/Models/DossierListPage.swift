public import Collection
import Identity
public import Values

/// The dossiers that an indicator of Decision 766 counts, or does not.
public struct DossierListPage: ConsolePage {
    public static let template = "dossiers"
    public static let section: ConsoleSection? = .reports
    public static let keepsViews = true

    struct Row: Sendable {
        /// The story of the request that says most of it, for those who may read it.
        let href: String?
        let dossier: String
        let agency: String
        let procedure: String
        let started: String
        let state: Badge
        /// Why it counts or does not, and what to do.
        let why: String
    }

    public let title: String
    let about: [Fact]
    let rows: [Row]
    let isEmpty: Bool
    let next: String?
    let back: String
    /// Where the list is as a file for the national portal; `nil` where it is of no exempted ones.
    let export: String?

    /// Where those that were exempted in full are as a file.
    public static let exportPath = "/console/reports/exempt-dossiers.json"

    /// - Parameters:
    ///   - told: the answer of the API.
    ///   - address: what was asked.
    ///   - next: the address of the next page.
    public init(
        _ told: JSON,
        _ address: ReportAddress,
        next: String?,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        let mayOpen = caller.holds(.readPaymentRequest)
        let areExempt = address["exempt"] == "true"
        title =
            areExempt
            ? word(vi: "Hồ sơ được miễn toàn bộ", en: "Dossiers exempted in full")
            : word(vi: "Các hồ sơ của con số này", en: "The dossiers behind the figure")
        about = address.facts(word)
        rows = (told["items"]?.array ?? []).map { item in
            let isPaid = item["paid_online"] == true
            return Row(
                href: mayOpen ? item["payment_request_id"]?.string.map { "/console/payments/" + $0 } : nil,
                dossier: item["dossier_code"]?.string ?? "",
                agency: item["agency_code"]?.string ?? "",
                procedure: item["procedure_code"]?.string ?? "",
                started: item["started_on"]?.string.flatMap { Day($0) }?.formatted ?? "",
                state: areExempt
                    ? Badge(word(vi: "miễn toàn bộ", en: "exempted in full"), .done)
                    : isPaid
                        ? Badge(word(vi: "trả trực tuyến", en: "paid online"), .done)
                        : Badge(word(vi: "chưa trả trực tuyến", en: "not paid online"), .plain),
                why: item[language == .vietnamese ? "sentence_vi" : "sentence_en"]?.string ?? ""
            )
        }
        isEmpty = rows.isEmpty
        self.next = next
        let kept = ReportAddress(address.values.filter { Self.kept.contains($0.key) })
        back = ConsoleReport.decision766.path + kept.query
        export = areExempt && !rows.isEmpty ? Self.exportPath + address.query : nil
    }

    private static let kept: Set = ["period", "level", "as_of"]
}
