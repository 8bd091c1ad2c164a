import Casework
import FeeSchedule
import Postgres
import Values

/// A new order, with what it says worked out.
struct RemittanceDraft {
    let key: RemittanceKey
    let payer: TreasuryPayer
    let until: Instant
    let lines: [RemittanceLine]

    private var amount: Money { lines.map(\.amount).total() }

    /// The memo of the transfer. The mark stands first: banks cut memos at their end.
    private func memo(_ mark: String) -> String {
        BudgetMemo(
            taxCode: payer.taxCode,
            office: payer.officeCode,
            rows: lines.enumerated().map { place, line in
                BudgetMemo.Row(
                    content: (place == 0 ? mark + " " : "") + String(line.name.prefix(60)),
                    chapter: line.code.chapter,
                    budgetCode: line.code.budgetCode,
                    amount: line.amount
                )
            }
        ).text
    }

    /// Writes it, and returns its id.
    func insert(by person: Person, now: Instant, _ tx: borrowing Transaction) throws -> Int64 {
        let mark = RemittanceDraft.mark()
        let (account, treasury) = (key.accountNumber, key.treasuryAccount.rawValue)
        let id = try tx.query(
            """
            insert into remittance (mark, agency_code, account_number, treasury_account, payer_id, budget_year, due_until,
                amount, memo, made_by, made_by_name, made_at)
            select \(mark), \(key.agencyCode), \(account), \(treasury), p.id, \(Int32(key.budgetYear))::smallint,
                \(until)::timestamptz, \(amount)::bigint, \(memo(mark)), \(person.personID)::uuid, \(person.name),
                \(now)::timestamptz
            from treasury_payer p where p.agency_code = \(key.agencyCode) order by p.id desc limit 1
            returning id
            """
        ).row().get(0, as: Int64.self)
        try tx.query(
            """
            insert into remittance_line (remittance_id, line, chapter, budget_code, name, amount)
            select \(id)::bigint, place, chapter, code, name, amount
            from unnest(\(lines.map(\.code.chapter))::text[], \(lines.map(\.code.budgetCode))::text[],
                \(lines.map { String($0.name.prefix(300)) })::text[], \(lines.map(\.amount))::bigint[])
                with ordinality as l (chapter, code, name, amount, place)
            """
        )
        let detail: JSON = [
            "mark": .string(mark), "amount": .money(amount), "account_number": .string(account),
            "treasury_account": .string(treasury), "until": .text(until),
        ]
        try Audit.record(tx, person, "remittance.make", "remittance:\(id)", detail)
        return id
    }

    /// Letters and digits that banks pass on unchanged and that can be found in a memo.
    private static func mark() -> String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        var generator = SystemRandomNumberGenerator()
        return "KHN" + String(decoding: (0..<14).map { _ in alphabet[Int(generator.next() & 31)] }, as: UTF8.self)
    }
}
