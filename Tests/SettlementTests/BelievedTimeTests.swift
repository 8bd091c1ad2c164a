import Testing

/// Which times of a provider are believed; the others are replaced by the time of receipt.
@Suite struct BelievedTimeTests {
    @Test func `a time ten minutes ahead is accepted, a second more is not`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 10000
            notice T1 10000 R1 at 10:10:00 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T2 10000 R2 at 10:10:01 -> settled paid_in_full applied 10000 remaining 0 paid moved 21T10:00:00
            state R1                       -> paid received 10000 remaining 0 paid-at 21T10:10:00
            state R2                       -> paid received 10000 remaining 0 paid-at 21T10:00:00
            """
        )
    }

    @Test func `a time ten minutes before the request was created is accepted, a second more is not`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 created 21T09:00
            request R2 due 10000 created 21T09:00
            notice T1 10000 R1 at 08:50:00 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T2 10000 R2 at 08:49:59 -> settled paid_in_full applied 10000 remaining 0 paid moved 21T10:00:00
            """
        )
    }

    @Test func `a time in a signed day of the account is not believed`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 10000
            request R3 due 10000 on B
            signed A 20
            notice T1 10000 R1 at 20T23:59:59      -> settled paid_in_full applied 10000 remaining 0 paid moved 21T10:00:00
            notice T2 10000 R2 at 21T00:00:00      -> settled paid_in_full applied 10000 remaining 0 paid
            notice T3 10000 R3 at 20T23:59:59 on B -> settled paid_in_full applied 10000 remaining 0 paid
            """
        )
    }

    @Test func `it is the account that received the money whose day is signed`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 on A
            signed A 20
            signed B 19
            notice T1 10000 R1 on B at 20T10:00 -> other_account request_of_other_account suspense 10000 opens other_account 10000
            notice T2 10000 - on B at 19T10:00  -> unknown_reference reference_missing suspense 10000 moved 21T10:00:00 opens unknown_reference 10000
            """
        )
    }

    @Test func `without a request sixty days are believed, a day more is not`() throws {
        try SettlementScenario.play(
            """
            notice T1 10000 - at 2026-09-22T00:00:00 -> unknown_reference reference_missing suspense 10000 opens unknown_reference 10000
            notice T2 10000 - at 2026-09-21T23:59:59 -> unknown_reference reference_missing suspense 10000 moved 21T10:00:00 opens unknown_reference 10000
            """
        )
    }

    @Test func `a request of long ago limits the time of transfer only by its own creation`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 created 2026-06-01T08:00 expires 2026-06-02T08:00
            notice T1 10000 R1 at 2026-06-01T09:00 -> settled paid_in_full applied 10000 remaining 0 paid
            """
        )
    }

    @Test func `a time that is not believed cannot make a payment early`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 created 20T08:00 expires 20T09:00
            notice T1 10000 R1 at 20T07:00 -> late expired_beyond_grace suspense 10000 moved 21T10:00:00 opens late 10000
            request R2 due 10000 created 20T08:00 expires 20T20:00
            notice T2 10000 R2 at 20T07:00 -> settled paid_in_full applied 10000 remaining 0 paid moved 21T10:00:00 priced 21
            """
        )
    }

    @Test(arguments: ["statement", "counter", "person"])
    func `what does not come from a provider is believed, unless it is ahead`(_ source: String) throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 created 20T08:00
            request R2 due 10000 created 20T08:00
            signed A 19
            \(source) X1 10000 R1 at 19T07:00 -> settled paid_in_full applied 10000 remaining 0 paid
            \(source) X2 10000 R2 at 10:10:01 -> settled paid_in_full applied 10000 remaining 0 paid moved 21T10:00:00
            """
        )
    }

    @Test func `money is posted on the day it moved`() throws {
        // Books check the day of each posting against the time that was believed.
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1 at 20T23:59:59 -> settled paid_in_full applied 10000 remaining 0 paid
            state R1                          -> paid received 10000 remaining 0 paid-at 20T23:59:59
            """
        )
    }
}
