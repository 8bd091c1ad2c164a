import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A case (vụ việc) as a list shows it: something that did not fit and waits for a person.
public struct Case: Sendable {
    public let id: Int64
    public let kind: CaseKind
    public let state: CaseState.Shown
    /// The amount in question.
    public let amount: Money
    /// The undecided amount in suspense for it; negative for money that left the bank.
    public let suspenseLeft: Money
    public let accountNumber: String?
    public let agencyCode: String?
    public let requestID: UUID?
    public let noticeID: Int64?
    public let lineID: Int64?
    /// The facts when it was opened.
    public let evidence: JSON
    /// Why it was opened; `nil` for cases that were opened before reasons were kept.
    public let reason: Reason?
    public let openedAt: Instant
    public let endedAt: Instant?
    public let endedBy: String?
    /// How it ended.
    public let action: String?
    public let note: String?
    public let assignee: String?
    public let dueOn: Day
    public let subject: Subject

    /// Whom and what it is about, as far as that is known.
    public struct Subject: Sendable {
        /// Of the payment request.
        public let reference: String?
        public let dossierCode: String?
        public let payerName: String?
        /// Of the statement's line, or else of the notice.
        public let memo: String?
        /// Who paid, as the bank says.
        public let counterpartyName: String?
        /// When the bank was last asked; `nil` if it was not.
        public let askedBankAt: Instant?
    }

    /// Whole days since it was opened, or from then until it ended.
    public func ageDays(at now: Instant) -> Int64 { ((endedAt ?? now).unixSeconds - openedAt.unixSeconds) / 86_400 }

    public func isOverdue(at now: Instant) -> Bool { endedAt == nil && dueOn < now.day }

    /// Without the message as received, which `khop callback show` opens.
    private var shownEvidence: JSON {
        .object((evidence.members ?? []).filter { $0.name != CaseRecord.sealedBody })
    }

    /// The answer of the API.
    public func members(in language: Language, at now: Instant = .now()) -> [JSON.Member] {
        [
            .init("id", .integer(id)), .init("kind", .string(kind.rawValue)), .init("state", .string(state.rawValue)),
            .init("amount", .money(amount)), .init("suspense_left", .money(suspenseLeft)),
            .init("account_number", .optional(accountNumber)), .init("agency_code", .optional(agencyCode)),
            .init("payment_request_id", .optional(requestID?.text)),
            .init("reference", .optional(subject.reference)), .init("dossier_code", .optional(subject.dossierCode)),
            .init("payer_name", .optional(subject.payerName)),
            .init("counterparty_name", .optional(subject.counterpartyName)), .init("memo", .optional(subject.memo)),
            .init("asked_bank_at", .optional(subject.askedBankAt?.description)),
            .init("notice_id", noticeID.map { .integer($0) } ?? .null),
            .init("statement_line_id", lineID.map { .integer($0) } ?? .null),
            .init("reason", reason?.json ?? .null),
            .init("sentence", .optional(reason?.sentence(in: language))),
            .init("evidence", shownEvidence), .init("opened_at", .text(openedAt)),
            .init("age_days", .integer(ageDays(at: now))), .init("assignee", .optional(assignee)),
            .init("due_on", .text(dueOn)), .init("is_overdue", .bool(isOverdue(at: now))),
            .init("ended_at", .optional(endedAt?.description)), .init("ended_by", .optional(endedBy)),
            .init("action", .optional(action)), .init("note", .optional(note)),
        ]
    }

    public func json(in language: Language) -> JSON { .object(members(in: language)) }
}

extension Case {
    /// Columns in the order of ``init(_:)``, of `reconciliation_case c` and its waiting proposal `w`.
    static let select = """
        select c.id, c.kind, c.state, w.id is not null, c.account_number, c.agency_code, c.payment_request_id,
            c.notice_id, c.statement_line_id, c.amount, c.evidence, c.reason, c.opened_at, c.ended_at, c.ended_by,
            c.action, c.note, c.assignee,
            \(due), case_held(c.id), coalesce(m.used, 0),
            r.reference, r.dossier_code, r.payer_name, coalesce(l.memo, b.memo), l.counterparty_name,
            (select max(e.happened_at) from case_event e where e.case_id = c.id and e.event = 'asked_bank')
        from reconciliation_case c left join case_kind k on k.kind = c.kind left join case_money m on m.case_id = c.id
            left join case_proposal w on w.case_id = c.id and w.state = 'waiting'
            left join payment_request r on r.id = c.payment_request_id
            left join bank_notice b on b.id = c.notice_id left join statement_line l on l.id = c.statement_line_id
        """

    /// The day until which it is to be decided, of `reconciliation_case c` and its kind `k`.
    static let due =
        "coalesce(c.due_on, (c.opened_at at time zone 'Asia/Ho_Chi_Minh')::date + coalesce(k.due_days, 3))"

    init(_ row: Row) throws {
        id = try row.get(0)
        kind = try row.code(1)
        state = CaseState.Shown(try row.code(2), isProposalWaiting: try row.get(3))
        accountNumber = try row.get(4)
        agencyCode = try row.get(5)
        requestID = try row.get(6)
        noticeID = try row.get(7)
        lineID = try row.get(8)
        amount = try row.get(9)
        evidence = try row.get(10)
        reason = try row.get(11, as: JSON?.self).flatMap { Reason(stored: $0) }
        openedAt = try row.get(12)
        endedAt = try row.get(13)
        endedBy = try row.get(14)
        action = try row.get(15)
        note = try row.get(16)
        assignee = try row.get(17)
        dueOn = try row.get(18)
        suspenseLeft = try row.get(19, as: Money.self) - row.get(20, as: Money.self)
        subject = Subject(
            reference: try row.get(21),
            dossierCode: try row.get(22),
            payerName: try row.get(23),
            memo: try row.get(24),
            counterpartyName: try row.get(25),
            askedBankAt: try row.get(26)
        )
    }
}
