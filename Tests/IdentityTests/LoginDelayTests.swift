import Identity
import PureSupport
import Testing
import Values

@Suite struct LoginDelayTests {
    @Test(
        arguments: LoginDelay.Subject.allCases
    )
    func `delays of logins grow with the failures, and stop growing at 15 minutes`(_ subject: LoginDelay.Subject) {
        var before: Int64 = 0
        for failures: Int64 in 0...200 {
            let seconds = LoginDelay.seconds(after: failures, of: subject)
            #expect(seconds >= before && seconds <= LoginDelay.maximumSeconds)
            before = seconds
        }
        #expect(before == LoginDelay.maximumSeconds)
        #expect(LoginDelay.seconds(after: .max, of: subject) == LoginDelay.maximumSeconds)
    }

    @Test func `delays of logins leave the first failures of an account free, and more of an address`() {
        #expect((0...6).map { LoginDelay.seconds(after: $0, of: .account) } == [0, 0, 0, 0, 0, 2, 4])
        #expect([19, 20, 21].map { LoginDelay.seconds(after: $0, of: .address) } == [0, 2, 4])
    }

    @Test func `delays of logins pass, whatever the clock does, within 15 minutes`() {
        var random = Seeded("delays of logins")
        for _ in 0..<1000 {
            let subject = random.pick(LoginDelay.Subject.allCases)
            let failures = Int64.random(in: 0...60, using: &random)
            let last = Instant(microseconds: Int64.random(in: 0...1_000_000_000_000, using: &random))
            let now = Instant(
                microseconds: last.microseconds + Int64.random(in: -90_000_000_000...90_000_000_000, using: &random)
            )
            let left = LoginDelay.remaining(failures: failures, last: last, now: now, of: subject)
            #expect((0...LoginDelay.maximumSeconds).contains(left))
            let whole = LoginDelay.seconds(after: failures, of: subject)
            let isOver = now.microseconds - last.microseconds >= whole * 1_000_000
            #expect((left == 0) == isOver)
            // After waiting as long as it was told, nobody is told to wait again.
            #expect(
                left == 0 || left == LoginDelay.maximumSeconds
                    || LoginDelay.remaining(failures: failures, last: last, now: now.adding(seconds: left), of: subject)
                        == 0
            )
        }
    }
}
