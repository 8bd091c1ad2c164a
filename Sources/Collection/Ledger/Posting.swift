import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A posting to be written: what it moves, and what for.
struct Posting: Sendable {
    var debit: Int32
    var credit: Int32
    /// Above 0.
    var amount: Money
    var kind: String
    var requestID: UUID?
    var noticeID: Int64?
    var lineID: Int64?
    var caseID: Int64?
    var refundID: UUID?
    /// The business day on which the money moved.
    var day: Day

    /// Adds postings, in their order.
    static func insert(_ postings: [Posting], now: Instant) -> Query {
        let records = Records(postings, fields: 10) { posting, record in
            record.put(posting.debit)
            record.put(posting.credit)
            record.put(posting.amount)
            record.put(posting.kind)
            record.put(posting.requestID)
            record.put(posting.noticeID)
            record.put(posting.lineID)
            record.put(posting.caseID)
            record.put(posting.refundID)
            record.put(posting.day)
        }
        return """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id,
                statement_line_id, case_id, refund_id, booked_on, recorded_at)
            select debit_account, credit_account, amount, kind, payment_request_id, notice_id, statement_line_id, case_id,
                refund_id, booked_on, \(now)::timestamptz
            from unnest(\(records)::posting_record[])
            """
    }
}
