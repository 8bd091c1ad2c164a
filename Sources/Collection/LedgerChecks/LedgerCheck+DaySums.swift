import Values

extension LedgerCheck {
    /// Checks that the sums of days are those of the rows that they are made of.
    static let daySumChecks: [Check] = [
        Check(
            name: "days_add_up",
            title: Phrase(vi: "tổng theo ngày khớp với từng dòng", en: "sums of days are those of their rows"),
            what: Phrase(vi: "ngày của các tài khoản", en: "days of accounts"),
            count: "select (select count(*) from statement_day) + (select count(*) from ledger_day)",
            differences: [
                Phrase(
                    vi: "tài khoản {1}, ngày {2}: tổng sao kê {3₫}, nhưng các dòng là {4₫}",
                    en: "account {1}, {2}: the sum of the statement is {3₫}, but its lines are {4₫}"
                ),
                Phrase(
                    vi: "sổ {1}, ngày {2}: tổng bút toán {3₫}, nhưng các bút toán là {4₫}",
                    en: "books {1}, {2}: the sum of the postings is {3₫}, but they are {4₫}"
                ),
                Phrase(
                    vi: "dòng {1} và thông báo {2} khác ngày nhưng không được ghi nhận",
                    en: "line {1} and notice {2} are of different days, which is not noted"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(account_number, booked_on, coalesce(d.amount, 0), coalesce(l.amount, 0))
                from statement_day d full join (
                    select account_number, booked_on, sum(amount) as amount, count(*) as lines from statement_line
                    where id <= (select summed_through from day_sum_progress where source = 'statement_line')
                    group by 1, 2) l using (account_number, booked_on)
                where (coalesce(d.amount, 0), coalesce(d.lines, 0)) <> (coalesce(l.amount, 0), coalesce(l.lines, 0))
                union all
                select 1, jsonb_build_array(a.kind || ':' || a.owner, booked_on, coalesce(d.amount, 0),
                    coalesce(t.amount, 0))
                from ledger_day d full join (
                    select ledger_account, booked_on, sum(amount) as amount from (
                        select id, debit_account as ledger_account, booked_on, amount from ledger_transfer
                        union all
                        select id, credit_account, booked_on, -amount from ledger_transfer) p
                    where id <= (select summed_through from day_sum_progress where source = 'ledger_transfer')
                    group by 1, 2) t using (ledger_account, booked_on)
                    join ledger_account a on a.id = ledger_account
                where coalesce(d.amount, 0) <> coalesce(t.amount, 0)
                union all
                select 2, jsonb_build_array(l.id, b.id)
                from (
                    select line_id, notice_id from line_outcome
                    where outcome in ('matched', 'recovered', 'amount_mismatch')
                        and id <= (select summed_through from day_sum_progress where source = 'line_outcome')
                    union all
                    select line_id, notice_id from line_notice
                    where id <= (select summed_through from day_sum_progress where source = 'line_notice')) s
                    join statement_line l on l.id = s.line_id join bank_notice b on b.id = s.notice_id
                where l.booked_on <> b.booked_on
                    and not exists (select 1 from timing_difference d where d.line_id = l.id and d.notice_id = b.id)
                limit 1000
                """
        ),
        Check(
            name: "dossiers_are_counted",
            title: Phrase(
                vi: "số hồ sơ theo ngày khớp với yêu cầu",
                en: "counts of dossiers are those of their requests"
            ),
            what: Phrase(vi: "hồ sơ", en: "dossiers"),
            count: "select count(*) from dossier",
            differences: [
                Phrase(
                    vi:
                        "hồ sơ {1} của {2}, thủ tục {3}: ghi bắt đầu {4} và trực tuyến {5}, nhưng theo yêu cầu là {6} và {7}",
                    en:
                        "dossier {1} of {2}, procedure {3}: kept as begun {4} and online {5}, but {6} and {7} by its requests"
                ),
                Phrase(
                    vi: "ngày {1}, {2}, thủ tục {3}: đếm {4} hồ sơ, nhưng có {5}",
                    en: "{1}, {2}, procedure {3}: {4} dossiers counted, but there are {5}"
                ),
            ],
            // A dossier with an event that is not summed yet may differ.
            sql: """
                select 0, jsonb_build_array(dossier_code, agency_code, procedure_code, d.started_on, d.online_on, r.started_on,
                    r.online_on)
                from dossier d full join (
                    select dossier_code, agency_code, procedure_code,
                        min((created_at at time zone 'Asia/Ho_Chi_Minh')::date) as started_on,
                        min((created_at at time zone 'Asia/Ho_Chi_Minh')::date)
                            filter (where channel = 'online' and status in ('paid', 'partially_refunded')) as online_on
                    from payment_request where amount_due > 0 group by 1, 2, 3) r
                    using (dossier_code, agency_code, procedure_code)
                where (d.started_on, d.online_on) is distinct from (r.started_on, r.online_on) and not exists (
                    select 1 from payment_request q join payment_request_event e on e.payment_request_id = q.id
                    where q.dossier_code = coalesce(d.dossier_code, r.dossier_code)
                        and q.agency_code = coalesce(d.agency_code, r.agency_code)
                        and q.procedure_code = coalesce(d.procedure_code, r.procedure_code) and e.id > (
                            select summed_through from day_sum_progress where source = 'payment_request_event'))
                union all
                select 1, jsonb_build_array(started_on, agency_code, procedure_code, coalesce(t.dossiers, 0),
                    coalesce(d.dossiers, 0))
                from dossier_day t full join (
                    select started_on, agency_code, procedure_code, coalesce(online_on, 'infinity') as online_on,
                        count(*) as dossiers
                    from dossier group by 1, 2, 3, 4) d using (started_on, agency_code, procedure_code, online_on)
                where coalesce(t.dossiers, 0) <> coalesce(d.dossiers, 0)
                limit 1000
                """
        ),
    ]
}
