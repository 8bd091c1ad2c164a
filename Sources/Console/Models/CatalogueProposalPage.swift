public import Collection
import FeeSchedule
import Identity
public import Values

/// A catalogue that somebody proposes: what it changes, in words and row by row, what last month's payments would have
/// brought by it, and another person's decision.
public struct CatalogueProposalPage: ConsolePage {
    public static let template = "catalogue-proposal"
    public static let section: ConsoleSection? = .operations

    struct Entry: Sendable {
        let file: String
        let badge: Badge
        let name: String
        let detail: String
    }

    struct Place: Sendable {
        let agency: String
        let locality: String
        let payments: String
        let before: String
        let after: String
        let change: String
        let unpriced: String?
    }

    public let title: String
    let id: String
    let badge: Badge
    let words: String
    let facts: [Fact]
    let entries: [Entry]
    let hasEntries: Bool
    let moreEntries: String?
    let rehearsal: String?
    let places: [Place]
    let hasPlaces: Bool
    let outdated: String?
    let isOwn: Bool
    let mayAdopt: Bool
    let mayReject: Bool
    let note: String
    let done: String?
    let fault: String?

    private static let mostEntries = 200

    /// The address of a proposal.
    public static func path(_ id: Int64) -> String { CatalogueHistoryPage.path + "/proposals/\(id)" }

    public init(
        _ looked: CatalogueProposal.Looked,
        for caller: Caller,
        done: String? = nil,
        fault: String? = nil,
        note: String = "",
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        let proposal = looked.proposal
        id = String(proposal.id)
        title = word(vi: "Đề xuất danh mục \(id)", en: "Proposed catalogue \(id)")
        badge = CatalogueProposalPage.badge(proposal, word)
        let isOpen = proposal.decision == nil
        words =
            looked.rehearsal == nil
            ? CatalogueHistoryPage.words(proposal.summary, word) : looked.words.sentence(in: language).unbroken
        facts = CatalogueProposalPage.facts(proposal, word)
        let all = looked.difference.entries
        entries = all.prefix(CatalogueProposalPage.mostEntries).map { CatalogueProposalPage.entry($0, word) }
        hasEntries = !entries.isEmpty
        let more = all.count - entries.count
        moreEntries = more > 0 ? word(vi: "và \(more) dòng khác", en: "and \(more) more rows") : nil
        rehearsal = looked.rehearsal.map { CatalogueProposalPage.sentence($0, word) }
        places = (looked.rehearsal?.rows ?? []).map { CatalogueProposalPage.place($0, word) }
        hasPlaces = !places.isEmpty
        outdated =
            looked.isOutdated
            ? word(
                vi:
                    "Danh mục đã đổi từ khi kiểm tra các tệp này (phiên bản \(proposal.basedOn)): hãy bác đề xuất và tải lên lại.",
                en:
                    "The catalogue has changed since these files were checked (version \(proposal.basedOn)): turn them down and bring them again."
            ) : nil
        isOwn = isOpen && proposal.proposedBy == caller.person.id
        mayAdopt = isOpen && !isOwn && !looked.isOutdated && caller.holds(.adoptCatalogue)
        mayReject = isOpen && (caller.holds(.adoptCatalogue) || isOwn)
        self.note = note
        self.done = done
        self.fault = fault
    }

    static func badge(_ proposal: CatalogueProposal, _ word: Wording) -> Badge {
        switch proposal.decision {
        case nil: Badge(word(vi: "chờ người khác", en: "awaits another person"), .wait)
        case let decision? where decision.version != nil:
            Badge(word(vi: "đã có hiệu lực", en: "put in force"), .done)
        default: Badge(word(vi: "đã bác", en: "turned down"), .plain)
        }
    }

    private static func facts(_ proposal: CatalogueProposal, _ word: Wording) -> [Fact] {
        let decision = proposal.decision
        return [
            Fact(word(vi: "Người đề xuất", en: "Proposed by"), proposal.proposedByName),
            Fact(word(vi: "Lúc", en: "At"), proposal.proposedAt.formatted),
            Fact(word(vi: "So với phiên bản", en: "Compared with version"), String(proposal.basedOn)),
            Fact(word(vi: "Ghi chú", en: "Note"), proposal.note),
            Fact(word(vi: "Người quyết định", en: "Decided by"), decision.map { "\($0.by), \($0.at.formatted)" }),
            Fact(
                word(vi: "Phiên bản", en: "Version"),
                decision?.version.map { String($0) },
                href: decision?.version.map { CatalogueHistoryPage.path + "/\($0)" }
            ),
            Fact(word(vi: "Ý kiến", en: "Their words"), decision?.note),
        ].compactMap { $0 }
    }

    static func entry(_ entry: CatalogueDifference.Entry, _ word: Wording) -> Entry {
        let columns = entry.file.columns
        let shown = entry.after ?? entry.before ?? []
        let badge =
            switch entry.change {
            case .added: Badge(word(vi: "thêm", en: "added"), .done)
            case .changed: Badge(word(vi: "đổi", en: "changed"), .wait)
            case .ended: Badge(word(vi: "kết thúc", en: "ended"), .warn)
            }
        let name = columns.firstIndex(of: word(vi: "name_vi", en: "name_en")).map { shown[$0] }
        let changes: [String]
        if let before = entry.before, let after = entry.after {
            changes = columns.indices.filter { before[$0] != after[$0] }.map { column in
                let name = columns[column]
                let (was, now) = (value(before[column], of: name, word), value(after[column], of: name, word))
                return CatalogueProposalPage.name(of: name, word) + ": \(was.isEmpty ? "—" : was) → \(now)"
            }
        } else {
            let told = [
                "amount", "percent", "value", "target_percent", "account_number", "locality_code", "valid_from",
            ]
            changes = told.compactMap { column in
                columns.firstIndex(of: column).flatMap { place in
                    shown[place].isEmpty
                        ? nil
                        : CatalogueProposalPage.name(of: column, word) + ": " + value(shown[place], of: column, word)
                }
            }
        }
        return Entry(
            file: word[CatalogueHistoryPage.noun(entry.file)],
            badge: badge,
            name: [shown.first, name].compactMap { $0 }.joined(separator: " · "),
            detail: changes.joined(separator: "; ")
        )
    }

    /// What a column is called by people; its own name for the others.
    private static func name(of column: String, _ word: Wording) -> String {
        let known: [String: Phrase] = [
            "name_vi": Phrase(vi: "tên", en: "name"), "name_en": Phrase(vi: "tên tiếng Anh", en: "English name"),
            "amount": Phrase(vi: "số tiền", en: "amount"), "percent": Phrase(vi: "phần trăm", en: "percent"),
            "value": Phrase(vi: "mức", en: "value"), "target_percent": Phrase(vi: "chỉ tiêu (%)", en: "target (%)"),
            "account_number": Phrase(vi: "tài khoản", en: "account"),
            "account_name": Phrase(vi: "chủ tài khoản", en: "account holder"),
            "bank_bin": Phrase(vi: "ngân hàng", en: "bank"), "locality_code": Phrase(vi: "địa bàn", en: "locality"),
            "valid_from": Phrase(vi: "từ ngày", en: "from"), "valid_to": Phrase(vi: "đến ngày", en: "to"),
            "legal_basis": Phrase(vi: "căn cứ", en: "legal basis"), "unit": Phrase(vi: "đơn vị tính", en: "unit"),
            "minimum": Phrase(vi: "ít nhất", en: "minimum"), "maximum": Phrase(vi: "nhiều nhất", en: "maximum"),
        ]
        return known[column].map { word[$0] } ?? column
    }

    /// Amounts and days as people write them.
    private static func value(_ text: String, of column: String, _ word: Wording) -> String {
        if ["amount", "minimum", "maximum"].contains(column), let dong = Int64(text) { return word.money(Money(dong)) }
        return Day(text)?.formatted ?? text
    }

    private static func sentence(_ rehearsal: CatalogueRehearsal, _ word: Wording) -> String {
        let payments = word.number(rehearsal.rows.reduce(0) { $0 + $1.payments })
        let month = "\(rehearsal.month.first.formatted)–\(rehearsal.month.last.formatted)"
        let (before, after) = (word.money(rehearsal.before), word.money(rehearsal.after))
        return word(
            vi:
                "\(payments) khoản đã nộp \(month), tính lại theo giá ngày \(rehearsal.day.formatted): đang có hiệu lực \(before), theo đề xuất \(after).",
            en:
                "\(payments) payments of \(month), assessed as of \(rehearsal.day.formatted): by what is in force \(before), by the proposal \(after)."
        )
    }

    private static func place(_ row: CatalogueRehearsal.Row, _ word: Wording) -> Place {
        let sign = row.change > .zero ? "+" : ""
        return Place(
            agency: "\(row.agency) · \(word[row.agencyName])",
            locality: word[row.locality],
            payments: word.number(row.payments),
            before: word.money(row.before),
            after: word.money(row.after),
            change: sign + word.money(row.change),
            unpriced: row.unpriced > 0
                ? word(
                    vi: "\(word.number(row.unpriced)) khoản không tính được",
                    en: "\(word.number(row.unpriced)) cannot be assessed"
                ) : nil
        )
    }
}
