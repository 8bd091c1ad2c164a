public import Casework
import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A refund in its current state.
public struct Refund: Sendable {
    /// Who did a step and when.
    public struct Step: Sendable, Hashable {
        /// The actor's id, as persons are compared.
        let person: String
        public let name: String
        public let at: Instant

        /// Whether it was this person.
        public func isBy(_ other: Person) -> Bool { person == other.id }
    }

    public let id: UUID
    public let endToEndID: String
    public let paymentRequestID: UUID?
    public let caseID: Int64?
    /// The account that pays.
    public let accountNumber: String
    public let amount: Money
    /// Why it was requested.
    public let reason: String
    public let note: String?
    /// `nil` if nobody stated how it is to be paid; it cannot then be approved.
    public let payee: RefundPayee?
    public let state: RefundState
    public let requested: Step
    public let approved: Step?
    /// The person who took over what a program asked for.
    public let adopted: Step?
    /// How many persons must approve; 2 once the first one's limit is passed.
    public let approvalsNeeded: Int
    /// The third person, where one is needed.
    public let secondApproved: Step?
    public let rejected: Step?
    public let executed: Step?
    public let settledAt: Instant?
    public let statementLineID: Int64?
    /// The message id of the payment file that contains it.
    public let file: String?
    public let agencyCode: String?
    public let parts: [RefundPart]

    /// The facts that decisions are based on.
    var facts: RefundFacts {
        RefundFacts(
            id: id,
            mark: endToEndID,
            state: state,
            amount: amount,
            accountNumber: accountNumber,
            payee: payee,
            requestedBy: requested.person,
            approvedBy: approved?.person,
            isAskedByProgram: isAskedByProgram,
            adoptedBy: adopted?.person,
            secondApprovedBy: secondApproved?.person
        )
    }

    /// Whether no person asked for it.
    var isAskedByProgram: Bool { !requested.person.hasPrefix("person:") }

    /// Whether a program asked for it, and no person stands behind the request yet.
    public var needsRequester: Bool { isAskedByProgram && adopted == nil }

    public var beneficiary: Beneficiary? { payee?.beneficiary }

    /// Where its money comes from or, if it cannot be paid as it is, what stands in the way.
    public var decision: Reason {
        if payee == nil, [.requested, .approved].contains(state) {
            return .refundWithoutPayee(endToEndID, amount: amount)
        }
        guard state == .requested else { return parts.reason }
        if let approved { return .refundNeedsThirdPerson(endToEndID, amount: amount, approvedBy: approved.name) }
        return needsRequester
            ? .refundNeedsRequester(endToEndID, amount: amount) : parts.reason
    }

    /// The answer of the API. `reason` is why it was requested; `decision` and `sentence` describe where the money
    /// comes from.
    public func json(in language: Language) -> JSON {
        [
            "id": .string(id.text), "state": .string(state.rawValue), "amount": .money(amount),
            "payment_request_id": .optional(paymentRequestID?.text),
            "case_id": caseID.map { .integer($0) } ?? .null, "reason": .string(reason), "note": .optional(note),
            "decision": decision.json, "sentence": .string(decision.sentence(in: language)),
            "end_to_end_id": .string(endToEndID), "account_number": .string(accountNumber),
            "beneficiary": beneficiary?.json ?? .null, "paid_by_hand": .bool(payee?.isByHand ?? false),
            "parts": .array(parts.map(\.json)),
            "requested_by": .string(requested.name), "requested_at": .text(requested.at),
            "approved_by": .optional(approved?.name), "approved_at": .optional(approved?.at.description),
            "adopted_by": .optional(adopted?.name), "adopted_at": .optional(adopted?.at.description),
            "needs_approval_by": .integer(approvalsNeeded),
            "second_approved_by": .optional(secondApproved?.name),
            "second_approved_at": .optional(secondApproved?.at.description),
            "rejected_by": .optional(rejected?.name), "rejected_at": .optional(rejected?.at.description),
            "executed_by": .optional(executed?.name), "executed_at": .optional(executed?.at.description),
            "settled_at": .optional(settledAt?.description),
            "statement_line_id": statementLineID.map { .integer($0) } ?? .null, "payment_file": .optional(file),
        ]
    }
}

extension RefundPart {
    fileprivate var json: JSON {
        [
            "source": caseID == nil ? "fee" : "suspense", "case_id": caseID.map { .integer($0) } ?? .null,
            "amount": .money(amount),
        ]
    }

    /// Reads a part as the query aggregates it.
    fileprivate init(stored json: JSON) throws {
        let stored = StoredJSON(json: json, what: "a part of a refund")
        self.init(caseID: json["case_id"]?.integer, amount: try stored.money("amount"))
    }
}

extension Refund {
    /// Columns in the order of ``init(_:)``, of `refund f`.
    static let select = """
        select f.id, f.end_to_end_id, f.payment_request_id, f.case_id, f.account_number, f.amount, f.reason, f.note,
            f.beneficiary_bin, f.beneficiary_account, f.beneficiary_name, f.paid_by_hand, f.state,
            f.requested_by, f.requested_by_name, f.requested_at, f.approved_by, f.approved_by_name, f.approved_at,
            f.rejected_by, f.rejected_by_name, f.rejected_at, f.executed_by, f.executed_by_name, f.executed_at,
            f.settled_at, f.statement_line_id, d.message_id, coalesce(r.agency_code, c.agency_code),
            (select json_agg(json_build_object('case_id', p.case_id, 'amount', p.amount) order by p.part)
                from refund_part p where p.refund_id = f.id),
            f.adopted_by, f.adopted_by_name, f.adopted_at, f.second_approved_by, f.second_approved_by_name,
            f.second_approved_at, f.approvals_needed::integer
        from refund f left join refund_file d on d.id = f.file_id
            left join payment_request r on r.id = f.payment_request_id
            left join reconciliation_case c on c.id = f.case_id
        """

    init(_ row: Row) throws {
        func step(_ column: Int) throws -> Step? {
            guard let person = try row.get(column, as: String?.self) else { return nil }
            return Step(person: person, name: try row.get(column + 1), at: try row.get(column + 2))
        }
        id = try row.get(0)
        endToEndID = try row.get(1)
        paymentRequestID = try row.get(2)
        caseID = try row.get(3)
        accountNumber = try row.get(4)
        amount = try row.get(5)
        reason = try row.get(6)
        note = try row.get(7)
        payee = RefundPayee(try Beneficiary(row, from: 8), isByHand: try row.get(11))
        state = try row.code(12)
        requested = Step(person: try row.get(13), name: try row.get(14), at: try row.get(15))
        approved = try step(16)
        rejected = try step(19)
        executed = try step(22)
        settledAt = try row.get(25)
        statementLineID = try row.get(26)
        file = try row.get(27)
        agencyCode = try row.get(28)
        parts = try (row.get(29, as: JSON.self).array ?? []).map(RefundPart.init(stored:))
        adopted = try step(30)
        secondApproved = try step(33)
        approvalsNeeded = try row.get(36)
    }
}
