import BankCallbacks
import Cryptography
import Matching
import Postgres
public import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension PlatformFiles {
    /// A file with what is found of its rows now.
    public func show(_ id: Int64, within accounts: [String]? = nil) async throws -> PlatformFileShown {
        try await database.read { tx in try look(id, within: accounts, tx) }
    }

    /// The answer to a file; who took it is noted.
    public func answer(
        _ id: Int64,
        by person: Person,
        within accounts: [String]? = nil
    ) async throws -> (shown: PlatformFileShown, text: String) {
        try await database.transaction { tx in
            let shown = try look(id, within: accounts, tx)
            let text = shown.answer.text
            let detail: JSON = [
                "file": .integer(id), "day": .text(shown.file.day),
                "matched": .integer(shown.findings.count { $0.isMatched }),
                "unmatched": .integer(shown.findings.count { !$0.isMatched }),
                "sha256": .string(hexadecimal(SHA256.hash(Array(text.utf8)))),
            ]
            try Audit.record(tx, person, "platform_file.answer", "connection:\(shown.file.connection)", detail)
            return (shown, text)
        }
    }

    /// Holds a file against the books again: opens a case for each difference that is new, closes those that are none any
    /// more, and asks the platform for what it took and never told of.
    @discardableResult
    public func compare(_ id: Int64, now: Instant = .now()) async throws -> PlatformFileShown {
        let shown = try await database.transaction { tx in
            let file = try find(id, within: nil, tx)
            try Locks.platform(of: "connection:\(file.connectionID)", tx)
            let shown = try look(id, within: nil, tx)
            // Of a day's files the last one counts.
            guard shown.file.isLast else { return shown }
            let differing = shown.findings.filter(\.isCase)
            let hashes = differing.map { PlatformFiles.subject($0, of: shown.file) }
            let requests = try PlatformFiles.requests(of: differing.map(\.code), tx)
            let records = zip(differing, hashes).map { finding, hash in
                PlatformFiles.record(finding, hash, of: shown.file, requests[finding.code])
            }
            for query in CaseWriter.open(records, now: now) { try tx.query(query) }
            try tx.query(
                """
                update reconciliation_case set state = 'closed', ended_at = \(now)::timestamptz, ended_by = 'system',
                    action = 'platform_agrees'
                where kind = 'platform_difference' and state = 'open'
                    and evidence ->> 'connection' = \(shown.file.connection)
                    and evidence ->> 'day' = \(shown.file.day.description)
                    and content_hash <> all (\(hashes.map { Bytes($0) })::bytea[])
                """
            )
            let unheard = differing.filter { $0.reason.code == .platformRowUnheard }.map(\.code)
            try tx.query(
                """
                update platform_payment set next_query_at = \(now)::timestamptz
                where code = any(\(unheard)::text[]) and state <> 'paid' and origin = 'page'
                """
            )
            return shown
        }
        return shown
    }

    /// Compares the last files of the days from one on again.
    public func compareAll(since day: Day, now: Instant = .now()) async throws -> Int {
        let ids = try await database.query(
            """
            select distinct on (connection_id, day) id from platform_file where day >= \(day)::date
            order by connection_id, day, turn desc
            """
        ).map { try $0.get(0, as: Int64.self) }
        for id in ids { try await compare(id, now: now) }
        return ids.count
    }

    /// How many differences are open, for metrics.
    public func openDifferences() async throws -> Int64 {
        try await database.query(
            "select count(*) from reconciliation_case where kind = 'platform_difference' and state = 'open'"
        ).row().get(0)
    }

    func look(_ id: Int64, within accounts: [String]?, _ tx: borrowing Transaction) throws -> PlatformFileShown {
        let file = try find(id, within: accounts, tx)
        let facts = try PlatformFactsReader(file: file).read(tx)
        return PlatformFileShown(
            file: file,
            findings: PlatformComparison.judge(facts.facts),
            rows: facts.rows,
            times: facts.times
        )
    }

    /// What a difference is about: the same again is the same case.
    private static func subject(_ finding: PlatformFinding, of file: PlatformFileRecord) -> [UInt8] {
        let isNameless = finding.code.isEmpty && finding.transaction.isEmpty
        let what = isNameless ? "file \(file.id) \(finding.row ?? 0)" : "\(finding.code) \(finding.transaction)"
        return SHA256.hash(Array("platform \(file.connectionID) \(finding.reason.code.rawValue) \(what)".utf8))
    }

    private static func record(
        _ finding: PlatformFinding,
        _ hash: [UInt8],
        of file: PlatformFileRecord,
        _ request: (id: UUID, agency: String)?
    ) -> CaseRecord {
        CaseRecord(
            kind: .platformDifference,
            accountNumber: file.accountNumber,
            agencyCode: request?.agency,
            requestID: request?.id,
            contentHash: hash,
            amount: finding.amount,
            evidence: [
                "connection": .string(file.connection), "day": .text(file.day), "file": .integer(file.id),
                "row": finding.row.map { .integer($0) } ?? .null, "transaction": .string(finding.transaction),
            ],
            reason: finding.reason
        )
    }

    private static func requests(
        of codes: [String],
        _ tx: borrowing Transaction
    ) throws -> [String: (id: UUID, agency: String)] {
        let rows = try tx.query(
            """
            select p.code, r.id, r.agency_code from platform_payment p join payment_request r on r.id = p.payment_request_id
            where p.code = any(\(codes)::text[])
            """
        )
        return Dictionary(
            try rows.map { row in
                (
                    try row.get(0, as: String.self),
                    (id: try row.get(1, as: UUID.self), agency: try row.get(2, as: String.self))
                )
            }
        ) { first, _ in first }
    }
}
