import Casework
import Postgres
import Values

/// Reads what ``AlarmRules`` judge. The sums are made in the database, and only of what comes near to an alarm.
enum AlarmReader {
    /// - Parameter night: when a login is one at night; `nil` for never.
    static func facts(of day: Day, night: NightHours?, _ tx: borrowing Transaction) throws -> AlarmFacts {
        var facts = AlarmFacts(day: day)
        let (from, to) = (day.start, day.next.start)
        facts.smallRefunds = try tx.query(
            """
            select requested_by, max(requested_by_name), count(*), sum(amount)::bigint from refund
            where requested_at >= \(from)::timestamptz and requested_at < \(to)::timestamptz
                and amount <= \(AlarmRules.smallRefund)::bigint and state <> 'rejected'
            group by 1 order by 1
            """
        ).map { .init(person: try $0.get(0), name: try $0.get(1), count: try $0.get(2), total: try $0.get(3)) }
        let since = from.adding(seconds: -(AlarmRules.payeeDays - 1) * 86_400)
        facts.payees = try tx.query(
            """
            select beneficiary_account, count(distinct coalesce(payment_request_id::text, case_id::text)),
                sum(amount)::bigint
            from refund
            where requested_at >= \(since)::timestamptz and requested_at < \(to)::timestamptz and state <> 'rejected'
                and beneficiary_account is not null
            group by beneficiary_bin, 1 having max(requested_at) >= \(from)::timestamptz
            order by 1
            """
        ).map { .init(account: try $0.get(0), sources: try $0.get(1), total: try $0.get(2)) }
        facts.changedPayees = try tx.query(
            """
            select r.end_to_end_id, before.beneficiary_account, r.beneficiary_account, r.amount
            from refund r cross join lateral (
                select o.beneficiary_account from refund o
                where o.state = 'rejected' and o.requested_at < r.requested_at and o.beneficiary_account is not null
                    and (o.payment_request_id = r.payment_request_id or o.case_id = r.case_id)
                order by o.requested_at desc limit 1) before
            where r.requested_at >= \(from)::timestamptz and r.requested_at < \(to)::timestamptz
                and r.state <> 'rejected' and r.beneficiary_account <> before.beneficiary_account
            order by 1
            """
        ).map { .init(refund: try $0.get(0), before: try $0.get(1), after: try $0.get(2), amount: try $0.get(3)) }
        facts.freeRequests = try tx.query(
            """
            select k.id::text, k.name, count(*) from payment_request p join (
                select id, name from api_key where role = 'cashier'
                union all
                select s.id, s.name from person s where exists (
                    select 1 from person_role r where r.person_id = s.id and r.role = 'cashier')) k on k.id = p.created_by
            where p.created_at >= \(from)::timestamptz and p.created_at < \(to)::timestamptz and p.amount_due = 0
            group by 1, 2 order by 1
            """
        ).map { .init(cashier: try $0.get(0), name: try $0.get(1), count: try $0.get(2)) }
        facts.recoveries = try tx.query(
            """
            select r.account_number, sum((r.counts ->> 'recovered')::bigint)::bigint,
                sum((r.counts ->> 'matched')::bigint)::bigint
            from reconciliation_run r
            where r.finished_at >= \(from)::timestamptz and r.finished_at < \(to)::timestamptz and exists (
                select 1 from connection c where c.account_number = r.account_number and c.disabled_at is null)
            group by 1 order by 1
            """
        ).map { .init(account: try $0.get(0), recovered: try $0.get(1), matched: try $0.get(2)) }
        try readLogins(night, into: &facts, tx)
        return facts
    }

    private static func readLogins(_ night: NightHours?, into facts: inout AlarmFacts, _ tx: borrowing Transaction)
        throws
    {
        let (from, to) = (facts.day.start, facts.day.next.start)
        facts.breakGlass = try tx.query(
            """
            select actor_id, max(actor_name), count(*) from audit_entry
            where action = 'login.break_glass'
                and happened_at >= \(from)::timestamptz and happened_at < \(to)::timestamptz
            group by 1 order by 1
            """
        ).map { .init(person: try $0.get(0), name: try $0.get(1), count: try $0.get(2)) }
        if let night {
            let isOverMidnight = night.from > night.to
            facts.nightLogins = try tx.query(
                """
                select actor_id, max(actor_name), count(*) from (
                    select actor_id, actor_name,
                        floor(extract(epoch from happened_at - \(from)::timestamptz) / 60) as minute
                    from audit_entry
                    where action in ('login', 'login.break_glass')
                        and happened_at >= \(from)::timestamptz and happened_at < \(to)::timestamptz) as login
                where case when \(isOverMidnight) then minute >= \(night.from)::bigint or minute < \(night.to)::bigint
                    else minute >= \(night.from)::bigint and minute < \(night.to)::bigint end
                group by 1 order by 1
                """
            ).map { .init(person: try $0.get(0), name: try $0.get(1), count: try $0.get(2)) }
        }
        facts.raisedLimits = try tx.query(
            """
            select id, role, set_by_name from approval_limit
            where is_raised and set_at >= \(from)::timestamptz and set_at < \(to)::timestamptz order by id
            """
        ).map { .init(id: try $0.get(0), role: try $0.get(1), name: try $0.get(2)) }
    }
}
