import Casework
import FeeSchedule
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Remittance {
    /// Orders `r`; conditions and an order may follow.
    static let select = """
        select r.id, r.mark, r.agency_code, r.account_number, r.treasury_account, r.budget_year::integer, r.due_until,
            r.amount, r.memo, r.state, r.made_by, r.made_by_name, r.made_at, r.approved_by, r.approved_by_name,
            r.approved_at, r.sent_by, r.sent_by_name, r.sent_at, r.ended_by, r.ended_by_name, r.ended_at, r.note,
            r.settled_at, r.statement_line_id, a.bank_bin, a.name, (
                select json_agg(json_build_array(l.chapter, l.budget_code, l.name, l.amount) order by l.line)
                from remittance_line l where l.remittance_id = r.id),
            \(TreasuryPayer.columns)
        from remittance r join treasury_payer p on p.id = r.payer_id
            join bank_account a on a.account_number = r.account_number
        """

    init(_ row: Row) throws {
        func step(_ place: Int) throws -> Step? {
            guard let person = try row.get(place, as: UUID?.self) else { return nil }
            return Step(person: person, name: try row.get(place + 1), at: try row.get(place + 2))
        }
        (id, mark) = (try row.get(0), try row.get(1))
        key = RemittanceKey(
            agencyCode: try row.get(2),
            accountNumber: try row.get(3),
            treasuryAccount: try row.code(4),
            budgetYear: Int(try row.get(5, as: Int32.self))
        )
        (dueUntil, amount, memo) = (try row.get(6), try row.get(7), try row.get(8))
        state = try row.code(9)
        made = Step(person: try row.get(10), name: try row.get(11), at: try row.get(12))
        (approved, sent, ended) = (try step(13), try step(16), try step(19))
        (note, settledAt, lineID) = (try row.get(22), try row.get(23), try row.get(24))
        (bankBIN, accountName) = (try row.get(25), try row.get(26))
        let listed = try row.get(27, as: JSON?.self)?.array ?? []
        lines = listed.compactMap { line in
            guard let parts = line.array, parts.count == 4, let chapter = parts[0].string,
                let code = parts[1].string, let name = parts[2].string, let amount = parts[3].integer
            else { return nil }
            return RemittanceLine(
                code: RemittanceCode(chapter: chapter, budgetCode: code),
                name: name,
                amount: Money(amount)
            )
        }
        payer = try TreasuryPayer(row, from: 28)
    }
}
