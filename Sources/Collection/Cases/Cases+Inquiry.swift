public import Identity
import Postgres
import Values
import Workflow

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
        guard let item = try inquired([id], nil, seenWith: sight, tx).first?.item else {
            throw ServiceError(.notFound, .none(.caseFile, id))
        }
        let values =
            [String(item.id), item.kind.rawValue, CSV.shown(item.account), CSV.shown(item.transactionID)]
            + [item.at.description, item.amount.description, "VND"]
            + [item.memo, item.counterpartyName, item.counterpartyAccount, item.reference].map { CSV.shown($0) }
        return CaseFile.Inquiry(
            fileName: "tra-soat-\(id).csv",
            csv: CSV.line(inquiryColumns) + "\r\n" + CSV.line(values) + "\r\n"
        )
    }

    /// Letters that ask about cases, one a bank, in the order of the banks' BINs.
    ///
    /// - Parameters:
    ///   - ids: 1 to ``CaseBatches/maximum`` cases.
    ///   - agencies: the agencies that the caller acts for; `nil` for all.
    ///   - sight: how much of the payers whoever reads them sees; the bank is sent them in full.
    /// - Returns: the letters, and the cases that are about no account, of which no bank can be asked.
    /// - Throws: `not-found` if a case is none of those agencies'.
    public func letters(
        _ ids: [Int64],
        within agencies: [String]? = nil,
        seenWith sight: PersonalSight = .full
    ) async throws -> (letters: [InquiryLetter], left: [Int64]) {
        try CaseBatches.check(ids)
        let found = try await database.read { tx in try Cases.inquired(ids, agencies, seenWith: sight, tx) }
        if let absent = Set(ids).subtracting(found.map(\.item.id)).min() {
            throw ServiceError(.notFound, .none(.caseFile, absent))
        }
        let banks = Dictionary(grouping: found.filter { !$0.bank.isEmpty }, by: \.bank)
        return (
            banks.sorted { $0.key < $1.key }.map { InquiryLetter(bankBIN: $0.key, items: $0.value.map(\.item)) },
            found.filter(\.bank.isEmpty).map(\.item.id)
        )
    }

    /// What banks are asked about cases, in the order of their numbers; what is not there is left out.
    private static func inquired(
        _ ids: [Int64],
        _ agencies: [String]?,
        seenWith sight: PersonalSight,
        _ tx: borrowing Transaction
    ) throws -> [(bank: String, item: InquiryLetter.Item)] {
        try tx.query(
            """
            select c.id, c.kind, coalesce(c.account_number, ''),
                coalesce(l.transaction_id, b.provider_transaction_id, ''),
                coalesce(l.booked_at, b.occurred_at, c.opened_at), coalesce(l.amount, b.amount, c.amount),
                coalesce(l.memo, b.memo, ''), coalesce(l.counterparty_name, ''),
                coalesce(l.counterparty_account, ''), coalesce(r.reference, ''), coalesce(a.bank_bin, '')
            from reconciliation_case c left join bank_notice b on b.id = c.notice_id
                left join statement_line l on l.id = c.statement_line_id
                left join payment_request r on r.id = c.payment_request_id
                left join bank_account a on a.account_number = c.account_number
            where c.id = any(\(ids)::bigint[])
                and (\(agencies)::text[] is null or c.agency_code = any(\(agencies)::text[]))
            order by c.id
            """
        ).map { row in
            func seen(_ column: Int, _ field: PersonalField) throws -> String {
                let text = try row.get(column, as: String.self)
                return text.isEmpty ? text : sight.shown(text, field)
            }
            return (
                try row.get(10),
                InquiryLetter.Item(
                    id: try row.get(0),
                    kind: try row.code(1),
                    account: try row.get(2),
                    transactionID: try row.get(3),
                    at: try row.get(4),
                    amount: try row.get(5),
                    memo: try seen(6, .memo),
                    counterpartyName: try seen(7, .name),
                    counterpartyAccount: try seen(8, .accountNumber),
                    reference: try row.get(9)
                )
            )
        }
    }
}
