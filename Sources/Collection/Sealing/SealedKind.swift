/// A kind of entry in the sealed history: the facts of one table.
///
/// An entry is the kind's name, and its columns as PostgreSQL writes a row: `ledger_transfer(17,3,…)`. It never changes,
/// so neither do the columns of a kind. Personal data are not in it, but their hash with the row's own salt is, so that
/// they can be erased together with the salt.
struct SealedKind: Sendable {
    /// Stored with the seals; never used again for another kind.
    let number: Int16
    /// The table's name; its column `id` counts its rows up.
    let name: String
    /// The columns that are sealed, as SQL over the table's row `t`.
    let columns: String
    /// Columns that stand in the entry only while they are as something else in the row says; with the SQL over `t`.
    var checked: [(name: String, sql: String)] = []
    /// The personal data, if there are any.
    var personal: Personal?
    /// Whether rows are set aside in `undone_row` when their statement is undone.
    var canBeUndone = false

    /// Personal data of a kind, as SQL over `t`.
    struct Personal: Sendable {
        /// Their hash with the row's salt.
        let hash: String
        /// Whether nothing is left of them.
        let isGone: String
    }

    /// The entry that chains a seal to the one before it: no row of a table.
    static let head = "seal"

    static let all: [SealedKind] = [
        SealedKind(
            number: 1,
            name: "audit_entry",
            columns: """
                t.id, t.happened_at, t.actor_id, t.actor_name, t.address, t.request_id, t.action, t.subject, t.detail
                """
        ),
        SealedKind(
            number: 2,
            name: "ledger_transfer",
            columns: """
                t.id, t.debit_account, t.credit_account, t.amount, t.kind, t.payment_request_id, t.notice_id,
                t.statement_line_id, t.case_id, t.booked_on, t.recorded_at, t.refund_id, t.reverses
                """
        ),
        SealedKind(
            number: 3,
            name: "payment_request_event",
            columns: """
                t.id, t.payment_request_id, t.event, t.from_status, t.to_status, t.amount_received, t.happened_at
                """
        ),
        SealedKind(
            number: 4,
            name: "bank_notice",
            columns: """
                t.id, t.source, t.connection_id, t.issuer_id, t.provider_transaction_id, t.content_hash, t.outcome,
                t.duplicate_of, t.amount, t.account_number, t.bank_reference, t.payment_request_id, t.applied_amount,
                t.suspense_amount, t.cleared_amount, t.occurred_at, t.reported_at, t.booked_on, t.received_at, t.reason
                """,
            // What was received may be dropped, but not changed.
            checked: [("raw_hash", "case when t.raw is null or sha256(t.raw) = t.raw_hash then t.raw_hash end")],
            personal: Personal(hash: "notice_personal_hash(t)", isGone: "num_nonnulls(t.salt, t.memo, t.raw) = 0"),
            canBeUndone: true
        ),
        SealedKind(
            number: 5,
            name: "statement_line",
            columns: """
                t.id, t.statement_id, t.line_number, t.account_number, t.transaction_id, t.booked_at, t.booked_on,
                t.value_date, t.amount, t.balance, t.reference_candidates
                """,
            personal: Personal(
                hash: "line_personal_hash(t)",
                isGone: """
                    num_nonnulls(t.salt, t.memo, t.counterparty_name, t.counterparty_account, t.counterparty_bank) = 0
                    """
            ),
            canBeUndone: true
        ),
        SealedKind(
            number: 6,
            name: "line_outcome",
            columns: """
                t.id, t.line_id, t.run_id, t.outcome, t.pass, t.notice_id, t.payment_request_id, t.suspense_amount,
                t.transaction_id, t.reason
                """,
            canBeUndone: true
        ),
        SealedKind(number: 7, name: "line_notice", columns: "t.id, t.line_id, t.notice_id", canBeUndone: true),
        SealedKind(
            number: 8,
            name: "case_event",
            columns: "t.id, t.case_id, t.event, t.actor_id, t.actor_name, t.detail, t.happened_at"
        ),
        SealedKind(
            number: 9,
            name: "suspense_use",
            columns: "t.id, t.case_id, t.action, t.amount, t.notice_id, t.refund_id, t.recorded_at"
        ),
        SealedKind(
            number: 10,
            name: "row_version",
            columns: "t.id, t.source, t.row_key, t.content_hash, t.written_at"
        ),
        SealedKind(
            number: 11,
            name: "receipt",
            columns: """
                t.id, t.series_id, t.number, t.payment_request_id, t.amount, t.issued_at, t.replaces, t.reason
                """
        ),
        SealedKind(
            number: 12,
            name: "receipt_notice",
            columns: "t.id, t.receipt_id, t.error, t.note, t.made_by, t.made_by_name, t.made_at"
        ),
    ]

    static func named(_ name: String) -> SealedKind? { all.first { $0.name == name } }

    static func numbered(_ number: Int16) -> SealedKind? { all.first { $0.number == number } }

    /// The rows of the table whose ids are above `$1` and at most `$2`: `id` and `entry`.
    var entries: String { entries(after: "$1", through: "$2") }

    /// The rows of the table whose ids are above one and at most another, each a number or a parameter: `id` and `entry`.
    ///
    /// What was erased is told by the hash that was kept; of a row that says something all the same, it is not.
    func entries(after: String, through: String) -> String {
        var sealed = ([columns] + checked.map(\.sql)).joined(separator: ", ")
        var erased = ""
        if let personal {
            sealed += """
                , case when e.row_id is null then \(personal.hash) when \(personal.isGone) then e.personal_hash end
                """
            erased = "left join erased_entry e on e.kind = \(number) and e.row_id = t.id"
        }
        func part(_ rows: String) -> String {
            "select t.id as id, '\(name)' || row(\(sealed))::text as entry from \(rows) \(erased)"
        }
        let ids = "t.id > \(after) and t.id <= \(through)"
        let standing = part("\(name) t") + " where \(ids)"
        guard canBeUndone else { return standing }
        let undone = part(
            """
            undone_row u cross join lateral jsonb_populate_record(null::\(name), u.content) t
            """
        )
        return standing + " union all " + undone + " where u.source = '\(name)' and \(ids)"
    }

    /// The highest id that is committed, or at least one up to which the table is sealed. What was undone may be the last, and
    /// is to be sealed before it is erased; where it has nothing to erase, and another key than its id, it waits for the next of its
    /// kind.
    ///
    /// - Parameter sealed: an id up to which the table is sealed. Ids of some tables have only an index of ranges, which finds those
    ///   behind it, and without it would have to look through all.
    func highest(after sealed: Int64) -> String {
        let standing = "(select max(id) from \(name) where id > \(sealed))"
        guard canBeUndone, personal != nil else { return standing }
        return """
            greatest(\(standing), (select max(row_id) from undone_row where source = '\(name)' and row_id > \(sealed)))
            """
    }
}
