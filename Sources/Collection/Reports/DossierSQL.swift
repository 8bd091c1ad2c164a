import Postgres
import Values

/// Dossiers, derived from payment requests.
enum DossierSQL {
    /// One row for each dossier that began in the period: when its first request was created, whether something was
    /// owed, whether it was paid online, and the request that says most of it. A dossier with earlier requests began before the period.
    private static let dossiers = """
        with dossier as (
            select agency_code, procedure_code, dossier_code,
                min((created_at at time zone 'Asia/Ho_Chi_Minh')::date) as started_on,
                bool_or(channel = 'online' and status in ('paid', 'partially_refunded')) as is_paid_online,
                (array_agg(id order by channel = 'online' and status in ('paid', 'partially_refunded') desc,
                    paid_on desc nulls last, created_at desc, id))[1] as request_id
            from payment_request r
            where created_at >= $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
                and created_at < ($2::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' and amount_due > 0
                and not exists (
                    select 1 from payment_request e
                    where e.dossier_code = r.dossier_code and e.agency_code = r.agency_code
                        and e.procedure_code = r.procedure_code and e.amount_due > 0
                        and e.created_at < $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
            group by 1, 2, 3
        )
        """

    /// The same of dossiers that were exempted in full: nothing was ever owed of them, so they are none of 3.6.
    private static let exempted = """
        with dossier as (
            select agency_code, procedure_code, dossier_code,
                min((created_at at time zone 'Asia/Ho_Chi_Minh')::date) as started_on, false as is_paid_online,
                (array_agg(id order by created_at desc, id))[1] as request_id
            from payment_request r
            where created_at >= $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
                and created_at < ($2::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' and settled_by = 'exemption'
                and not exists (
                    select 1 from payment_request e
                    where e.dossier_code = r.dossier_code and e.agency_code = r.agency_code
                        and e.procedure_code = r.procedure_code and (e.amount_due > 0 or e.settled_by = 'exemption'
                            and e.created_at < $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh'))
            group by 1, 2, 3
        )
        """

    /// How many events may be behind the sums: as many are looked at in a fraction of a second.
    private static let mostBehind: Int64 = 100_000

    /// Counts by the range of days in which they began, agency and procedure: by the sums of days and the events behind them, or
    /// where those are too many, as after an upgrade, by the requests.
    static func tallies(_ period: ReportPeriod, _ starts: [Day], _ tx: borrowing Transaction) throws -> Query {
        let mark = try DaySumMarks.read(tx).requests
        let last = try tx.query("select coalesce(max(id), 0) from payment_request_event").row().get(0, as: Int64.self)
        guard last - mark <= mostBehind else { return counted(period, starts) }
        return Query(
            trustedSQL: """
                with \(DossierSums.touched),
                came as (
                    select started_on, agency_code, procedure_code, online_on, dossiers from dossier_day
                    where started_on between $3::date and $4::date
                    union all
                    select * from (\(DossierSums.changes)) c where started_on between $3::date and $4::date)
                select ($5::date[])[width_bucket(started_on, $5::date[])], agency_code, procedure_code,
                    sum(dossiers)::bigint, coalesce(sum(dossiers) filter (where online_on <= $4::date), 0)::bigint
                from came group by 1, 2, 3 having sum(dossiers) <> 0
                """,
            binding: [mark, last, period.from, period.to, starts]
        )
    }

    /// The same, by the requests.
    private static func counted(_ period: ReportPeriod, _ starts: [Day]) -> Query {
        Query(
            trustedSQL: """
                \(dossiers)
                select ($3::date[])[width_bucket(started_on, $3::date[])], agency_code, procedure_code, count(*),
                    count(*) filter (where is_paid_online)
                from dossier group by 1, 2, 3
                """,
            binding: [period.from, period.to, starts]
        )
    }

    /// Dossiers of one procedure or all that count towards 3.6 or do not, ordered by code.
    ///
    /// - Parameter areExempt: those that were exempted in full instead.
    static func list(
        _ period: ReportPeriod,
        _ starts: [Day],
        procedure: String?,
        isCounted: Bool?,
        areExempt: Bool,
        after: String?,
        limit: Int
    ) -> Query {
        Query(
            trustedSQL: """
                \(areExempt ? exempted : dossiers)
                select ($3::date[])[width_bucket(d.started_on, $3::date[])], d.agency_code, d.procedure_code,
                    d.dossier_code, d.started_on, r.id, r.status, r.channel = 'online', r.amount_received > 0,
                    exists (select 1 from platform_payment p where p.payment_request_id = r.id and p.state = 'paid'),
                    r.lines
                from (select * from dossier
                        where ($4::text is null or procedure_code = $4) and ($5::boolean is null or is_paid_online = $5)
                            and ($6::text is null or dossier_code > $6)
                        order by dossier_code, agency_code, procedure_code limit $7::integer) d
                    join payment_request r on r.id = d.request_id
                order by d.dossier_code, d.agency_code, d.procedure_code
                """,
            binding: [period.from, period.to, starts, procedure, isCounted, after, limit]
        )
    }
}
