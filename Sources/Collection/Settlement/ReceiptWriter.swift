import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Numbers receipts in the transaction that moves the money.
///
/// The rows of the series are the last locks of a transaction: whoever pays waits only for the commit of another, and for
/// none of another agency.
enum ReceiptWriter {
    /// The receipts of requests that the transaction has paid.
    static func issue(for requests: [UUID], now: Instant) -> Query {
        "select issue_receipts(\(requests)::uuid[], \(now)::timestamptz)"
    }

    /// Replaces the receipts of requests that no longer state what was collected.
    static func correct(for requests: [UUID], because reason: String, now: Instant, _ tx: borrowing Transaction) throws
    {
        try tx.query("select correct_receipts(\(requests)::uuid[], \(reason), \(now)::timestamptz)")
    }
}
