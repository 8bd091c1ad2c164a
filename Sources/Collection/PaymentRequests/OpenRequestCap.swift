import Postgres
import Synchronization
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Keeps a key from opening requests without end.
///
/// What a key has open is counted in the background, once it has made some thousands since the last count: the cap holds to
/// within so many, and costs a caller nothing.
final class OpenRequestCap: Sendable {
    private struct Held {
        /// Open when they were last counted, and when that was.
        var counted = 0
        var countedAt = Instant(microseconds: 0)
        /// Made since then.
        var made = 0
        var isCounting = false
    }

    /// So many may be made between two counts.
    static let between = 10_000
    /// A key that was refused is counted again after so many seconds.
    private static let recountSeconds: Int64 = 10

    private let database: Database
    private let cap: Int
    private let held = Mutex<[UUID: Held]>([:])

    /// - Parameter cap: how many; 0 for no cap.
    init(_ database: Database, cap: Int) {
        self.database = database
        self.cap = cap
    }

    /// Counts a request that a key is about to make; throws if it has too many open.
    func admit(_ key: UUID, at now: Instant = .now()) throws {
        guard cap > 0 else { return }
        let (isFull, counts) = held.withLock { held -> (Bool, Bool) in
            var one = held[key] ?? Held()
            let isFull = one.counted + one.made >= cap
            if !isFull { one.made += 1 }
            let isDue =
                isFull
                ? one.countedAt.adding(seconds: OpenRequestCap.recountSeconds) <= now
                : one.made >= OpenRequestCap.between
            let counts = isDue && !one.isCounting
            if counts { one.isCounting = true }
            held[key] = one
            return (isFull, counts)
        }
        if counts { Task { await count(key) } }
        guard isFull else { return }
        throw ServiceError(
            .tooManyRequests,
            Phrase(
                vi: "Khóa này đã có \(cap) yêu cầu chưa nộp: hủy bớt hoặc chờ chúng hết hạn, rồi gửi lại.",
                en: "This key has \(cap) open requests: cancel some or let them expire, then send this one again."
            )
        ).retrying(after: OpenRequestCap.recountSeconds)
    }

    /// Counts what a key has open. After a failure what was known stands.
    func count(_ key: UUID) async {
        let before = held.withLock { $0[key]?.made ?? 0 }
        var open: Int?
        do {
            open = try await database.query(
                """
                select count(*) from (
                    select 1 from payment_request
                    where expires_at > now() and status = 'pending' and created_by = \(key)::uuid limit \(Int64(cap))::bigint) o
                """
            ).row().get(0, as: Int.self)
        } catch {}
        held.withLock { [open] held in
            var one = held[key] ?? Held()
            if let open {
                one.counted = open
                one.made -= before
            }
            one.countedAt = .now()
            one.isCounting = false
            held[key] = one
        }
    }
}
