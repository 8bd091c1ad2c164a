import Postgres
import Synchronization
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// When keys were last used: kept in memory and written now and then, for a look-up of a key must not be a write.
extension APIKeys {
    /// The last use of a key is written at most once in so many seconds.
    static let writtenEverySeconds: Int64 = 60

    func note(_ id: UUID, at now: Instant, from address: String) {
        uses.withLock { uses in
            var use = uses[id] ?? KeyUse(at: now, address: address)
            (use.at, use.address, use.isWritten) = (now, address, false)
            uses[id] = use
        }
    }

    /// Writes the last uses that were not written within a minute; returns how many.
    @discardableResult
    public func flushUses(now: Instant = .now()) async throws -> Int {
        let due = uses.withLock { uses in
            uses.filter { _, use in
                !use.isWritten && use.writtenAt.map { $0.adding(seconds: APIKeys.writtenEverySeconds) <= now } ?? true
            }
        }
        guard !due.isEmpty else { return 0 }
        let ids = due.keys.sorted { $0.uuidString < $1.uuidString }
        _ = try await database.query(
            """
            update api_key k set last_used_at = u.at, last_used_from = u.address
            from unnest(\(ids)::uuid[], \(ids.map { due[$0]?.at })::timestamptz[],
                \(ids.map { due[$0]?.address })::text[]) as u (id, at, address)
            where k.id = u.id and coalesce(k.last_used_at, '-infinity') < u.at
            """
        )
        uses.withLock { uses in
            for (id, written) in due {
                uses[id]?.writtenAt = now
                if uses[id]?.at == written.at { uses[id]?.isWritten = true }
            }
        }
        return due.count
    }
}
