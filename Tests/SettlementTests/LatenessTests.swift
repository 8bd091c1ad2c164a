import Testing

/// Money that comes after its time: cancelled requests, expired ones, and the grace period.
@Suite struct LatenessTests {
    @Test(arguments: ["notice", "statement", "person", "counter"])
    func `nobody is to pay a cancelled request`(_ source: String) throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            cancel R1
            \(source) X1 10000 R1 at 09:00 -> late request_cancelled suspense 10000 opens late 10000
            state R1                       -> cancelled received 0 remaining 10000
            """
        )
    }

    @Test func `the second of the expiry is in time, the next asks for the price`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 21T09:00
            request R2 due 10000 expires 21T09:00
            notice T1 10000 R1 at 09:00:00 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T2 10000 R2 at 09:00:01 -> settled paid_in_full applied 10000 remaining 0 paid priced 21
            """
        )
    }

    @Test func `the last second of the grace period is within it, the next is late`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 20T09:00
            request R2 due 10000 expires 20T09:00
            notice T1 10000 R1 at 09:00:00 -> settled paid_in_full applied 10000 remaining 0 paid priced 21
            notice T2 10000 R2 at 09:00:01 -> late expired_beyond_grace suspense 10000 opens late 10000
            state R2                       -> pending received 0 remaining 10000
            """
        )
    }

    @Test func `a payment made in time whose notice is slow is not late`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 21T09:00
            now 28T10:00
            notice T1 10000 R1 at 21T08:59 -> settled paid_in_full applied 10000 remaining 0 paid
            state R1                       -> paid received 10000 remaining 0 paid-at 21T08:59:00
            """
        )
    }

    @Test func `a price that has changed since is late`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 20T23:59:59
            price R1 until 20
            notice T1 10000 R1 at 21T00:00 -> late price_changed suspense 10000 priced 21 opens late 10000
            """
        )
    }

    @Test func `the price of the day of the transfer is asked for`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 20T20:00
            price R1 until 20
            now 21T10:00
            notice T1 10000 R1 at 20T23:59:59 -> settled paid_in_full applied 10000 remaining 0 paid priced 20
            """
        )
    }

    @Test func `a request that was marked expired is asked for its price, whenever it was paid`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 21T09:00
            expire R1
            notice T1 10000 R1 at 08:00 -> settled paid_in_full applied 10000 remaining 0 paid priced 21
            state R1                    -> paid received 10000 remaining 0 paid-at 21T08:00:00
            """
        )
    }

    @Test(arguments: ["counter", "person"])
    func `neither grace period nor price limits counters and persons who decide`(_ source: String) throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 created 01T08:00 expires 02T08:00
            price R1 until 01
            expire R1
            \(source) X1 10000 R1 -> settled paid_in_full applied 10000 remaining 0 paid
            """
        )
    }

    @Test func `a recovered line is bound to grace and price`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 20T09:00
            request R2 due 10000 expires 21T09:00
            request R3 due 10000 expires 21T09:00
            price R3 until 20
            statement line:1 10000 R1 -> late expired_beyond_grace suspense 10000 opens late 10000
            statement line:2 10000 R2 -> settled paid_in_full applied 10000 remaining 0 paid priced 21
            statement line:3 10000 R3 -> late price_changed suspense 10000 priced 21 opens late 10000
            """
        )
    }

    @Test func `parts within grace count, and late money is no part of what was received`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 20T12:00
            notice T1 4000 R1 at 20T11:00 -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T2 1000 R1 at 21T09:00 -> partial paid_in_part applied 1000 remaining 5000 priced 21 opens underpaid 5000
            now 21T13:00
            notice T3 5000 R1             -> late expired_beyond_grace suspense 5000 opens late 5000
            state R1                      -> pending received 5000 remaining 5000
            """
        )
    }

    @Test func `without a grace period an expired request is late at once`() throws {
        try SettlementScenario.play(
            """
            grace 0s
            request R1 due 10000 expires 21T09:00
            notice T1 10000 R1 at 09:00:00 -> settled paid_in_full applied 10000 remaining 0 paid
            request R2 due 10000 expires 21T09:00
            notice T2 10000 R2 at 09:00:01 -> late expired_beyond_grace suspense 10000 opens late 10000
            """
        )
    }
}
