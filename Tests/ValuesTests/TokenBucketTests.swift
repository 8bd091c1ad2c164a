import PureSupport
import Testing
import Values

@Suite struct TokenBucketTests {
    /// What a bucket promises, in other words: between any two moments never more than the burst and what was added in
    /// that time. A bucket takes whatever keeps the promise.
    private struct Promise {
        let rate: TokenBucket.Rate
        private var taken: [(at: Int64, count: Int64)] = []

        init(_ rate: TokenBucket.Rate) { self.rate = rate }

        func holds(_ count: Int64, at now: Int64) -> Bool {
            var sum = count
            guard count <= rate.burst else { return false }
            for earlier in taken.reversed() {
                sum += earlier.count
                guard sum * 60_000_000 <= rate.burst * 60_000_000 + rate.perMinute * (now - earlier.at) else {
                    return false
                }
            }
            return true
        }

        mutating func take(_ count: Int64, at now: Int64) { taken.append((now, count)) }
    }

    @Test func `it takes what its promise allows, and says to the microsecond when it will`() {
        var random = Seeded("token buckets")
        for _ in 0..<200 {
            let rate = TokenBucket.Rate(
                burst: .random(in: 1...20, using: &random),
                perMinute: [1, 7, 60, 999, 100_000].randomElement(using: &random) ?? 1
            )
            var now: Int64 = .random(in: 0...1_000_000_000_000, using: &random)
            var bucket = TokenBucket(rate, at: now)
            var promise = Promise(rate)
            for _ in 0..<120 {
                let count = Int64.random(in: 1...3, using: &random)
                let wait = bucket.take(count, of: rate, at: now)
                #expect((wait == nil) == promise.holds(count, at: now), "\(rate) at \(now)")
                if let wait {
                    if count <= rate.burst {
                        #expect(promise.holds(count, at: now + wait) && !promise.holds(count, at: now + wait - 1))
                    }
                    now += max(0, [0, wait - 1, wait, wait + 1].randomElement(using: &random) ?? 0)
                } else {
                    promise.take(count, at: now)
                    now += Int64.random(in: 0...(60_000_000 / rate.perMinute * 2), using: &random)
                }
            }
        }
    }

    @Test func `a clock that stands or goes back gives nothing, and a long pause no more than the burst`() {
        let rate = TokenBucket.Rate(burst: 2, perMinute: 60)
        var bucket = TokenBucket(rate, at: 1_000_000)
        #expect(bucket.take(2, of: rate, at: 1_000_000) == nil)
        #expect(bucket.take(of: rate, at: 0) == 1_000_000)
        #expect(bucket.take(of: rate, at: .max) == nil && bucket.take(of: rate, at: .max) == nil)
        #expect(bucket.take(of: rate, at: .max) != nil)
    }
}
