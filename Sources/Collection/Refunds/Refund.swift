import Postgres
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Where the money of a refund goes. Kept as the bank wants it in a payment file.
public struct Beneficiary: Sendable, Hashable {
    /// 6 digits: the bank, as NAPAS numbers it.
    public let bankBIN: String
    /// 1 to 34 letters and digits.
    public let account: String
    /// 1 to 70 characters.
    public let name: String

    public init(bankBIN: String, account: String, name: String) {
        self.bankBIN = bankBIN
        self.account = account
        self.name = name
    }

    var json: JSON { ["bank_bin": .string(bankBIN), "account_number": .string(account), "name": .string(name)] }
}

/// Where a part of a refund is taken from.
public struct RefundPart: Sendable, Hashable {
    /// The case whose money in suspense it is; `nil` for the fee of the request.
    public let caseID: Int64?
    public let amount: Money

    var json: JSON {
        [
            "source": caseID == nil ? "fee" : "suspense", "case_id": caseID.map { .integer($0) } ?? .null,
            "amount": .money(amount),
        ]
    }
}

/// Money on its way back to whoever paid it.
public struct Refund: Sendable {
    public enum State: String, Sendable, CaseIterable {
        /// Waits for another person.
        case requested
        /// May be executed.
        case approved
        /// Ended without a payment; its claim on the money is given up.
        case rejected
        /// Booked and ordered; the bank has not shown it yet.
        case executed
        /// Seen leaving the bank.
        case settled
    }

    /// Who did a step and when.
    public struct Step: Sendable, Hashable {
        public let name: String
        public let at: Instant
    }

    public let id: UUID
    public let endToEndID: String
    public let paymentRequestID: UUID?
    public let caseID: Int64?
    /// The account that pays.
    public let accountNumber: String
    public let amount: Money
    public let reason: String
    public let note: String?
    /// `nil` where it is paid by hand, outside a payment file.
    public let beneficiary: Beneficiary?
    public let state: State
    public let requested: Step?
    public let approved: Step?
    public let rejected: Step?
    public let executed: Step?
    public let settledAt: Instant?
    public let statementLineID: Int64?
    /// The message id of the payment file it stands in.
    public let file: String?
    public let agencyCode: String?
    public let parts: [RefundPart]

    /// The answer of the API.
    public var json: JSON {
        [
            "id": .string(id.text), "state": .string(state.rawValue), "amount": .money(amount),
            "payment_request_id": .optional(paymentRequestID?.text),
            "case_id": caseID.map { .integer($0) } ?? .null, "reason": .string(reason), "note": .optional(note),
            "end_to_end_id": .string(endToEndID), "account_number": .string(accountNumber),
            "beneficiary": beneficiary?.json ?? .null, "parts": .array(parts.map(\.json)),
            "requested_by": .optional(requested?.name), "requested_at": .optional(requested?.at.description),
            "approved_by": .optional(approved?.name), "approved_at": .optional(approved?.at.description),
            "rejected_by": .optional(rejected?.name), "rejected_at": .optional(rejected?.at.description),
            "executed_by": .optional(executed?.name), "executed_at": .optional(executed?.at.description),
            "settled_at": .optional(settledAt?.description),
            "statement_line_id": statementLineID.map { .integer($0) } ?? .null, "payment_file": .optional(file),
        ]
    }
}

extension Refund {
    /// Columns in the order of ``init(_:)``, of `refund f`.
    static let select = """
        select f.id, f.end_to_end_id, f.payment_request_id, f.case_id, f.account_number, f.amount, f.reason, f.note,
            f.beneficiary_bin, f.beneficiary_account, f.beneficiary_name, f.state,
            f.requested_by_name, f.requested_at, f.approved_by_name, f.approved_at, f.rejected_by_name, f.rejected_at,
            f.executed_by_name, f.executed_at, f.settled_at, f.statement_line_id, d.message_id,
            coalesce(r.agency_code, c.agency_code),
            (select json_agg(json_build_object('case_id', p.case_id, 'amount', p.amount) order by p.part)::text
                from refund_part p where p.refund_id = f.id)
        from refund f left join refund_file d on d.id = f.file_id
            left join payment_request r on r.id = f.payment_request_id
            left join reconciliation_case c on c.id = f.case_id
        """

    init(_ row: Row) throws {
        func step(_ column: Int) throws -> Step? {
            let name = try row.get(column, as: String?.self)
            let at = try row.get(column + 1, as: Instant?.self)
            return name.flatMap { name in at.map { Step(name: name, at: $0) } }
        }
        id = try row.get(0)
        endToEndID = try row.get(1)
        paymentRequestID = try row.get(2)
        caseID = try row.get(3)
        accountNumber = try row.get(4)
        amount = try row.get(5)
        reason = try row.get(6)
        note = try row.get(7)
        let (bin, account, name) = (
            try row.get(8, as: String?.self), try row.get(9, as: String?.self), try row.get(10, as: String?.self)
        )
        if let bin, let account, let name {
            beneficiary = Beneficiary(bankBIN: bin, account: account, name: name)
        } else {
            beneficiary = nil
        }
        state = State(rawValue: try row.get(11)) ?? .requested
        requested = try step(12)
        approved = try step(14)
        rejected = try step(16)
        executed = try step(18)
        settledAt = try row.get(20)
        statementLineID = try row.get(21)
        file = try row.get(22)
        agencyCode = try row.get(23)
        let list = try row.get(24, as: JSON?.self)?.array ?? []
        parts = list.map { RefundPart(caseID: $0["case_id"]?.integer, amount: Money($0["amount"]?.integer ?? 0)) }
    }
}
