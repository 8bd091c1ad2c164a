import Matching
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Keeps the list of payments that no line has confirmed, and opens and closes the cases of those that are overdue.
struct MissingPaymentsWriter {
    let run: ReconciliationRun

    /// Takes notices that lines have shown off the list, and closes their cases.
    ///
    /// - Parameter recorded: the notices on the list.
    static func close(_ shown: [OpenNotice], recorded: Set<Int64>, now: Instant, _ tx: borrowing Transaction) throws {
        let found = shown.filter(\.hasCase).map(\.id)
        if !found.isEmpty { try tx.query(CaseWriter.closeMissing(found, now: now)) }
        let listed = shown.map(\.id).filter(recorded.contains)
        guard !listed.isEmpty else { return }
        try tx.query("delete from unconfirmed_notice where notice_id = any(\(listed)::bigint[])")
    }

    /// Puts notices that no line has shown on the list, and opens cases for those that are overdue. Returns how many
    /// there are.
    func write(_ notices: [OpenNotice], _ missing: [MissingPayment], _ tx: borrowing Transaction) throws -> Int {
        try openCases(missing, tx)
        let overdue = Set(missing.map(\.notice.id))
        // Counter payments are kept in `clearing_item`.
        let kept = notices.filter { !$0.isOfCounter }
        guard !kept.isEmpty else { return missing.count }
        try tx.query(
            """
            insert into unconfirmed_notice as u (notice_id, account_number, is_missing)
            select id, \(run.account), is_missing
            from unnest(\(kept.map(\.id))::bigint[], \(kept.map { $0.hasCase || overdue.contains($0.id) })::boolean[])
                as k (id, is_missing)
            on conflict (notice_id) do update set is_missing = excluded.is_missing
            where u.is_missing <> excluded.is_missing
            """
        )
        return missing.count
    }

    private func openCases(_ missing: [MissingPayment], _ tx: borrowing Transaction) throws {
        guard !missing.isEmpty else { return }
        let agencies = try RequestAgencies.read(missing.compactMap(\.notice.requestID), tx).merging(
            try RequestAgencies.read(ofBaskets: missing.compactMap(\.notice.basketID), tx)
        ) { request, _ in request }
        for start in stride(from: 0, to: missing.count, by: 5000) {
            let part = missing[start..<min(start + 5000, missing.count)]
            let evidence = try evidence(part.map(\.notice.id), tx)
            let records = part.map { missing in
                CaseRecord(
                    kind: .missingAtBank,
                    accountNumber: run.account,
                    agencyCode: missing.notice.subjectID.flatMap { agencies[$0] },
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
