public import Collection
import Identity
public import Values
public import Workflow

/// The work list of cases: filters, one page of rows, and what may be done with several at once.
public struct CasesPage: ConsolePage {
    public static let template = "cases"
    public static let section: ConsoleSection? = .cases
    public static let keepsViews = true

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
        /// What waits for approval, in one line; `nil` if nothing does.
        let proposal: String?
        let proposedBy: String?
        /// Whether it pays an account that was never seen before.
        let isUnknown: Bool
    }

    struct Option: Sendable {
        let code: String
        let name: String
        let isChosen: Bool
    }

    public let title: String
    let kinds: [Choice]
    let states: [Choice]
    /// What the list is narrowed down to, each with the address of the list without it.
    let narrowed: [Choice]
    /// Whether the form that narrows it down is open.
    let isNarrowed: Bool
    let kind: String?
    let state: String
    let accounts: [Option]
    let agencies: [Option]
    let assignees: [Option]
    let amount: String
    let isOverdue: Bool
    let rows: [Row]
    let isEmpty: Bool
    let next: String?
    let first: String?
    let maySuggest: Bool
    let mayInquire: Bool
    let mayApprove: Bool
    /// The address of the list, to come back to.
    let here: String
    /// The address of the list as a workbook.
    let sheet: String
    /// Whether a filled workbook may be sent.
    let maySend: Bool
    let done: String?

    /// - Parameters:
    ///   - proposals: what waits for approval, by the case.
    ///   - counts: how many cases of each kind the filter lists if it names no kind.
    ///   - agencyNames: by their codes.
    ///   - next: the id after which the next page begins; `nil` on the last page.
    ///   - done: what was just done.
    public init(
        _ cases: [Case],
        _ filter: Filter,
        proposals: [Int64: CaseFile.Proposal] = [:],
        counts: [CaseKind: Int64],
        choices: Cases.Choices,
        agencyNames: [String: String] = [:],
        after: Int64,
        next: Int64?,
        for caller: Caller,
        done: String? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Vụ việc", en: "Cases")
        kinds = CasesPage.kinds(filter, counts, word)
        states = CasesPage.states(filter, word)
        narrowed = CasesPage.narrowed(filter, agencyNames, word)
        isNarrowed = !narrowed.isEmpty
        (kind, state) = (filter.kind?.rawValue, filter.state?.rawValue ?? "all")
        accounts = CasesPage.options(choices.accounts, filter.account)
        agencies = CasesPage.options(choices.agencies, filter.agency) { agencyNames[$0] ?? $0 }
        assignees = CasesPage.options(choices.assignees, filter.assignee)
        amount = filter.amount.map { word.number($0.dong) } ?? ""
        isOverdue = filter.isOverdue
        let resolves = caller.holds(.resolveCases)
        maySuggest = resolves && cases.contains { $0.state == .open && $0.suspenseLeft > .zero }
        mayInquire = resolves && cases.contains { $0.state == .open && CasesPage.isOfBank($0) }
        mayApprove = resolves && cases.contains { $0.state == .awaitingApproval }
        rows = cases.map { one in
            let isOpen = one.state == .open && (one.suspenseLeft > .zero || CasesPage.isOfBank(one))
            let canBeChosen = resolves && (one.state == .awaitingApproval || isOpen)
            return CasesPage.row(one, proposals[one.id], agencyNames, canBeChosen: canBeChosen, word)
        }
        isEmpty = cases.isEmpty
        self.next = next.map { filter.path({ _ in }, after: $0) }
        first = after > 0 ? filter.path { _ in } : nil
        sheet = filter.path({ _ in }).replacing("/console/cases", with: "/console/cases/sheet.xlsx")
        maySend = resolves
        here = filter.path({ _ in }, after: after > 0 ? after : nil)
        self.done = done
    }

    /// Whether a bank can be asked about it: it is about an account, and not about a gap or an alarm of ours.
    private static func isOfBank(_ one: Case) -> Bool {
        one.accountNumber != nil && ![.statementGap, .alarm, .platformDifference].contains(one.kind)
    }

    private static func about(_ subject: Case.Subject, _ word: Wording) -> String {
        let payer = word.personal(subject.payerName ?? subject.counterpartyName, .name)
        let memo = word.personal(subject.memo, .memo).map { "“\($0)”" }
        return [payer, subject.dossierCode, memo].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private static func row(
        _ found: Case,
        _ waiting: CaseFile.Proposal?,
        _ agencyNames: [String: String],
        canBeChosen: Bool,
        _ word: Wording
    ) -> Row {
        let move = waiting.map { MoveView($0.move, word) }
        return Row(
            id: String(found.id),
            kind: word[Vocabulary.caseKind[found.kind.rawValue]],
            state: word.badge(found.state),
            amount: word.money(found.amount),
            suspense: found.suspenseLeft == .zero || found.suspenseLeft == found.amount
                ? nil : word.money(found.suspenseLeft),
            sentence: found.reason?.sentence(in: word.language).unbroken ?? "",
            about: about(found.subject, word),
            asked: found.subject.askedBankAt.map {
                word(vi: "đã tra soát \($0.day.formatted)", en: "bank asked \($0.day.formatted)")
            },
            agency: found.agencyCode.map { agencyNames[$0] ?? $0 } ?? "",
            account: found.accountNumber ?? "",
            assignee: found.assignee ?? "",
            opened: found.openedAt.formatted,
            age: word.age(found.openedAt),
            due: found.dueOn.formatted,
            isOverdue: found.isOverdue(at: word.now),
            canBeChosen: canBeChosen,
            proposal: move?.line,
            proposedBy: waiting.map { word.actor($0.proposedBy) },
            isUnknown: move?.isUnknown ?? false
        )
    }
}
