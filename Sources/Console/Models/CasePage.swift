public import Collection
import Identity
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
        let evidence: [String]
        let isBest: Bool
        let note: String
    }

    struct Proposal: Sendable {
        let sentence: String
        let by: String
        let at: String
        let note: String
        /// Whether the one who looks may approve it: somebody else made it.
        let mayApprove: Bool
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
    let refunds: [Fact]
    let earlier: [Fact]
    let hasEarlier: Bool
    let history: [Entry]
    let hasHistory: Bool
    let assignee: String
    let due: String
    let inquiryHref: String
    let hasInquiry: Bool
    let done: String?
    let fault: String?
    /// What was typed before something went wrong.
    let typed: [String: String]
    let next: String?

    /// - Parameters:
    ///   - next: the case that comes after it in the work list, to go on with.
    ///   - done: what was just done; `fault`: what went wrong.
    ///   - typed: the fields of the form that went wrong, which are shown again.
    public init(
        _ file: CaseFile,
        for caller: Caller,
        next: Int64? = nil,
        done: String? = nil,
        fault: String? = nil,
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
        sentence = head.reason?.sentence(in: language) ?? ""
        facts = CasePage.facts(head, word)
        sides = CasePage.sides(file, word)
        let memo = [file.line?.memo, file.line?.counterpartyName, file.notice?.memo].compactMap { $0 }
            .joined(separator: " ")
        suggestions = file.suggestions.enumerated().map { CasePage.suggestion($1, isBest: $0 == 0, memo, word) }
        hasSuggestions = !suggestions.isEmpty
        let resolves = caller.holds(.resolveCases)
        let isOpen = head.state == .open || head.state == .awaitingApproval
        proposal = file.proposal.map { waiting in
            Proposal(
                sentence: waiting.sentence(of: head.id)[language],
                by: waiting.proposedBy,
                at: waiting.proposedAt.formatted,
                note: waiting.note,
                mayApprove: resolves && waiting.proposedByID != caller.person.id
            )
        }
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
        earlier = file.earlier.compactMap { one in
            Fact(
                "#\(one.id) · \(one.openedAt.formatted)",
                word[Vocabulary.caseKind[one.kind.rawValue]] + " · " + word.money(one.amount)
                    + (one.action.map { " · " + word[Vocabulary.caseAction[$0]] } ?? ""),
                href: "/console/cases/\(one.id)"
            )
        }
        hasEarlier = !earlier.isEmpty
        history = file.history.reversed().map { CasePage.entry($0, word) }
        hasHistory = !history.isEmpty
        assignee = head.assignee ?? ""
        due = head.dueOn.description
        inquiryHref = "/console/cases/\(head.id)/inquiry"
        hasInquiry = file.line != nil || file.notice != nil
        self.done = done
        self.fault = fault
        self.typed = typed
        self.next = next.map { "/console/cases/\($0)" }
    }

    private static func facts(_ head: Case, _ word: Wording) -> [Fact] {
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
            Fact(word(vi: "Cơ quan", en: "Agency"), head.agencyCode),
            Fact(word(vi: "Mở lúc", en: "Opened"), "\(head.openedAt.formatted) (\(word.age(head.openedAt)))"),
            Fact(word(vi: "Hạn xử lý", en: "Due"), head.dueOn.formatted + late),
            Fact(word(vi: "Người xử lý", en: "Assignee"), head.assignee),
            Fact(
                word(vi: "Kết thúc", en: "Ended"),
                head.endedAt.map { ended in
                    [
                        ended.formatted, head.endedBy ?? "", head.action.map { word[Vocabulary.caseAction[$0]] } ?? "",
                        head.note ?? "",
                    ].filter { !$0.isEmpty }.joined(separator: " · ")
                }
            ),
        ].compactMap { $0 }
    }

    private static func sides(_ file: CaseFile, _ word: Wording) -> [Side] {
        var sides: [Side] = []
        if let line = file.line {
            let (name, account) = (line.counterpartyName, line.counterpartyAccount)
            let from = [word.personal(name, .name), word.personal(account, .accountNumber)].compactMap { $0 }
                .joined(separator: " · ")
            sides.append(
                Side(
                    heading: word(vi: "Dòng sao kê", en: "Statement line"),
                    facts: [
                        Fact(word(vi: "Số tiền", en: "Amount"), word.money(line.amount)),
                        Fact(word(vi: "Giao dịch", en: "Transaction"), line.transactionID),
                        Fact(word(vi: "Hạch toán lúc", en: "Booked"), line.bookedAt.formatted),
                        Fact(word(vi: "Người chuyển", en: "From"), from),
                        Fact(
                            word(vi: "Sao kê, dòng", en: "Statement, line"),
                            "\(line.statementID), \(line.number)",
                            href: "/console/statements/\(line.statementID)"
                        ),
                    ].compactMap { $0 },
                    memo: word.personal(line.memo, .memo).map {
                        Marked($0, against: word.personal(file.notice?.memo, .memo))
                    }
                )
            )
        }
        if let notice = file.notice {
            sides.append(
                Side(
                    heading: word(vi: "Thông báo của ngân hàng", en: "Bank's notice"),
                    facts: [
                        Fact(word(vi: "Số tiền", en: "Amount"), word.money(notice.amount)),
                        Fact(word(vi: "Giao dịch", en: "Transaction"), notice.transactionID),
                        Fact(word(vi: "Giao dịch lúc", en: "Occurred"), notice.occurredAt.formatted),
                        Fact(word(vi: "Nhận lúc", en: "Received"), notice.receivedAt.formatted),
                        Fact(word(vi: "Kết quả", en: "Outcome"), word[Vocabulary.outcome[notice.outcome]]),
                    ].compactMap { $0 },
                    memo: word.personal(notice.memo, .memo).map {
                        Marked($0, against: word.personal(file.line?.memo, .memo))
                    }
                )
            )
        }
        if let request = file.request { sides.append(side(of: request, word)) }
        return sides
    }

    private static func side(of request: CaseFile.Request, _ word: Wording) -> Side {
        Side(
            heading: word(vi: "Yêu cầu thanh toán", en: "Payment request"),
            facts: [
                Fact(word(vi: "Phải nộp", en: "Due"), word.money(request.amountDue)),
                Fact(word(vi: "Đã nhận", en: "Received"), word.money(request.amountReceived)),
                request.amountRefunded == .zero
                    ? nil : Fact(word(vi: "Đã hoàn", en: "Refunded"), word.money(request.amountRefunded)),
                Fact(
                    word(vi: "Mã thanh toán", en: "Reference"),
                    request.reference,
                    href: "/console/payments/\(request.id.text)"
                ),
                Fact(word(vi: "Hồ sơ", en: "Dossier"), request.dossierCode),
                Fact(word(vi: "Trạng thái", en: "Status"), word[request.state.words]),
                Fact(word(vi: "Hết hạn", en: "Expires"), request.expiresAt.formatted),
            ].compactMap { $0 },
            memo: nil
        )
    }

    private static func suggestion(_ one: CaseSuggestion, isBest: Bool, _ memo: String, _ word: Wording) -> Suggestion {
        let evidence = CasePage.evidence(one).map { word[$0] }
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
            note: word(vi: "Theo gợi ý: ", en: "As suggested: ") + evidence.joined(separator: ", ")
        )
    }

    /// Why a request may be meant, each in a few words.
    static func evidence(_ one: CaseSuggestion) -> [Phrase] {
        var phrases: [Phrase] = []
        if one.noticeID != nil {
            phrases.append(Phrase(vi: "đã được thông báo của ngân hàng ghi nhận", en: "posted by a bank's notice"))
        } else if one.isSameAmount {
            phrases.append(Phrase(vi: "đúng số tiền còn phải nộp", en: "exactly what remains"))
        } else {
            phrases.append(Phrase(vi: "gần bằng số tiền còn phải nộp", en: "about what remains"))
        }
        if let reading = one.reading { phrases.append(CasePage.words(reading)) }
        if one.namesDossier {
            phrases.append(Phrase(vi: "nội dung chuyển có mã hồ sơ", en: "the memo has the dossier's code"))
        }
        if one.nameLikeness > 0 {
            phrases.append(
                Phrase(
                    vi: "tên người nộp khớp \(one.nameLikeness)%",
                    en: "\(one.nameLikeness)% of the payer's name is in the memo"
                )
            )
        }
        let others = one.requestsOfSameAmount
        if one.isSameAmount, others == 1 {
            phrases.append(Phrase(vi: "yêu cầu duy nhất có số tiền này", en: "the only request of this amount"))
        } else if one.isSameAmount, others > 1 {
            phrases.append(
                Phrase(vi: "\(others) yêu cầu có cùng số tiền", en: "\(others) requests have the same amount")
            )
        }
        return phrases
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

    private static func entry(_ entry: CaseFile.Entry, _ word: Wording) -> Entry {
        let texts = ["note", "assignee", "due_on", "title"].compactMap { entry.detail[$0]?.string }
        let reference = entry.detail["reference"]?.string
        let action = entry.detail["action"]?.string.map { word[Vocabulary.caseAction[$0]] }
        let isLink = reference.map { $0.hasPrefix("https://") } ?? false
        return Entry(
            what: word[Vocabulary.caseEvent[entry.event]],
            by: entry.by,
            at: entry.at.formatted,
            detail: [action].compactMap { $0 } + texts + (isLink ? [] : [reference].compactMap { $0 }),
            link: isLink ? reference : nil
        )
    }
}
