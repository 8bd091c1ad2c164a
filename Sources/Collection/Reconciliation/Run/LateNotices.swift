import Matching
import Postgres
import Values

/// Notices that were settled after the run had read its notices and before it locked settlement.
struct LateNotices {
    var notices: [OpenNotice] = []
    /// The notice from which the next run reads.
    var lowestOpenID: Int64

    static func read(
        _ account: String,
        after heads: OpenHeads,
        since state: ReconciliationState,
        now: Instant,
        _ tx: borrowing Transaction
    ) throws -> LateNotices {
        // A settlement in flight may have had a lower id than the last one seen, so the notices of the last minutes are
        // read again.
        var late = LateNotices(lowestOpenID: heads.lastNotice)
        var isRecent = true
        while isRecent {
            let rows = try tx.query(
                """
                select id, received_at from bank_notice
                where id > \(state.notice)::bigint and id < \(late.lowestOpenID)::bigint + 1 order by id desc limit 1000
                """
            )
            let before = late.lowestOpenID
            for row in rows {
                isRecent = try row.get(1, as: Instant.self) >= now.adding(seconds: -600)
                guard isRecent else { break }
                late.lowestOpenID = try row.get(0)
            }
            isRecent = isRecent && rows.count == 1000 && late.lowestOpenID < before
        }
        let known = Set(heads.notices.lazy.map(\.id))
        let sql = """
            select b.id, b.connection_id, b.bank_reference, b.amount, b.booked_on, b.payment_request_id, false
            from (select * from bank_notice where id >= $2::bigint offset 0) b
            where b.account_number = $1 and b.source = 'callback' and b.applied_amount + b.suspense_amount + b.cleared_amount > 0
                and \(OpenHeads.isOpen)
            """
        for row in try tx.query(Query(trustedSQL: sql, binding: [account, late.lowestOpenID])) {
            let notice = try OpenNotice(row)
            if !known.contains(notice.id) { late.notices.append(notice) }
        }
        return late
    }
}
