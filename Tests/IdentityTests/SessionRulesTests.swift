import Identity
import PureSupport
import Testing
import Values

@Suite struct SessionRulesTests {
    private let start = Instant(unixSeconds: 1_800_000_000)

    @Test(
        arguments: [
            (0, 0, .good), (899, 0, .good), (900, 0, .idle), (28_799, 28_000, .good), (28_800, 28_700, .over),
            (28_800, 0, .over),
        ] as [(Int64, Int64, SessionRules.Standing)]
    )
    func `sessions end 15 minutes after their last use and 8 hours after their first`(
        _ now: Int64,
        _ used: Int64,
        _ expected: SessionRules.Standing
    ) {
        let standing = SessionRules.standing(
            created: start,
            lastUsed: start.adding(seconds: used),
            factorAt: start,
            now: start.adding(seconds: now)
        )
        #expect(standing == expected)
    }

    @Test(
        arguments: [(299, .good), (300, .over)] as [(Int64, SessionRules.Standing)]
    )
    func `sessions wait 5 minutes for the code after the password`(_ now: Int64, _ expected: SessionRules.Standing) {
        let standing = SessionRules.standing(
            created: start,
            lastUsed: start,
            factorAt: nil,
            now: start.adding(seconds: now)
        )
        #expect(standing == expected)
    }

    @Test func `sessions have a fresh second factor for 5 minutes`() {
        #expect(!SessionRules.isFresh(nil, now: start))
        #expect(SessionRules.isFresh(start, now: start.adding(seconds: 299)))
        #expect(!SessionRules.isFresh(start, now: start.adding(seconds: 300)))
    }

    @Test func `sessions end when they say they will`() {
        var random = Seeded("sessions")
        for _ in 0..<500 {
            let used = start.adding(seconds: Int64.random(in: 0...28_800, using: &random))
            let end = SessionRules.ends(created: start, lastUsed: used)
            let before = Instant(microseconds: end.microseconds - 1)
            #expect(SessionRules.standing(created: start, lastUsed: used, factorAt: start, now: end) != .good)
            #expect(
                before < used
                    || SessionRules.standing(created: start, lastUsed: used, factorAt: start, now: before) == .good
            )
        }
    }
}
