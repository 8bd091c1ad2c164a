import Values

extension LedgerCheck {
    /// Checks of cashiers' shifts and of the cash at counters.
    static let shiftChecks: [Check] = [
        Check(
            name: "shifts_add_up",
            title: Phrase(vi: "ca thu khớp các khoản thu, chi", en: "shifts are what they took and gave back"),
            what: Phrase(vi: "ca thu", en: "shifts"),
            count: "select count(*) from shift",
            differences: [
                Phrase(
                    vi: "ca {1}: ghi phải có {2₫} và đếm được {3₫}, nhưng tính lại là {4₫} và {5₫}",
                    en: "shift {1} states {2₫} expected and {3₫} counted, but {4₫} and {5₫} are recomputed"
                ),
                Phrase(
                    vi: "khoản thu {1} của ca {2}: ghi {3₫}, nhưng thông báo là {4₫}",
                    en: "taking {1} of shift {2} states {3₫}, but its notice {4₫}"
                ),
                Phrase(
                    vi: "khoản chi {1} của ca {2}: ghi {3₫}, nhưng lệnh hoàn là {4₫}",
                    en: "what shift {2} gave back for refund {1} is {3₫}, but the refund {4₫}"
                ),
                Phrase(
                    vi: "khoản nộp {1}: {2₫}, nhưng các ca của nó là {3₫}",
                    en: "deposit {1} is {2₫}, but its shifts held {3₫}"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(s.id, coalesce(s.expected_cash, 0), coalesce(s.counted_cash, 0),
                    shift_cash(s.id), k.counted)
                from shift s cross join lateral (
                    select coalesce(sum(c.denomination * c.pieces), 0)::bigint as counted from shift_count c
                    where c.shift_id = s.id and c.turn = s.count_turn) k
                where s.state <> 'open' and (s.expected_cash <> shift_cash(s.id) or s.counted_cash <> k.counted)
                union all
                select 1, jsonb_build_array(t.notice_id, t.shift_id, t.amount, coalesce(b.applied_amount, 0))
                from shift_taking t left join bank_notice b on b.id = t.notice_id and b.source = 'counter'
                where b.applied_amount is distinct from t.amount
                union all
                select 2, jsonb_build_array(g.refund_id, g.shift_id, g.amount, coalesce(f.amount, 0))
                from shift_giveback g full join (
                    select id, amount, handed_out_in from refund where handed_out_in is not null) f
                    on f.id = g.refund_id and f.handed_out_in = g.shift_id
                where g.amount is distinct from f.amount
                union all
                select 3, jsonb_build_array(d.id, d.amount, k.held)
                from cash_deposit d cross join lateral (
                    select coalesce(sum(s.counted_cash - s.float_amount), 0)::bigint as held from shift s
                    where s.deposit_id = d.id) k
                where d.amount <> k.held
                limit 1000
                """
        ),
        Check(
            name: "desks_are_explained",
            title: Phrase(vi: "quỹ tiền mặt tại quầy khớp sổ", en: "desks hold what counters took in cash"),
            what: Phrase(vi: "quầy", en: "desks"),
            count: "select count(*) from ledger_account where kind = 'desk'",
            differences: [
                Phrase(
                    vi: "cơ quan {1}: sổ ghi quỹ {2₫}, nhưng đã thu, chi, nộp và lệch còn {3₫}",
                    en: "agency {1}: {2₫} at the desk, but what was taken, given back, deposited and missed leaves {3₫}"
                )
            ],
            sql: """
                select 0, jsonb_build_array(a.owner, coalesce(b.balance, 0), m.held)
                from ledger_account a left join (
                    select k.id, sum(case when t.debit_account = k.id then t.amount else -t.amount end) as balance
                    from ledger_account k join ledger_transfer t on k.id in (t.debit_account, t.credit_account)
                    where k.kind = 'desk' group by k.id) b on b.id = a.id
                cross join lateral (
                    select coalesce((select sum(n.applied_amount + n.suspense_amount) from bank_notice n
                            where n.account_number = 'desk:' || a.owner), 0)
                        - coalesce((select sum(g.amount) from shift_giveback g join shift s on s.id = g.shift_id
                            where s.agency_code = a.owner), 0)
                        - coalesce((select sum(d.amount) from cash_deposit d where d.agency_code = a.owner), 0)
                        + coalesce((select sum(s.counted_cash - s.expected_cash) from shift s
                            where s.agency_code = a.owner and s.state = 'closed'), 0) as held) m
                where a.kind = 'desk' and coalesce(b.balance, 0) <> m.held limit 1000
                """
        ),
    ]
}
