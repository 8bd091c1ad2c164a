import Values

extension LedgerCheck {
    /// Checks of statements that were undone.
    static let undoChecks: [Check] = [
        Check(
            name: "undone_statements_are_reversed",
            title: Phrase(
                vi: "bút toán của sao kê đã hoàn tác được đảo đủ",
                en: "what undone statements posted is reversed"
            ),
            what: Phrase(vi: "sao kê đã hoàn tác", en: "undone statements"),
            count: "select count(*) from statement where undone_at is not null",
            differences: [
                Phrase(
                    vi: "bút toán {1} ({2₫}) của sao kê {3} đã hoàn tác chưa được đảo",
                    en: "posting {1} of {2₫}, of the undone statement {3}, is not reversed"
                ),
                Phrase(
                    vi: "bút toán {1} không đảo đúng bút toán {2}",
                    en: "posting {1} is not posting {2} the other way round"
                ),
                Phrase(
                    vi: "dòng {1} vừa thuộc sao kê đã hoàn tác {2} vừa còn trong sổ",
                    en: "row {1} of the undone statement {2} is still in its table"
                ),
            ],
            sql: """
                select 0, jsonb_build_array(t.id, t.amount, u.statement_id)
                from undone_row u join ledger_transfer t on t.reverses is null
                    and (u.source = 'statement_line' and t.statement_line_id = u.row_id
                        or u.source = 'bank_notice' and t.notice_id = u.row_id)
                where u.source in ('statement_line', 'bank_notice')
                    and not exists (select 1 from ledger_transfer r where r.reverses = t.id)
                union all
                select 1, jsonb_build_array(r.id, r.reverses)
                from ledger_transfer r left join ledger_transfer t on t.id = r.reverses
                where r.reverses is not null and (r.debit_account, r.credit_account, r.amount, r.booked_on, r.kind)
                    is distinct from (t.credit_account, t.debit_account, t.amount, t.booked_on, 'undo_' || t.kind)
                union all
                select 2, jsonb_build_array(u.row_id, u.statement_id)
                from undone_row u
                where u.source = 'statement_line' and exists (select 1 from statement_line l where l.id = u.row_id)
                    or u.source = 'bank_notice' and exists (select 1 from bank_notice b where b.id = u.row_id)
                limit 1000
                """
        )
    ]
}
