import BankCallbacks
import Casework
import Postgres
import Synchronization
import Values

/// Collects which connections were used and what was refused, and writes it every few seconds.
///
/// It never delays a callback: refusals that arrive faster than they are written are counted without their content.
public final class CallbackLog: Sendable {
    /// The most that is kept.
    public struct Limits: Sendable {
        /// Refusals waiting to be written.
        public var waiting = 500
        /// Refusals kept for one connection; the oldest are deleted first.
        public var keptEach: Int64 = 2000
        public var keptDays = 30
        /// Bytes kept of a body.
        public var bodyBytes = 65_536

        public init() {}
    }

    struct Refused: Sendable {
        let connectionID: Int32
        let receivedAt: Instant
        let reason: String
        let field: String
        let detail: String
        let message: RawMessages.Message
        let bodyBytes: Int
    }

    private struct Use {
        var usedAt: Instant?
        var failedAt: Instant?
        var failure: String?
        var refused: Int64 = 0
        /// Callbacks and refusals by hour since 1970.
        var hours: [Int64: (callbacks: Int64, refused: Int64)] = [:]
    }

    private struct State {
        var uses: [Int32: Use] = [:]
        var refused: [Refused] = []
    }

    private let database: Database
    private let raw: RawMessages
    private let limits: Limits
    private let state = Mutex(State())

    init(_ database: Database, raw: RawMessages, limits: Limits = Limits()) {
        self.database = database
        self.raw = raw
        self.limits = limits
    }

    func used(_ connection: Int32, at instant: Instant) {
        state.withLock { state in
            state.uses[connection, default: Use()].usedAt = instant
            state.uses[connection, default: Use()].hours[instant.unixSeconds / 3600, default: (0, 0)].callbacks += 1
        }
    }

    func refused(_ message: SignedMessage, _ refusal: CallbackRefusal, _ connection: Int32, at instant: Instant) {
        let most = limits.waiting
        let kept = limits.bodyBytes
        state.withLock { state in
            state.uses[connection, default: Use()].failedAt = instant
            state.uses[connection, default: Use()].failure = "\(refusal.reason.rawValue): \(refusal.field)"
            state.uses[connection, default: Use()].refused += 1
            state.uses[connection, default: Use()].hours[instant.unixSeconds / 3600, default: (0, 0)].refused += 1
            guard state.refused.count < most else { return }
            state.refused.append(
                Refused(
                    connectionID: connection,
                    receivedAt: instant,
                    reason: refusal.reason.rawValue,
                    field: refusal.field,
                    // For the bank's engineer and for staff alike, whoever reads it later.
                    detail: "\(refusal.message[.vietnamese]) / \(refusal.message[.english])",
                    message: RawMessages.Message(
                        headers: ReceivedHeaders.text(message),
                        body: Array(message.body.prefix(kept))
                    ),
                    bodyBytes: message.body.count
                )
            )
        }
    }

    /// Writes what is waiting. Called every few seconds and on shutdown.
    public func flush() async throws {
        let (uses, refused) = state.withLock { state in
            defer { state = State() }
            return (state.uses, state.refused)
        }
        guard !uses.isEmpty || !refused.isEmpty else { return }
        let keptEach = limits.keptEach
        let ids = uses.keys.sorted()
        let sealer = refused.isEmpty ? nil : try await raw.sealer(at: .now())
        try await database.transaction { tx in
            try tx.query(
                """
                insert into connection_use as u (connection_id, last_used_at, last_failure_at, last_failure, refused)
                select * from unnest(\(ids)::integer[], \(ids.map { uses[$0]?.usedAt })::timestamptz[],
                    \(ids.map { uses[$0]?.failedAt })::timestamptz[], \(ids.map { uses[$0]?.failure })::text[],
                    \(ids.map { uses[$0]?.refused ?? 0 })::bigint[])
                on conflict (connection_id) do update set
                    last_used_at = greatest(u.last_used_at, excluded.last_used_at),
                    last_failure = case when excluded.last_failure_at >= coalesce(u.last_failure_at, '-infinity')
                        then excluded.last_failure else u.last_failure end,
                    last_failure_at = greatest(u.last_failure_at, excluded.last_failure_at),
                    refused = u.refused + excluded.refused
                """
            )
            try CallbackLog.write(hours: uses, tx)
            for one in refused {
                try tx.query(
                    """
                    insert into refused_callback (connection_id, received_at, reason, field, detail, raw, body_bytes)
                    values (\(one.connectionID)::integer, \(one.receivedAt)::timestamptz, \(one.reason), \(one.field),
                        \(one.detail), \(Bytes(sealer?.seal(one.message) ?? [])), \(Int32(one.bodyBytes))::integer)
                    """
                )
            }
            for id in Set(refused.map(\.connectionID)) {
                try tx.query(
                    """
                    delete from refused_callback where connection_id = \(id)::integer and id <= (
                        select id from refused_callback where connection_id = \(id)::integer
                        order by id desc offset \(keptEach)::bigint limit 1)
                    """
                )
            }
        }
    }

    private static func write(hours uses: [Int32: Use], _ tx: borrowing Transaction) throws {
        let rows = uses.sorted { $0.key < $1.key }.flatMap { id, use in
            use.hours.sorted { $0.key < $1.key }.map { (id: id, hour: $0.key, count: $0.value) }
        }
        // A refusal is counted after its callback, and may fall into the next flush or the next hour.
        try tx.query(
            """
            insert into connection_hour as h (connection_id, hour, callbacks, refused)
            select k.id, k.hour, greatest(k.callbacks, k.refused), k.refused
            from unnest(\(rows.map(\.id))::integer[], \(rows.map(\.hour))::bigint[],
                \(rows.map(\.count.callbacks))::bigint[], \(rows.map(\.count.refused))::bigint[])
                as k (id, hour, callbacks, refused)
            on conflict (connection_id, hour) do update set
                refused = h.refused + excluded.refused,
                callbacks = greatest(h.callbacks + excluded.callbacks, h.refused + excluded.refused)
            """
        )
    }

    /// Deletes expired refusals, and the hours that no rhythm is made of any more; returns the number of refusals deleted.
    @discardableResult
    public func expire() async throws -> Int {
        let days = limits.keptDays
        let oldest = Instant.now().unixSeconds / 3600 - (ConnectionRhythm.weeks + 1) * 168
        _ = try await database.query("delete from connection_hour where hour < \(oldest)::bigint")
        return try await database.query(
            "delete from refused_callback where received_at < now() - make_interval(days => \(days)::integer) returning 1"
        ).count
    }
}
