public import Identity
import Postgres
import Values

extension Cases {
    /// The columns of an inquiry (tra soát) as it is sent to the bank.
    static let inquiryColumns = [
        "case_id", "kind", "account_number", "transaction_id", "booked_at", "amount", "currency", "memo",
        "counterparty_name", "counterparty_account", "our_reference",
    ]

    /// What the bank is asked about a case.
    ///
    /// - Parameter sight: how much of the payer whoever reads it sees; the bank is sent it in full.
    public func inquiry(
        _ id: Int64,
        within agencies: [String]? = nil,
        seenWith sight: PersonalSight = .full
    ) async throws -> CaseFile.Inquiry {
        try await database.read { tx in
            _ = try Cases.head(id, agencies, tx)
            return try Cases.inquiry(id, seenWith: sight, tx)
        }
    }

    static func inquiry(_ id: Int64, seenWith sight: PersonalSight = .full, _ tx: borrowing Transaction) throws
        -> CaseFile.Inquiry
    {
        let row = try tx.query(
            """
            select c.id::text, c.kind, coalesce(c.account_number, ''),
                coalesce(l.transaction_id, b.provider_transaction_id, ''),
                coalesce(l.booked_at, b.occurred_at, c.opened_at), coalesce(l.amount, b.amount, c.amount),
                coalesce(l.memo, b.memo, ''), coalesce(l.counterparty_name, ''),
                coalesce(l.counterparty_account, ''), coalesce(r.reference, '')
            from reconciliation_case c left join bank_notice b on b.id = c.notice_id
                left join statement_line l on l.id = c.statement_line_id
                left join payment_request r on r.id = c.payment_request_id
            where c.id = \(id)::bigint
            """
        ).row()
        let at = try row.get(4, as: Instant.self)
        let amount = try row.get(5, as: Money.self)
        let values =
            try (0...3).map { CSV.shown(try row.get($0, as: String.self)) } + [
                at.description, amount.description, "VND",
            ]
            + [(6, PersonalField.memo), (7, .name), (8, .accountNumber)].map { column, field in
                let text = try row.get(column, as: String.self)
                return CSV.shown(text.isEmpty ? text : sight.shown(text, field))
            } + [CSV.shown(try row.get(9, as: String.self))]
        return CaseFile.Inquiry(
            fileName: "tra-soat-\(id).csv",
            csv: CSV.line(inquiryColumns) + "\r\n" + CSV.line(values) + "\r\n"
        )
    }
}
