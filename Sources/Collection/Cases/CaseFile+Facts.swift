import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

// What a case is about. Times are shown in local time.
extension CaseFile {
    /// The notice that the case is about.
    public struct Notice: Sendable {
        public let id: Int64
        public let source: String
        public let transactionID: String
        public let outcome: String
        public let amount: Money
        public let occurredAt: Instant
        public let receivedAt: Instant
        public let memo: String?

        private init(_ row: Row) throws {
            id = try row.get(0)
            source = try row.get(1)
            transactionID = try row.get(2)
            outcome = try row.get(3)
            amount = try row.get(4)
            occurredAt = try row.get(5)
            receivedAt = try row.get(6)
            memo = try row.get(7)
        }

        static func of(_ id: Int64, _ tx: borrowing Transaction) throws -> Notice? {
            try tx.query(
                """
                select b.id, b.source, b.provider_transaction_id, b.outcome, b.amount, b.occurred_at, b.received_at, b.memo
                from reconciliation_case c join bank_notice b on b.id = c.notice_id where c.id = \(id)::bigint
                """
            ).first.map { try Notice($0) }
        }

        /// What else a request that is paid in part was paid with; the first 50, the oldest first.
        static func others(_ id: Int64, _ tx: borrowing Transaction) throws -> [Notice] {
            try tx.query(
                """
                select b.id, b.source, b.provider_transaction_id, b.outcome, b.amount, b.occurred_at, b.received_at, b.memo
                from reconciliation_case c join request_notice n on n.payment_request_id = c.payment_request_id
                    join bank_notice b on b.id = n.notice_id
                where c.id = \(id)::bigint and c.kind = 'underpaid' and b.id is distinct from c.notice_id
                    and b.applied_amount > 0
                order by b.id limit 50
                """
            ).map { try Notice($0) }
        }

        init(
            id: Int64,
            source: String,
            transactionID: String,
            outcome: String,
            amount: Money,
            occurredAt: Instant,
            receivedAt: Instant,
            memo: String?
        ) {
            self.id = id
            self.source = source
            self.transactionID = transactionID
            self.outcome = outcome
            self.amount = amount
            self.occurredAt = occurredAt
            self.receivedAt = receivedAt
            self.memo = memo
        }

        var json: JSON {
            [
                "id": .integer(id), "source": .string(source), "transaction_id": .string(transactionID),
                "outcome": .string(outcome), "amount": .money(amount), "occurred_at": .text(occurredAt),
                "received_at": .text(receivedAt), "memo": .optional(memo),
            ]
        }
    }

    /// The line of a statement that the case is about.
    public struct Line: Sendable {
        public let id: Int64
        public let statementID: Int64
        public let number: Int32
        public let transactionID: String?
        public let amount: Money
        public let bookedAt: Instant
        public let memo: String?
        public let counterpartyName: String?
        public let counterpartyAccount: String?

        static func of(_ id: Int64, _ tx: borrowing Transaction) throws -> Line? {
            try tx.query(
                """
                select l.id, l.statement_id, l.line_number, l.transaction_id, l.amount, l.booked_at, l.memo,
                    l.counterparty_name, l.counterparty_account
                from reconciliation_case c join statement_line l on l.id = c.statement_line_id where c.id = \(id)::bigint
                """
            ).first.map { row in
                Line(
                    id: try row.get(0),
                    statementID: try row.get(1),
                    number: try row.get(2),
                    transactionID: try row.get(3),
                    amount: try row.get(4),
                    bookedAt: try row.get(5),
                    memo: try row.get(6),
                    counterpartyName: try row.get(7),
                    counterpartyAccount: try row.get(8)
                )
            }
        }

        var json: JSON {
            [
                "id": .integer(id), "statement_id": .integer(statementID), "line_number": .integer(number),
                "transaction_id": .optional(transactionID), "amount": .money(amount), "booked_at": .text(bookedAt),
                "memo": .optional(memo), "counterparty_name": .optional(counterpartyName),
                "counterparty_account": .optional(counterpartyAccount),
            ]
        }
    }

    /// The request that the case names.
    public struct Request: Sendable {
        public let id: UUID
        public let reference: String
        public let dossierCode: String
        public let state: PaymentRequestState
        public let amountDue: Money
        public let amountReceived: Money
        public let amountRefunded: Money
        public let expiresAt: Instant

        static func of(_ id: Int64, _ tx: borrowing Transaction) throws -> Request? {
            try tx.query(
                """
                select r.id, r.reference, r.dossier_code, r.status, r.amount_due, r.amount_received, r.amount_refunded,
                    r.expires_at
                from reconciliation_case c join payment_request r on r.id = c.payment_request_id where c.id = \(id)::bigint
                """
            ).first.map { row in
                Request(
                    id: try row.get(0),
                    reference: try row.get(1),
                    dossierCode: try row.get(2),
                    state: try row.code(3),
                    amountDue: try row.get(4),
                    amountReceived: try row.get(5),
                    amountRefunded: try row.get(6),
                    expiresAt: try row.get(7)
                )
            }
        }

        var json: JSON {
            [
                "id": .string(id.text), "reference": .string(reference), "dossier_code": .string(dossierCode),
                "status": .string(state.rawValue), "amount_due": .money(amountDue),
                "amount_received": .money(amountReceived), "amount_refunded": .money(amountRefunded),
                "expires_at": .text(expiresAt),
            ]
        }
    }
}
