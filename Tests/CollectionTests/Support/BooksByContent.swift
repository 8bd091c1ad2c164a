import Postgres

/// Everything that runs and callbacks leave in the books of a database, without ids and times that the order of writing
/// gives: two databases in which the same happened say the same.
enum BooksByContent {
    /// The statements' lines must have the same ids in both, because they were imported alike.
    static func read(_ database: Database) async throws -> [String] {
        var rows: [String] = []
        for (name, sql) in queries {
            let found = try await database.query(
                Query(trustedSQL: "select string_agg(t, chr(10) order by t) from (\(sql)) q (t)")
            ).row().get(0, as: String?.self)
            rows += (found ?? "").split(separator: "\n").map { "\(name): \($0)" }
        }
        return rows
    }

    /// What only one of two has.
    static func differences(_ one: [String], _ other: [String]) -> [String] {
        let (here, there) = (Set(one), Set(other))
        return here.subtracting(there).sorted().map { "only one: \($0)" }
            + there.subtracting(here).sorted().map { "only the other: \($0)" }
            + (one.count == other.count ? [] : ["\(one.count) rows and \(other.count)"])
    }

    /// A notice `b` by what it says; a line's own notice is named after its line.
    private static func notice(_ id: String) -> String {
        """
        (select concat(b.source, ' ', split_part(b.provider_transaction_id, ':', 1), ' ',
            split_part(b.provider_transaction_id, ':', 2), ' ', b.amount, ' ', b.outcome)
        from bank_notice b where b.id = \(id))
        """
    }

    private static func request(_ id: String) -> String {
        "(select r.reference from payment_request r where r.id = \(id))"
    }

    private static func account(_ id: String) -> String {
        "(select concat(a.kind, ' ', a.owner) from ledger_account a where a.id = \(id))"
    }

    private static let queries = [
        (
            "outcome",
            // What a line matched by its transaction alone keeps depends on whether its notice came during the run.
            """
            select concat_ws('|', o.line_id, o.outcome, o.pass, \(notice("o.notice_id")), \(request("o.payment_request_id")),
                o.suspense_amount, case when o.pass <> 'transaction_id' then concat(o.transaction_id, ' ', o.reason) end)
            from line_outcome o
            """
        ),
        ("shown", "select concat_ws('|', n.line_id, \(notice("n.notice_id"))) from line_notice n"),
        (
            "posting",
            """
            select concat_ws('|', \(account("t.debit_account")), \(account("t.credit_account")), t.amount, t.kind,
                \(request("t.payment_request_id")), \(notice("t.notice_id")), t.statement_line_id, t.booked_on)
            from ledger_transfer t
            """
        ),
        (
            "case",
            """
            select concat_ws('|', c.kind, c.state, c.account_number, c.agency_code, \(request("c.payment_request_id")),
                \(notice("c.notice_id")), c.statement_line_id, c.amount, c.action, c.evidence, c.reason)
            from reconciliation_case c
            """
        ),
        (
            "request",
            "select concat_ws('|', reference, status, amount_received, amount_applied, paid_on) from payment_request"
        ),
        ("notice", "select concat_ws('|', \(notice("n.id")), \(request("n.payment_request_id"))) from bank_notice n"),
        (
            "unconfirmed",
            "select concat_ws('|', \(notice("u.notice_id")), u.account_number, u.is_missing) from unconfirmed_notice u"
        ),
        (
            "proposal",
            """
            select concat_ws('|', p.line_id, \(request("p.payment_request_id")), p.amount, p.state)
            from recovery_proposal p
            """
        ),
        ("refund", "select concat_ws('|', amount, state, statement_line_id) from refund"),
        ("clearing", "select concat_ws('|', amount, receipt_number, cleared_by_line) from clearing_item"),
        (
            "total",
            """
            select concat_ws('|', paid_on, agency_code, channel, sum(paid_requests), sum(amount_total))
            from daily_total group by paid_on, agency_code, channel
            """
        ),
        ("state", "select concat_ws('|', account_number, through, line_id) from reconciliation_state"),
        (
            "counted",
            // Together, because a run that was killed has its part of them.
            """
            select concat_ws('|', account_number, through, key, sum(value::bigint))
            from reconciliation_run, jsonb_each_text(counts) group by account_number, through, key
            """
        ),
    ]
}
