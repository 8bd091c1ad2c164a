import Synchronization
public import Values

/// The database for work that only reads and bears a moment's lag: a standby that is near enough, and the primary where there is
/// none.
///
/// Each read asks the very connection that it uses how far it is, before its snapshot is taken; so whatever stands behind the
/// address of the standby, no read is older than it says.
public final class ReadDatabase: Sendable {
    /// What was read, and as of when.
    public struct Found<Value: Sendable>: Sendable {
        public let value: Value
        /// Everything is in it that was committed by then.
        public let asOf: Instant
        public let isFromStandby: Bool
    }

    private struct State {
        var marks = ReplayMarks()
        var markedAt: ContinuousClock.Instant?
        /// Until then the standby is left alone: it was not there, or too far behind.
        var avoidedUntil: ContinuousClock.Instant?
        /// When the look that is under way began; one that does not end tells of a standby that hangs.
        var lookingSince: ContinuousClock.Instant?
    }

    /// How often the primary is asked how far it is, and how long a standby is left alone after it was of no use.
    private static let pause = Duration.seconds(1)
    /// How long a standby may take to replay what the primary had when a read began.
    private static let patience = Duration.milliseconds(500)
    /// A standby that does not say within this time how far it is, hangs.
    private static let longestLook = Duration.seconds(2)

    private let primary: Database
    private let standby: Database?
    /// For looks alone, so that reads which hang do not hide it.
    private let lookout: Database?
    private let mostLag: Duration
    private let state = Mutex(State())

    /// - Parameter standby: `nil`: everything is read from the primary.
    public init(_ primary: Database, standby: StandbyOptions? = nil) {
        self.primary = primary
        mostLag = standby?.mostLag ?? .zero
        self.standby = standby.map { Database($0.database) }
        lookout = standby.map { options in
            var one = options.database
            one.poolSize = 1
            one.applicationName += " lookout"
            return Database(one)
        }
    }

    /// Closes the connections to the standby; the caller closes the primary.
    public func close() async {
        await standby?.close()
        await lookout?.close()
    }

    /// Runs reading statements that all see the same snapshot: on the standby, or on the primary where it is too far behind, away,
    /// or lost meanwhile; so the body may run twice.
    public func read<Value: Sendable>(
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Found<Value> {
        if let standby, mayTry(), let found = try await read(from: standby, body) { return found }
        let now = Instant.now()
        return Found(value: try await primary.read(body), asOf: now, isFromStandby: false)
    }

    private func read<Value: Sendable>(
        from standby: Database,
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Found<Value>? {
        await mark()
        do {
            let found = try await standby.session { connection -> Found<Value>? in
                guard case .near(let asOf, _) = try await standing(of: connection) else { return nil }
                return Found(value: try await connection.transaction(.readOnly, body), asOf: asOf, isFromStandby: true)
            }
            if found == nil {
                avoid()
                // The next connection may be to another host.
                await standby.pool.closeIdle()
            }
            return found
        } catch let error as PostgresError
            where error.isUnavailable && error.kind != .poolExhausted || error.isTransient
        {
            // Gone, or it ended the statement in order to go on replaying.
            if error.isUnavailable { avoid() }
            return nil
        }
    }

    /// Looks how the standby is, for whoever watches it; `nil` if there is none. It is asked again after each look, however the
    /// one before ended.
    public func look() async -> StandbyStanding? {
        guard let lookout else { return nil }
        state.withLock { $0.lookingSince = .now }
        await mark()
        let standing: StandbyStanding
        do { standing = try await lookout.session { try await self.standing(of: $0) } } catch {
            standing = .away("\(error)")
        }
        state.withLock { state in
            state.lookingSince = nil
            state.avoidedUntil = standing.isUsed ? nil : .now + ReadDatabase.pause
        }
        if !standing.isUsed { await lookout.pool.closeIdle() }
        return standing
    }

    private func mayTry() -> Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            if let until = state.avoidedUntil, now < until { return false }
            return state.lookingSince.map { $0 + ReadDatabase.longestLook > now } ?? true
        }
    }

    private func avoid() { state.withLock { $0.avoidedUntil = .now + ReadDatabase.pause } }

    /// Asks the primary how far its log is, unless that was done a moment ago. One that does not answer leaves what is known to
    /// age.
    private func mark() async {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            if let last = state.markedAt, last + ReadDatabase.pause > now { return false }
            state.markedAt = now
            return true
        }
        guard isDue else { return }
        // Read before the question: whatever was committed by then is in the log that it finds.
        let (at, tick) = (Instant.now(), ContinuousClock.now)
        do {
            let (position, timeline) = try await primary.query(
                """
                select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint,
                    left(pg_walfile_name(pg_current_wal_lsn()), 8)
                """
            ).row().decode(Int64.self, String.self)
            state.withLock { $0.marks.add(.init(position: position, at: at, tick: tick), timeline: timeline) }
        } catch {}
    }

    /// How far the server behind a connection is. One that lacks a little is given a moment.
    private func standing(of connection: Connection) async throws -> StandbyStanding {
        let end = ContinuousClock.now + ReadDatabase.patience
        while true {
            let answer = try await connection.query(
                """
                select case when pg_is_in_recovery()
                    then coalesce(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0'), 0)::bigint end
                """
            ).row().get(0, as: Int64?.self)
            guard let replayed = answer else { return .isPrimary }
            let now = ContinuousClock.now
            let (known, last) = state.withLock { ($0.marks.newest(replayed: replayed), $0.marks.marks.last) }
            if let known, now - known.tick <= mostLag { return .near(asOf: known.at, lag: now - known.tick) }
            guard now < end else {
                return .behind(since: known?.at, bytes: max(0, (last?.position ?? replayed) - replayed))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
