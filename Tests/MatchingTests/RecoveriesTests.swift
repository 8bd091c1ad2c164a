import Testing

/// Passes `recovery`, `several_requests` and `several_transfers`: money that no notice reported and that a request waits for.
@Suite struct RecoveriesTests {
    @Test func `exactly what a request waits for is recovered`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 10000 remaining 6000
            line L1 T1 10000 R1 -> recovered recovery line_pays_request pays R1 10000
            line L2 - 6000 R2   -> recovered recovery line_pays_request pays R2 6000
            """
        )
    }

    @Test func `one đồng more or less is another amount`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 10000
            line L1 T1 10001 R1 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 10001
            line L2 T2 9999 R2  -> amount_mismatch known_request line_amount_unexpected of R2 suspense 9999
            """
        )
    }

    @Test func `the last second of the grace period is in time, the next is not`() throws {
        try MatchingScenario.play(
            """
            request R1 is expired until 21T09:00:00
            request R2 is expired until 21T09:00:00
            request R3 until 21T09:00:00
            line L1 T1 10000 R1 at 09:00:00 -> recovered recovery line_pays_request pays R1 10000
            line L2 T2 10000 R2 at 09:00:01 -> amount_mismatch known_request line_request_closed of R2 suspense 10000
            line L3 T3 10000 R3 at 09:00:01 -> amount_mismatch known_request line_request_closed of R3 suspense 10000
            """
        )
    }

    @Test(arguments: ["paid", "cancelled", "refunded", "partially_refunded"])
    func `a request that is closed recovers nothing`(_ state: String) throws {
        let closed = state == "cancelled" ? "line_request_closed" : "line_amount_unexpected"
        try MatchingScenario.play(
            """
            request R1 due 10000 is \(state)
            line L1 T1 6000 R1 -> amount_mismatch known_request \(closed) of R1 suspense 6000
            """
        )
    }

    @Test func `a request of another account recovers nothing`() throws {
        try MatchingScenario.play(
            """
            request R1 on B
            line L1 T1 10000 R1 -> unmatched remainder line_of_other_account of R1 suspense 10000
            """
        )
    }

    @Test func `the first line has it, the second is a second payment`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            line L1 T1 10000 R1 at 10:00 -> duplicate_line known_request line_repeats_payment of R1 suspense 10000
            line L2 T2 10000 R1 at 09:00 -> recovered recovery line_pays_request pays R1 10000
            line L3 T3 4000 R1 at 11:00  -> amount_mismatch known_request line_amount_unexpected of R1 suspense 4000
            """
        )
    }

    @Test func `of several references the first that waits for exactly this is paid`() throws {
        try MatchingScenario.play(
            """
            request R1 due 9000
            request R2 due 10000
            request R3 due 10000
            line L1 T1 10000 R1,R2,R3 at 09:00 -> recovered recovery line_pays_request pays R2 10000
            line L2 T2 10000 R1,R2,R3 at 10:00 -> recovered recovery line_pays_request pays R3 10000
            """
        )
    }

    @Test func `one line pays all the requests that it names`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 5000 remaining 2000
            line L1 T1 12000 R2,R1 -> recovered several_requests line_pays_several_requests pays R2 2000 R1 10000
            """
        )
    }

    @Test func `it pays all of them or none`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 5000
            request R3 due 2000 is paid
            line L1 T1 14999 R1,R2    -> amount_mismatch known_request line_amount_unexpected of R1 suspense 14999
            line L2 T2 15000 R1,R2,R3 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 15000
            """
        )
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 5000 until 21T08:59:59
            request R3 due 5000 on B
            line L1 T1 15000 R1,R2 at 09:00 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 15000
            line L2 T2 15000 R1,R3 at 09:00 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 15000
            """
        )
    }

    @Test func `of two such lines that name one request the first has it`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 5000
            request R3 due 2000
            line L1 T1 15000 R1,R2 at 10:00 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 15000
            line L2 T2 7000 R2,R3 at 09:00  -> recovered several_requests line_pays_several_requests pays R2 5000 R3 2000
            """
        )
    }

    @Test func `a request that its own line pays is not paid by one that names several`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 5000
            line L1 T1 15000 R1,R2 at 09:00 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 15000
            line L2 T2 5000 R2 at 10:00     -> recovered recovery line_pays_request pays R2 5000
            """
        )
    }

    @Test func `several lines pay together what one request waits for`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 remaining 9000
            line L1 T1 4000 R1 -> recovered several_transfers lines_pay_together pays R1 4000
            line L2 T2 3000 R1 -> recovered several_transfers lines_pay_together pays R1 3000
            line L3 - 2000 R1  -> recovered several_transfers lines_pay_together pays R1 2000
            """
        )
    }

    @Test func `all lines that name it first count, and each must be in time`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            line L1 T1 4000 R1 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 4000
            line L2 T2 6000 R1 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 6000
            line L3 T3 1 R1    -> amount_mismatch known_request line_amount_unexpected of R1 suspense 1
            """
        )
        try MatchingScenario.play(
            """
            request R1 due 10000 until 21T09:00
            line L1 T1 4000 R1 at 09:00    -> amount_mismatch known_request line_amount_unexpected of R1 suspense 4000
            line L2 T2 6000 R1 at 09:00:01 -> amount_mismatch known_request line_request_closed of R1 suspense 6000
            """
        )
    }

    @Test func `a line that names another request first is no part`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 7000 is paid
            line L1 T1 4000 R1    -> amount_mismatch known_request line_amount_unexpected of R1 suspense 4000
            line L2 T2 6000 R2,R1 -> amount_mismatch known_request line_amount_unexpected of R2 suspense 6000
            """
        )
    }

    @Test func `what a person uploaded waits for another person, in suspense`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 5000
            request R3 due 2000
            request R4 due 9000
            line L1 T1 10000 R1 untrusted   -> recovered recovery line_awaits_confirmation pays R1 10000 awaits suspense 10000
            line L2 T2 7000 R2,R3 untrusted -> recovered several_requests line_awaits_confirmation pays R2 5000 R3 2000 awaits suspense 7000
            line L3 T3 4000 R4 untrusted    -> recovered several_transfers line_awaits_confirmation pays R4 4000 awaits suspense 4000
            line L4 T4 5000 R4              -> recovered several_transfers lines_pay_together pays R4 5000
            """
        )
    }

    @Test func `what waits for confirmation is not proposed twice`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            line L1 T1 10000 R1 at 09:00 untrusted -> recovered recovery line_awaits_confirmation pays R1 10000 awaits suspense 10000
            line L2 T2 10000 R1 at 10:00 untrusted -> duplicate_line known_request line_repeats_payment of R1 suspense 10000
            """
        )
    }
}
