import Casework
import FeeSchedule
import Postgres
import Values

/// Reads what was collected for the budget and what orders have taken of it.
struct RemittanceReader {
    let schedule: Schedule
    let payers: [TreasuryPayer]
    let working: WorkingDays
    private var fees: [FeeOnDay: FeeRow?] = [:]

    private struct FeeOnDay: Hashable {
        let code: String
        let agency: String
        let day: Day
    }

    /// What was paid of one fee on one day, at one hour where it was paid online.
    private struct Collected {
        let agency: String
        let account: String
        let day: Day
        /// The hour of an online payment, in Vietnam; -1 of others.
        let hour: Int32
        let feeCode: String
        let name: String
        let kind: String
        let budgetCode: String
        let retainedRate: Int64
        let amount: Money
    }

    init(schedule: Schedule, payers: [TreasuryPayer], working: WorkingDays) {
        (self.schedule, self.payers, self.working) = (schedule, payers, working)
    }

    /// What is to be remitted of the collections of a budget year.
    mutating func items(of year: Int, _ tx: borrowing Transaction) throws -> [RemittanceItem] {
        guard let from = Day(year: year, month: 1, day: 1), let to = Day(year: year, month: 12, day: 31),
            !payers.isEmpty
        else { return [] }
        var parts: [CollectedPart] = []
        for row in try RemittanceReader.collected(payers, from, to, tx) where row.amount > .zero {
            parts.append(part(row, year))
        }
        return RemittanceRules.due(parts, ordered: try RemittanceReader.ordered(payers, year, tx))
    }

    private mutating func part(_ row: Collected, _ year: Int) -> CollectedPart {
        let place = FeeOnDay(code: row.feeCode, agency: row.agency, day: row.day)
        let known = fees[place]
        let fee = known ?? schedule.fee(row.feeCode, ofAgency: row.agency, on: row.day)
        if known == nil { fees[place] = .some(fee) }
        let account = row.kind == FeeKind.charge.rawValue ? .revenue : fee?.treasuryAccount ?? .revenue
        let own = payers.first { $0.agencyCode == row.agency }?.chapter ?? ""
        let chapter = fee.map(\.chapter).flatMap { $0.isEmpty ? nil : $0 } ?? own
        return CollectedPart(
            key: RemittanceKey(
                agencyCode: row.agency,
                accountNumber: row.account,
                treasuryAccount: account,
                budgetYear: year
            ),
            code: RemittanceCode(chapter: chapter, budgetCode: row.budgetCode),
            name: row.name,
            collected: row.amount,
            // The waiting account takes a fee whole; the agency's share comes back from there.
            retainedRate: account == .waiting ? 0 : row.retainedRate,
            deadline: RemittanceDeadline.of(
                RemittanceDeadline.calendar(of: fee, isOnline: row.hour >= 0),
                day: row.day,
                hour: Int(max(row.hour, 0)),
                working
            )
        )
    }

    /// What was paid, less what went back to payers, which is taken off the lines of a request in proportion to their cost,
    /// by the largest-remainder method, in their order.
    private static func collected(
        _ payers: [TreasuryPayer],
        _ from: Day,
        _ to: Day,
        _ tx: borrowing Transaction
    ) throws -> [Collected] {
        try tx.query(
            """
            with paid as (
                select r.id, r.agency_code, r.account_number, r.paid_on, r.lines, r.amount_due,
                    case when r.channel = 'online'
                        then extract(hour from r.paid_at at time zone 'Asia/Ho_Chi_Minh')::integer else -1 end as hour,
                    case when r.status = 'paid' then 0 else coalesce((
                        select sum(p.amount) from refund_part p join refund f on f.id = p.refund_id
                        where p.payment_request_id = r.id and f.state in ('executed', 'settled')), 0)::bigint end as refunded
                from unnest(\(payers.map(\.agencyCode))::text[], \(payers.map(\.since))::date[]) as k (agency, since)
                    join payment_request_event e on e.agency_code = k.agency and e.paid_on >= k.since
                    join payment_request r on r.id = e.payment_request_id and r.paid_on = e.paid_on
                where e.paid_on between \(from)::date and \(to)::date
                    and r.status in ('paid', 'partially_refunded') and r.amount_due > 0
            ), line as (
                select p.*, l.value as line, l.place, (l.value->>'payable')::bigint as payable,
                    p.refunded * (l.value->>'payable')::bigint / p.amount_due as part,
                    p.refunded * (l.value->>'payable')::bigint % p.amount_due as remainder
                from paid p cross join json_array_elements(p.lines) with ordinality as l (value, place)
            ), net as (
                select *, payable - part - case when row_number() over (partition by id order by remainder desc, place)
                    <= refunded - sum(part) over (partition by id) then 1 else 0 end as collected
                from line
            )
            select agency_code, account_number, paid_on, hour, line->>'fee_code', line->>'name_vi', line->>'kind',
                coalesce(line->>'budget_code', ''),
                coalesce(round((line->>'retained_percent')::numeric * 100), 0)::bigint, sum(collected)::bigint
            from net group by 1, 2, 3, 4, 5, 6, 7, 8, 9
            """
        ).map { row in
            Collected(
                agency: try row.get(0),
                account: try row.get(1),
                day: try row.get(2),
                hour: try row.get(3),
                feeCode: try row.get(4),
                name: try row.get(5),
                kind: try row.get(6),
                budgetCode: try row.get(7),
                retainedRate: try row.get(8),
                amount: try row.get(9)
            )
        }
    }

    private static func ordered(_ payers: [TreasuryPayer], _ year: Int, _ tx: borrowing Transaction) throws
        -> [RemittanceKey: [RemittanceCode: Money]]
    {
        var sums: [RemittanceKey: [RemittanceCode: Money]] = [:]
        let rows = try tx.query(
            """
            select r.agency_code, r.account_number, r.treasury_account, l.chapter, l.budget_code,
                sum(l.amount)::bigint
            from remittance r join remittance_line l on l.remittance_id = r.id
            where r.agency_code = any(\(payers.map(\.agencyCode))::text[]) and r.budget_year = \(Int32(year))::smallint
                and r.state not in ('rejected', 'returned')
            group by 1, 2, 3, 4, 5
            """
        )
        for row in rows {
            let key = RemittanceKey(
                agencyCode: try row.get(0),
                accountNumber: try row.get(1),
                treasuryAccount: try row.code(2),
                budgetYear: year
            )
            sums[key, default: [:]][RemittanceCode(chapter: try row.get(3), budgetCode: try row.get(4))] =
                try row.get(5)
        }
        return sums
    }
}
