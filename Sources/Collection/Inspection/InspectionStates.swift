import Postgres
import Values

/// A table of a bundle that is for reading: how requests, cases, refunds and sign-offs of the period stand. Their history is
/// in the sealed tables; no name is in them, and of account numbers of persons the last four characters.
struct InspectionStates: Sendable {
    let name: String
    let columns: [String]
    private let sql: String

    /// - Parameter columns: `name` or `name = SQL`.
    private init(_ name: String, _ columns: [String], _ rest: String) {
        let halves = columns.map { column in
            let halves = column.split(separator: "=", maxSplits: 1).map { $0.trimming() }
            return (name: halves[0], sql: halves.count == 2 ? halves[1] : "t." + halves[0])
        }
        self.name = name
        self.columns = halves.map(\.name)
        sql = "select \(halves.map { "(\($0.sql))::text" }.joined(separator: ", ")) \(rest)"
    }

    func query(_ days: ClosedRange<Day>) -> Query {
        Query(trustedSQL: sql, binding: [days.lowerBound.start, days.upperBound.next.start])
    }

    static let all: [InspectionStates] = [
        InspectionStates(
            "state_payment_request",
            [
                "id", "reference", "dossier_code", "agency_code", "procedure_code", "channel", "payer_category",
                "assessed_on", "amount_due", "discount_total", "amount_received", "amount_applied", "amount_refunded",
                "status", "paid_at", "settled_by", "created_at", "created_by", "account_number",
            ],
            """
            from payment_request t where exists (
                select 1 from payment_request_event e where e.payment_request_id = t.id
                    and e.happened_at >= $1::timestamptz and e.happened_at < $2::timestamptz)
            order by t.id
            """
        ),
        InspectionStates(
            "state_case",
            [
                "id", "kind", "state", "account_number", "agency_code", "payment_request_id", "notice_id",
                "statement_line_id", "amount", "opened_at", "ended_at", "ended_by", "action", "note", "assignee",
            ],
            """
            from reconciliation_case t
            where t.opened_at < $2::timestamptz and coalesce(t.ended_at, 'infinity') >= $1::timestamptz order by t.id
            """
        ),
        InspectionStates(
            "state_refund",
            [
                "id", "end_to_end_id", "payment_request_id", "case_id", "account_number", "amount", "reason", "note",
                "beneficiary_bin", "beneficiary_account = '…' || right(t.beneficiary_account, 4)", "paid_by_hand",
                "state",
                "requested_by", "requested_by_name", "requested_at", "approved_by", "approved_by_name", "approved_at",
                "rejected_by", "rejected_by_name", "rejected_at", "executed_by", "executed_by_name", "executed_at",
                "settled_at",
            ],
            """
            from refund t
            where t.requested_at < $2::timestamptz
                and coalesce(t.settled_at, t.rejected_at, 'infinity') >= $1::timestamptz
            order by t.id
            """
        ),
        InspectionStates(
            "state_sign_off",
            [
                "key = t.account_number || ' ' || t.day", "account_number", "day", "signed_by", "signed_by_name",
                "signed_at", "open_items", "note",
            ],
            """
            from reconciliation_sign_off t
            where t.signed_at >= $1::timestamptz and t.signed_at < $2::timestamptz order by t.signed_at
            """
        ),
        InspectionStates(
            "state_countersignature",
            [
                "key = t.account_number || ' ' || t.day", "account_number", "day", "signed_by", "signed_by_name",
                "signed_at", "changes", "note",
            ],
            """
            from reconciliation_countersignature t
            where t.signed_at >= $1::timestamptz and t.signed_at < $2::timestamptz order by t.signed_at
            """
        ),
        InspectionStates(
            "state_ledger_account",
            ["id", "kind", "owner"],
            "from ledger_account t where $1::timestamptz < $2::timestamptz order by t.id"
        ),
    ]
}
