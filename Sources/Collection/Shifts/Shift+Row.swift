import Casework
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Shift {
    /// Shifts `s` with all that they come to; conditions and an order may follow.
    static let select = """
        select s.id, s.agency_code, s.cashier, s.cashier_name, s.state, s.float_amount, s.opened_at,
            coalesce(s.expected_cash, shift_cash(s.id)), s.counted_cash, s.explanation, s.counted_at, s.approved_by_name,
            s.approval_note, s.closed_at, coalesce((
                select json_agg(json_build_array(t.channel, t.count, t.amount) order by t.channel) from (
                    select channel, count(*) as count, sum(amount)::bigint as amount from shift_taking
                    where shift_id = s.id group by 1) t), '[]'),
            (select coalesce(sum(g.amount), 0)::bigint from shift_giveback g where g.shift_id = s.id), coalesce((
                select json_agg(json_build_array(c.denomination, c.pieces) order by c.denomination)
                from shift_count c where c.shift_id = s.id and c.turn = s.count_turn), '[]'),
            \(CashDeposit.columns)
        from shift s left join cash_deposit d on d.id = s.deposit_id
            left join clearing_item i on i.notice_id = d.notice_id
        """

    init(_ row: Row) throws {
        (id, agencyCode, cashier, cashierName) = (
            try row.get(0), try row.get(1), try row.get(2), try row.get(3)
        )
        state = try row.code(4)
        (float, openedAt, expected, counted) = (
            try row.get(5), try row.get(6), try row.get(7), try row.get(8)
        )
        (explanation, countedAt, approvedByName) = (try row.get(9), try row.get(10), try row.get(11))
        (approvalNote, closedAt) = (try row.get(12), try row.get(13))
        sums = (try row.get(14, as: JSON.self).array ?? []).compactMap { sum in
            guard let parts = sum.array, parts.count == 3, let channel = parts[0].string,
                let count = parts[1].integer, let amount = parts[2].integer
            else { return nil }
            return Sum(channel: channel, count: count, amount: Money(amount))
        }
        givenBack = try row.get(15)
        let lines = (try row.get(16, as: JSON.self).array ?? []).compactMap { line -> (Int64, Int64)? in
            guard let note = line.array?.first?.integer, let pieces = line.array?.last?.integer else { return nil }
            return (note, pieces)
        }
        let notes = lines.filter { $0.0 != 1 }
        count =
            counted == nil
            ? nil
            : CashCount(
                pieces: Dictionary(notes, uniquingKeysWith: { first, _ in first }),
                others: Money(lines.first { $0.0 == 1 }?.1 ?? 0)
            )
        deposit = try CashDeposit(row, from: 17)
    }
}
