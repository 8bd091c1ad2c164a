public import Collection
import Identity
import PaymentQR
public import Values
import Workflow

/// A case: the bank's line, the notice and the request side by side, why it is one, what it may be, and what may be done.
public struct CasePage: ConsolePage {
    public static let template = "case"
    public static let section: ConsoleSection? = .cases

    /// One of the things that the case compares.
    struct Side: Sendable {
        let heading: String
        let facts: [Fact]
        /// What the transfer says, with what differs from the other side.
        let memo: Marked?
    }

    struct Suggestion: Sendable {
        let reference: Marked
        let plainReference: String
        let href: String
        let dossier: String
        let payer: String
        let remaining: String
        let state: Badge
        let created: String
        let strength: Badge
        let evidence: [Evidence]
        let isBest: Bool
        let note: String
    }

    /// A reason why a request may be meant.
    struct Evidence: Sendable {
        let text: String
        let convinces: Bool
    }

    struct Proposal: Sendable {
        let proposalID: String
        let sentence: String
        let by: String
        let at: String
        let note: String
        let move: MoveView
        /// Whether the one who looks may approve it: somebody else made it, and it takes no role that they lack.
        let mayApprove: Bool
        /// Why they may not; `nil` if they may.
        let whyNot: String?
        /// What they wrote with a proposal of their own that came too late.
        let kept: String?
    }

    struct Entry: Sendable {
        let what: String
        let by: String
        let at: String
        let detail: [String]
        let link: String?
    }

    struct Option: Sendable {
        let code: String
        let name: String
        let isChosen: Bool
    }

    public let title: String
    let id: String
    let kind: String
    let state: Badge
    let sentence: String
    let facts: [Fact]
    let sides: [Side]
    let suggestions: [Suggestion]
    let hasSuggestions: Bool
    let proposal: Proposal?
    let mayAct: Bool
    let mayWork: Bool
    let mayReopen: Bool
    let actions: [Option]
    /// Whether one of them is a refund, so that somebody must say to whom.
    let mayRefund: Bool
    let refunds: [Fact]
    let earlier: [Fact]
    let hasEarlier: Bool
    let history: [Entry]
    let hasHistory: Bool
    let record: [Fact]
    let hasRecord: Bool
    let assignees: [Option]
    let banks: [Option]
    /// Whether the part about refunds is open: something is typed in it, or is wrong with it.
    let opensRefund: Bool
    let due: String
    let inquiryHref: String
    let hasInquiry: Bool
    let done: String?
    let fault: String?
    /// What is wrong, by the field that it is about.
    let faults: [String: String]
    /// What was typed before something went wrong.
    let typed: [String: String]
    let next: String?

    /// - Parameters:
    ///   - payer: what else the payer has to do with us.
    ///   - workers: the persons whom it may be assigned to.
    ///   - agency: the name of the agency that it is of.
    ///   - next: the case that comes after it in the work list, to go on with.
    ///   - done: what was just done; `fault`: what went wrong.
    ///   - typed: the fields of the form that went wrong, which are shown again.
    public init(
        _ file: CaseFile,
        payer: CaseFile.PayerRecord = CaseFile.PayerRecord(requests: [], cases: []),
        workers: [String] = [],
        agency: String? = nil,
        for caller: Caller,
        next: Int64? = nil,
        done: String? = nil,
        fault: ServiceError? = nil,
        typed: [String: String] = [:],
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        let head = file.head
        id = String(head.id)
        kind = word[Vocabulary.caseKind[head.kind.rawValue]]
        title = word(vi: "Vụ việc \(head.id)", en: "Case \(head.id)") + " · " + kind
        state = word.badge(head.state)
        sentence = head.reason?.sentence(in: language).unbroken ?? ""
        facts = CasePage.facts(head, statement: file.statementID, agency: agency, word)
        sides = CasePage.sides(file, word)
        let memo = [file.line?.memo, file.line?.counterpartyName, file.notice?.memo].compactMap { $0 }
            .joined(separator: " ")
        suggestions = file.suggestions.enumerated().map { CasePage.suggestion($1, isBest: $0 == 0, memo, word) }
        hasSuggestions = !suggestions.isEmpty
        let resolves = caller.holds(.resolveCases)
        let isOpen = head.state == .open || head.state == .awaitingApproval
        proposal = file.proposal.map { CasePage.proposal($0, of: head.id, resolves, caller, typed: typed, word) }
        mayWork = resolves && isOpen
        mayAct = mayWork && proposal == nil
        mayReopen = resolves && !isOpen
        actions = CasePage.actions(head, chosen: typed["action"], word)
        refunds = file.refunds.compactMap {
            Fact(
                word.money($0.amount),
                word[Vocabulary.refundState[$0.state.rawValue]],
                href: "/console/refunds/\($0.id.text)"
            )
        }
        earlier = file.earlier.compactMap { CasePage.fact($0, word) }
        hasEarlier = !earlier.isEmpty
        history = CasePage.history(file, word)
        hasHistory = !history.isEmpty
        record = CasePage.record(payer, besides: file.earlier, word)
        hasRecord = !record.isEmpty
        assignees = CasePage.assignees(workers, chosen: typed["assignee"] ?? head.assignee, word)
        banks = BankNames.members.map { Option(code: $0.bin, name: $0.name, isChosen: $0.bin == typed["bank_bin"]) }
        due = typed["due_on"] ?? head.dueOn.description
        inquiryHref = "/console/cases/\(head.id)/inquiry"
        hasInquiry = file.line != nil || file.notice != nil
        mayRefund = actions.contains { $0.code == CaseAction.refund.rawValue }
        self.done = done
        let faults = fault?.faults(of: CasePage.pointers, in: language) ?? [:]
        self.faults = faults
        self.fault = fault?.told(in: language)
        opensRefund = ["bank_bin", "account", "name"].contains { faults[$0] != nil || !(typed[$0] ?? "").isEmpty }
        self.typed = typed
        self.next = next.map { "/console/cases/\($0)" }
    }

    /// What a field of the forms is called in the faults of the use case.
    private static let pointers = [
        "note": ["/note"], "amount": ["/amount"], "reference": ["/reference", "/payment_request_id", "/refund_id"],
        "bank_bin": ["/beneficiary/bank_bin"], "account": ["/beneficiary/account_number", "/beneficiary"],
        "name": ["/beneficiary/name"], "due_on": ["/due_on"], "attachment": ["/attachment/reference"],
        "attachment_title": ["/attachment/title"],
    ]

    private static func facts(_ head: Case, statement: Int64?, agency: String?, _ word: Wording) -> [Fact] {
        let late = head.isOverdue(at: word.now) ? word(vi: " (quá hạn)", en: " (overdue)") : ""
        return [
            Fact(word(vi: "Số tiền", en: "Amount"), word.money(head.amount)),
            head.suspenseLeft == .zero
                ? nil : Fact(word(vi: "Đang chờ xử lý", en: "In suspense"), word.money(head.suspenseLeft)),
            Fact(
                word(vi: "Tài khoản", en: "Account"),
                head.accountNumber,
                href: head.accountNumber.map { "/console/days/\($0)/\(head.openedAt.day)" }
            ),
            statement.flatMap {
                Fact(word(vi: "Sao kê", en: "Statement"), String($0), href: "/console/statements/\($0)")
            },
            Fact(word(vi: "Cơ quan", en: "Agency"), agency ?? head.agencyCode),
            Fact(word(vi: "Mở lúc", en: "Opened"), "\(head.openedAt.formatted) (\(word.age(head.openedAt)))"),
            Fact(word(vi: "Hạn xử lý", en: "Due"), head.dueOn.formatted + late),
            Fact(word(vi: "Người xử lý", en: "Assignee"), head.assignee),
            Fact(
                word(vi: "Kết thúc", en: "Ended"),
                head.endedAt.map { ended in
                    [
                        ended.formatted, head.endedBy.map { word.actor($0) } ?? "",
                        head.action.map { word[Vocabulary.caseAction[$0]] } ?? "",
                        head.note ?? "",
                    ].filter { !$0.isEmpty }.joined(separator: " · ")
                }
            ),
        ].compactMap { $0 }
    }

    private static func suggestion(_ one: CaseSuggestion, isBest: Bool, _ memo: String, _ word: Wording) -> Suggestion {
        let evidence = CasePage.evidence(one, word)
        return Suggestion(
            reference: Marked(code: one.reference, nearIn: memo),
            plainReference: one.reference,
            href: "/console/payments/\(one.requestID.text)",
            dossier: one.dossierCode,
            payer: word.personal(one.payerName, .name) ?? "",
            remaining: word.money(one.remaining),
            state: word.badge(one.state),
            created: one.createdAt.formatted,
            strength: CasePage.badge(one.strength, word),
            evidence: evidence,
            isBest: isBest,
            note: word(vi: "Theo gợi ý: ", en: "As suggested: ") + evidence.map(\.text).joined(separator: ", ")
        )
    }

    static func badge(_ strength: CaseSuggestion.Strength, _ word: Wording) -> Badge {
        switch strength {
        case .strong: Badge(word(vi: "chắc", en: "strong"), .done)
        case .fair: Badge(word(vi: "khá", en: "fair"), .wait)
        case .weak: Badge(word(vi: "yếu", en: "weak"), .plain)
        }
    }

    /// What may be done about the case, as far as its kind says; the rules decide when it is tried.
    private static func actions(_ head: Case, chosen: String?, _ word: Wording) -> [Option] {
        let possible: [CaseAction] =
            if head.suspenseLeft > .zero {
                [.accept, .link, .split, .refund, .writeOff, .askBank].filter { $0 != .accept || head.requestID != nil }
            } else if head.suspenseLeft < .zero {
                [.link, .writeOff, .askBank]
            } else {
                [.askBank, .dismiss]
            }
        return possible.map { action in
            Option(
                code: action.rawValue,
                name: word[Vocabulary.caseAction[action.rawValue]],
                isChosen: action.rawValue == chosen
            )
        }
    }

}
