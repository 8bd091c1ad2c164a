import Testing

/// Pass `known_request`: a known reference and nothing of the passes before.
@Suite struct KnownRequestsTests {
    @Test func `the amount due again of a request that is received in full is a second payment`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 is paid
            line L1 T1 10000 R1 -> duplicate_line known_request line_repeats_payment of R1 suspense 10000
            line L2 T2 9999 R1  -> amount_mismatch known_request line_amount_unexpected of R1 suspense 9999
            """
        )
    }

    @Test func `a cancelled request was not received in full`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 is cancelled
            line L1 T1 10000 R1 -> amount_mismatch known_request line_request_closed of R1 suspense 10000
            """
        )
    }

    @Test func `a request of which a part was given back has been received in full`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 is partially_refunded
            request R2 due 10000 is refunded
            line L1 T1 10000 R1 -> duplicate_line known_request line_repeats_payment of R1 suspense 10000
            line L2 T2 10000 R2 -> duplicate_line known_request line_repeats_payment of R2 suspense 10000
            """
        )
    }

    @Test func `the whole amount of a request that still waits for a rest is another amount`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 remaining 4000
            line L1 T1 10000 R1 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 10000
            """
        )
    }

    @Test func `a request that lines of this run pay has been received in full`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 remaining 6000
            request R2 due 3000
            line L1 T1 9000 R1,R2 at 08:00 -> recovered several_requests line_pays_several_requests pays R1 6000 R2 3000
            line L2 T2 10000 R1 at 09:00   -> duplicate_line known_request line_repeats_payment of R1 suspense 10000
            line L3 T3 9999 R1 at 09:00    -> amount_mismatch known_request line_amount_unexpected of R1 suspense 9999
            """
        )
    }

    @Test func `the first request that is known counts`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 is paid
            request R2 due 500 is paid
            line L1 T1 500 R9,R1,R2   -> amount_mismatch known_request line_amount_unexpected of R1 suspense 500
            line L2 T2 500 R2,R1      -> duplicate_line known_request line_repeats_payment of R2 suspense 500
            """
        )
    }
}
