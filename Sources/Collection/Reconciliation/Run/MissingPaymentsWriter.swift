import Matching
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Opens cases for payments whose expected-by date has passed, closes those whose line arrived, and records the rest as
/// unconfirmed.
struct MissingPaymentsWriter {
    let run: ReconciliationRun

    /// Returns how many payments are newly missing.
    ///
    /// - Parameter seen: all notices that the run considered.
    func write(_ items: OpenItems, _ seen: [OpenNotice], _ tx: borrowing Transaction) throws -> Int {
        let missing = MatchingPasses.missingPayments(items)
        let open = Set(items.notices.map(\.id))
        let shown = seen.filter { !open.contains($0.id) }
        let found = shown.filter(\.hasCase).map(\.id)
        if !found.isEmpty {
            try tx.query(CaseWriter.closeMissing(found, now: run.now))
        }
        try openCases(missing, tx)
        try tx.query(
            """
            delete from unconfirmed_notice u using unnest(\(shown.map(\.id))::bigint[]) as s (id) where u.notice_id = s.id
            """
        )
        let overdue = Set(missing.map(\.notice.id))
        // Counter payments are kept in `clearing_item`.
        let kept = items.notices.filter { !$0.isOfCounter }.map { ($0.id, $0.hasCase || overdue.contains($0.id)) }
        for start in stride(from: 0, to: kept.count, by: 20_000) {
            let part = kept[start..<min(start + 20_000, kept.count)]
            try tx.query(
                """
                insert into unconfirmed_notice as u (notice_id, account_number, is_missing)
                select id, \(run.account), is_missing
                from unnest(\(part.map(\.0))::bigint[], \(part.map(\.1))::boolean[]) as k (id, is_missing)
                on conflict (notice_id) do update set is_missing = excluded.is_missing
                where u.is_missing <> excluded.is_missing
                """
            )
        }
        return missing.count
    }

    private func openCases(_ missing: [MissingPayment], _ tx: borrowing Transaction) throws {
        guard !missing.isEmpty else { return }
        let agencies = try RequestAgencies.read(missing.compactMap(\.notice.requestID), tx)
        for start in stride(from: 0, to: missing.count, by: 5000) {
            let part = missing[start..<min(start + 5000, missing.count)]
            let evidence = try evidence(part.map(\.notice.id), tx)
            let records = part.map { missing in
                CaseRecord(
                    kind: .missingAtBank,
                    accountNumber: run.account,
                    agencyCode: missing.notice.requestID.flatMap { agencies[$0] },
                    requestID: missing.notice.requestID,
                    noticeID: missing.notice.id,
                    amount: missing.notice.amount,
                    evidence: evidence[missing.notice.id] ?? [:],
                    reason: missing.reason
                )
            }
            _ = try tx.pipeline(CaseWriter.open(records, now: run.now))
        }
    }

    private func evidence(_ ids: [Int64], _ tx: borrowing Transaction) throws -> [Int64: JSON] {
        var evidence: [Int64: JSON] = [:]
        let rows = try tx.query(
            """
            select id, provider_transaction_id, occurred_at from bank_notice where id = any(\(ids)::bigint[])
            """
        )
        for row in rows {
            let at = try row.get(2, as: Instant.self)
            evidence[try row.get(0, as: Int64.self)] = [
                "transaction_id": .string(try row.get(1)), "occurred_at": .text(at),
            ]
        }
        return evidence
    }
}
