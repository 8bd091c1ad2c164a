import Postgres
public import Values

/// The lines of a statement that wait for confirmation, as shown to the confirming person.
public struct AwaitingRecoveries: Sendable {
    /// The number of waiting lines.
    public let lines: Int
    public let total: Money
    /// The first page of them, or a later one.
    public let items: [Item]

    /// The largest number of lines in a page.
    public static let page = 1000

    /// One line that waits.
    public struct Item: Sendable {
        public let lineID: Int64
        /// The line's number in its file.
        public let number: Int32
        public let bookedAt: Instant
        public let amount: Money
        public let transactionID: String?
        public let memo: String?
        public let counterpartyName: String?
        public let payments: [Payment]
    }

    /// What a line would pay of one request.
    public struct Payment: Sendable {
        /// The id of the request.
        public let requestID: String
        public let reference: String
        public let dossierCode: String
        public let amount: Money
    }

    /// Reads a page of the waiting lines.
    ///
    /// - Parameter after: the number of the last line of the page before; 0 for the first page.
    static func read(_ statement: Int64, after: Int64, _ tx: borrowing Transaction) throws -> AwaitingRecoveries {
        let (lines, total) = try tx.query(
            """
            select count(distinct line_id), coalesce(sum(amount), 0)::bigint from recovery_proposal
            where statement_id = \(statement)::bigint and state = 'waiting'
            """
        ).row().decode(Int.self, Money.self)
        guard lines > 0 else { return AwaitingRecoveries(lines: 0, total: .zero, items: []) }
        let rows = try tx.query(
            """
            select l.id, l.line_number, l.booked_at, l.amount, nullif(l.transaction_id, ''), l.memo, l.counterparty_name,
                array_agg(p.payment_request_id order by p.id)::text[], array_agg(r.reference order by p.id)::text[],
                array_agg(r.dossier_code order by p.id), array_agg(p.amount order by p.id)
            from recovery_proposal p join payment_request r on r.id = p.payment_request_id
                cross join lateral (select * from statement_line where id = p.line_id limit 1) l
            where p.statement_id = \(statement)::bigint and p.state = 'waiting' and l.line_number > \(after)::bigint
            group by l.id, l.line_number, l.booked_at, l.amount, l.transaction_id, l.memo, l.counterparty_name
            order by l.line_number limit \(page)::integer
            """
        )
        return AwaitingRecoveries(lines: lines, total: total, items: try rows.map(Item.init))
    }

    /// The member `awaiting` of a statement.
    var json: JSON {
        [
            "lines": .integer(lines), "total": .money(total), "items": .array(items.map(\.json)),
            "next_cursor": items.count == Self.page ? items.last.map { .string(String($0.number)) } ?? .null : .null,
        ]
    }
}

extension AwaitingRecoveries.Item {
    fileprivate init(_ row: Row) throws {
        let (requests, references) = (try row.get(7, as: [String].self), try row.get(8, as: [String].self))
        let (dossiers, amounts) = (try row.get(9, as: [String].self), try row.get(10, as: [Int64].self))
        self.init(
            lineID: try row.get(0),
            number: try row.get(1),
            bookedAt: try row.get(2),
            amount: try row.get(3),
            transactionID: try row.get(4),
            memo: try row.get(5),
            counterpartyName: try row.get(6),
            payments: requests.indices.map { index in
                AwaitingRecoveries.Payment(
                    requestID: requests[index],
                    reference: references[index],
                    dossierCode: dossiers[index],
                    amount: Money(amounts[index])
                )
            }
        )
    }

    fileprivate var json: JSON {
        let payments = payments.map { payment -> JSON in
            [
                "payment_request_id": .string(payment.requestID), "reference": .string(payment.reference),
                "dossier_code": .string(payment.dossierCode), "amount": .money(payment.amount),
            ]
        }
        return [
            "line_id": .integer(lineID), "line_number": .integer(Int64(number)), "booked_at": .text(bookedAt),
            "amount": .money(amount), "transaction_id": .optional(transactionID), "memo": .optional(memo),
            "counterparty_name": .optional(counterpartyName), "payments": .array(payments),
        ]
    }
}
