public import Collection
import Identity
public import Values
public import Workflow

/// The work list of cases: filters, one page of rows, and what may be done with several at once.
public struct CasesPage: ConsolePage {
    public static let template = "cases"
    public static let section: ConsoleSection? = .cases
    public static let keepsViews = true

    /// What is listed, as the address of the page says it.
    public struct Filter: Sendable {
        public var kind: CaseKind?
        public var state: CaseState.Shown?
        public var account: String?
        public var assignee: String?

        public init(kind: CaseKind?, state: CaseState.Shown?, account: String?, assignee: String?) {
            self.kind = kind
            self.state = state
            self.account = account
            self.assignee = assignee
        }

        /// The address with other values.
        func path(_ change: (inout Filter) -> Void, after: Int64? = nil) -> String {
            var other = self
            change(&other)
            let pairs: [(String, String?)] = [
                ("kind", other.kind?.rawValue), ("state", other.state?.rawValue), ("account", other.account),
                ("assignee", other.assignee), ("cursor", after.map(String.init)),
            ]
            let query = pairs.compactMap { name, value in
                value.map { name + "=" + $0.percentEncoded() }
            }.joined(separator: "&")
            return "/console/cases" + (query.isEmpty ? "" : "?" + query)
        }
    }

    struct Choice: Sendable {
        let name: String
        let count: String?
        let href: String
        let isChosen: Bool
    }

    struct Row: Sendable {
        let id: String
        let kind: String
        let state: Badge
        let amount: String
        let suspense: String?
        let sentence: String
        /// Who paid and for which dossier, or what the memo says.
        let about: String
        /// When the bank was last asked; `nil` if it was not.
        let asked: String?
        let agency: String
        let account: String
        let assignee: String
        let opened: String
        let age: String
        let due: String
        let isOverdue: Bool
        let canBeChosen: Bool
    }

    public let title: String
    let kinds: [Choice]
    let states: [Choice]
    let account: String?
    let withoutAccount: String
    let assignee: String?
    let withoutAssignee: String
    let rows: [Row]
    let isEmpty: Bool
    let next: String?
    let first: String?
    let maySuggest: Bool
    let mayApprove: Bool
    /// The address of the list, to come back to.
    let here: String
    /// The address of the list as a workbook.
    let sheet: String
    /// Whether a filled workbook may be sent.
    let maySend: Bool
    let done: String?

    /// - Parameters:
    ///   - next: the id after which the next page begins; `nil` on the last page.
    ///   - done: what was just done.
    public init(
        _ cases: [Case],
        _ filter: Filter,
        groups: [Overview.CaseGroup],
        after: Int64,
        next: Int64?,
        for caller: Caller,
        done: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Vụ việc", en: "Cases")
        let all = Choice(
            name: word(vi: "Mọi loại", en: "All kinds"),
            count: nil,
            href: filter.path { $0.kind = nil },
            isChosen: filter.kind == nil
        )
        let counts = Dictionary(uniqueKeysWithValues: groups.map { ($0.kind, $0.count) })
        kinds =
            [all]
            + CaseKind.allCases.filter { counts[$0] != nil || $0 == filter.kind }.map { kind in
                Choice(
                    name: word[Vocabulary.caseKind[kind.rawValue]],
                    count: counts[kind].map { word.number($0) },
                    href: filter.path { $0.kind = kind },
                    isChosen: filter.kind == kind
                )
            }
        let everyState = Choice(
            name: word(vi: "Mọi trạng thái", en: "All states"),
            count: nil,
            href: filter.path { $0.state = nil },
            isChosen: filter.state == nil
        )
        states =
            CaseState.Shown.allCases.map { state in
                Choice(
                    name: word[Vocabulary.caseState[state.rawValue]],
                    count: nil,
                    href: filter.path { $0.state = state },
                    isChosen: filter.state == state
                )
            } + [everyState]
        account = filter.account
        withoutAccount = filter.path { $0.account = nil }
        assignee = filter.assignee
        withoutAssignee = filter.path { $0.assignee = nil }
        let resolves = caller.holds(.resolveCases)
        maySuggest = resolves && filter.state == .open && cases.contains { $0.suspenseLeft > .zero }
        mayApprove = resolves && filter.state == .awaitingApproval && !cases.isEmpty
        rows = cases.map {
            CasesPage.row(
                $0,
                canBeChosen: resolves
                    && ($0.state == .awaitingApproval || $0.state == .open && $0.suspenseLeft > .zero),
                word
            )
        }
        isEmpty = cases.isEmpty
        self.next = next.map { filter.path({ _ in }, after: $0) }
        first = after > 0 ? filter.path { _ in } : nil
        sheet = filter.path({ _ in }).replacing("/console/cases", with: "/console/cases/sheet.xlsx")
        maySend = resolves
        here = filter.path({ _ in }, after: after > 0 ? after : nil)
        self.done = done
    }

    private static func about(_ subject: Case.Subject, _ word: Wording) -> String {
        let payer = word.personal(subject.payerName ?? subject.counterpartyName, .name)
        let memo = word.personal(subject.memo, .memo).map { "“\($0)”" }
        return [payer, subject.dossierCode, memo].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private static func row(_ found: Case, canBeChosen: Bool, _ word: Wording) -> Row {
        Row(
            id: String(found.id),
            kind: word[Vocabulary.caseKind[found.kind.rawValue]],
            state: word.badge(found.state),
            amount: word.money(found.amount),
            suspense: found.suspenseLeft == .zero || found.suspenseLeft == found.amount
                ? nil : word.money(found.suspenseLeft),
            sentence: found.reason?.sentence(in: word.language) ?? "",
            about: about(found.subject, word),
            asked: found.subject.askedBankAt.map {
                word(vi: "đã tra soát \($0.day.formatted)", en: "bank asked \($0.day.formatted)")
            },
            agency: found.agencyCode ?? "",
            account: found.accountNumber ?? "",
            assignee: found.assignee ?? "",
            opened: found.openedAt.formatted,
            age: word.age(found.openedAt),
            due: found.dueOn.formatted,
            isOverdue: found.isOverdue(at: word.now),
            canBeChosen: canBeChosen
        )
    }
}
