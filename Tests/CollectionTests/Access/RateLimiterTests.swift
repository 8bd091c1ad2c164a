import Collection
import Synchronization
import TestSupport
import Testing
import Values

@Suite struct RateLimiterTests {
    /// A clock that stands until it is moved.
    private final class Clock: Sendable {
        private let now = Mutex<Int64>(0)
        var read: @Sendable () -> Int64 { { self.now.withLock { $0 } } }
        func pass(seconds: Int64) { now.withLock { $0 += seconds * 1_000_000 } }
    }

    @Test func `each caller has a bucket of its own, and is told when to come again`() {
        let clock = Clock()
        let limiter = RateLimiter(perMinute: 6, clock: clock.read)
        for _ in 0..<6 { #expect(limiter.take("a") == nil) }
        #expect(limiter.take("a") == 10 && limiter.wait("a") == 10)
        #expect(limiter.wait("b") == nil && limiter.take("b") == nil)
        clock.pass(seconds: 9)
        #expect(limiter.take("a") == 1)
        clock.pass(seconds: 1)
        #expect(limiter.wait("a") == nil && limiter.take("a") == nil && limiter.take("a") == 10)
    }

    @Test func `without a limit nothing is refused or remembered`() {
        let limiter = RateLimiter(perMinute: 0)
        for _ in 0..<1000 { #expect(limiter.take("a") == nil) }
        #expect(limiter.count == 0)
    }

    @Test func `however many callers come, so many are remembered, and those beyond share a bucket`() {
        let clock = Clock()
        let limiter = RateLimiter(perMinute: 2, maximum: 100, clock: clock.read)
        for number in 0..<100 { #expect(limiter.take("\(number)") == nil) }
        #expect(limiter.take("x") == nil && limiter.take("y") == nil && limiter.take("z") != nil)
        for number in 0..<10_000 { _ = limiter.take("guess \(number)") }
        #expect(limiter.count <= 101)
        // Those who are known are not harmed.
        #expect(limiter.take("7") == nil && limiter.take("7") != nil)
        clock.pass(seconds: 120)
        #expect(limiter.take("new") == nil && limiter.count <= 2)
    }
}
