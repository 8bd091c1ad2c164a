import Synchronization
import Values

/// A token bucket for each of many callers, in bounded memory.
public final class RateLimiter: Sendable {
    private struct State {
        var buckets: [String: TokenBucket] = [:]
        var sweptAt: Int64 = .min
    }

    /// `nil`: no limit.
    private let rate: TokenBucket.Rate?
    private let maximum: Int
    private let clock: @Sendable () -> Int64
    private let state = Mutex(State())

    /// - Parameters:
    ///   - perMinute: how many a minute each caller has, and how many at once; 0 for no limit.
    ///   - maximum: how many callers are told apart; any more share one bucket until others have gone quiet.
    ///   - clock: microseconds of a clock that never goes back.
    public init(
        perMinute: Int,
        maximum: Int = 20_000,
        clock: @escaping @Sendable () -> Int64 = RateLimiter.monotonic
    ) {
        rate = perMinute > 0 ? TokenBucket.Rate(perMinute: Int64(perMinute)) : nil
        self.maximum = maximum
        self.clock = clock
    }

    /// Microseconds since the machine was started.
    public static let monotonic: @Sendable () -> Int64 = {
        let start = ContinuousClock.now
        return {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        }
    }()

    /// Takes one of a caller's; returns the seconds to wait, at least 1, if there is none.
    public func take(_ caller: String) -> Int64? { touch(caller, count: 1) }

    /// The seconds to wait, at least 1, if a caller has none; takes nothing.
    public func wait(_ caller: String) -> Int64? {
        guard let rate else { return nil }
        let now = clock()
        return state.withLock { state in
            guard var bucket = state.buckets[caller] else { return nil }
            return RateLimiter.seconds(bucket.take(of: rate, at: now))
        }
    }

    /// How many callers are remembered.
    public var count: Int { state.withLock { $0.buckets.count } }

    private func touch(_ caller: String, count: Int64) -> Int64? {
        guard let rate else { return nil }
        let now = clock()
        return state.withLock { state in
            var name = caller
            if state.buckets[name] == nil, state.buckets.count >= maximum {
                RateLimiter.sweep(&state, rate, now)
                if state.buckets.count >= maximum { name = "" }
            }
            return RateLimiter.seconds(
                state.buckets[name, default: TokenBucket(rate, at: now)].take(count, of: rate, at: now)
            )
        }
    }

    /// Forgets the callers whose buckets are full again; at most once a second, because it looks at all of them.
    private static func sweep(_ state: inout State, _ rate: TokenBucket.Rate, _ now: Int64) {
        guard state.sweptAt == .min || now - state.sweptAt >= 1_000_000 else { return }
        state.sweptAt = now
        state.buckets = state.buckets.filter { !$0.value.isFull(rate, at: now) }
    }

    private static func seconds(_ microseconds: Int64?) -> Int64? {
        microseconds.map { max(1, ($0 + 999_999) / 1_000_000) }
    }
}
