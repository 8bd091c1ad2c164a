import Matching
import Postgres
import Values

/// Notices that were settled after a run had last looked.
struct LateNotices: Sendable {
    let notices: [OpenNotice]
    /// The latest notice: later ones are those after it.
    let last: Int64

    /// The transaction must hold the lock of settlement. Callbacks take their ids under it, so every notice of the account
    /// with a lower id than the last one seen here is there, and none of them is still to come.
    static func read(_ account: String, after: Int64, _ tx: borrowing Transaction) throws -> LateNotices {
        let last = try tx.query("select coalesce(max(id), 0) from bank_notice").row().get(0, as: Int64.self)
        guard last > after else { return LateNotices(notices: [], last: after) }
        let sql = """
            select b.id, b.connection_id, b.bank_reference, b.amount, b.booked_on, b.payment_request_id,
                \(OpenHeads.basket), false
            from (select * from bank_notice where id > $2::bigint offset 0) b
            where b.account_number = $1 and b.source = 'callback' and b.applied_amount + b.suspense_amount + b.cleared_amount > 0
                and \(OpenHeads.isOpen)
            """
        let notices = try tx.query(Query(trustedSQL: sql, binding: [account, after])).map { try OpenNotice($0) }
        return LateNotices(notices: notices, last: last)
    }
}
