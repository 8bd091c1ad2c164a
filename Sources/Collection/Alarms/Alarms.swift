public import Casework
import Cryptography
public import Postgres
public import Values
import Workflow

/// Looks at a day for what may be money taken by degrees, and opens a case for each such thing, once.
public struct Alarms: Sendable {
    private let database: Database

    private let night: NightHours?

    /// - Parameter night: when a login is one at night; `nil` for never.
    public init(_ database: Database, night: NightHours? = .standard) {
        self.database = database
        self.night = night
    }

    /// Opens the cases of a day's alarms; returns those that are new.
    ///
    /// - Parameters:
    ///   - silent: the connections that are silent now.
    ///   - overdue: what agencies should have remitted by now.
    public func raise(
        on day: Day,
        now: Instant = .now(),
        silent: [AlarmFacts.SilentConnection] = [],
        overdue: [AlarmFacts.OverdueRemittance] = []
    ) async throws -> [Alarm] {
        let night = night
        return try await database.transaction { tx in
            var facts = try AlarmReader.facts(of: day, night: night, tx)
            (facts.silentConnections, facts.overdueRemittances) = (silent, overdue)
            let alarms = AlarmRules.judge(facts)
            guard !alarms.isEmpty else { return [] }
            let hashes = alarms.map(Alarms.hash)
            let known = Set(
                try tx.query(
                    """
                    select content_hash from reconciliation_case
                    where kind = 'alarm' and content_hash = any(\(hashes.map { Bytes($0) })::bytea[])
                    """
                ).map { try $0.get(0, as: Bytes.self).bytes }
            )
            let new = zip(alarms, hashes).filter { !known.contains($1) }
            let records = new.map { alarm, hash in
                CaseRecord(
                    kind: .alarm,
                    accountNumber: alarm.account,
                    agencyCode: alarm.agency,
                    contentHash: hash,
                    amount: alarm.amount,
                    evidence: ["alarm": .string(alarm.kind.rawValue), "day": .text(day)],
                    reason: alarm.reason
                )
            }
            for query in CaseWriter.open(records, now: now) { try tx.query(query) }
            return new.map(\.0)
        }
    }

    private static func hash(_ alarm: Alarm) -> [UInt8] {
        SHA256.hash(Array("\(alarm.kind.rawValue) \(alarm.subject)".utf8))
    }
}
