import Testing

/// The order of the passes is part of the contract: a line that two of them would recognise is the earlier one's.
@Suite struct PassOrderTests {
    @Test func `transaction_id comes before repetition, reference and recovery`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            earlier T1 10000 R1
            notice N1 T1 10000 -
            notice N2 G2 10000 R1
            line L1 T1 10000 R1 -> matched transaction_id line_matches_notice shows N1
            open                -> N2
            """
        )
    }

    @Test func `repetition comes before other_amount`() throws {
        try MatchingScenario.play(
            """
            shown T1 10000 R1
            notice N1 T1 20000 -
            line L1 T1 10000 - -> duplicate_line repetition line_repeated of R1
            open               -> N1
            """
        )
    }

    @Test func `repetition comes before recovery`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            earlier T1 10000 -
            line L1 T1 10000 R1 -> duplicate_line repetition line_repeated
            """
        )
    }

    @Test func `other_amount comes before reference`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 T1 10000 -
            notice N2 G2 9000 R1
            line L1 T1 9000 R1 -> amount_mismatch other_amount line_amount_differs shows N1 suspense -1000
            open               -> N2
            """
        )
    }

    @Test func `other_amount comes before recovery`() throws {
        try MatchingScenario.play(
            """
            request R1 due 9000
            shown T1 10000 -
            line L1 T1 9000 R1 -> amount_mismatch other_amount notice_has_another_line suspense 9000
            """
        )
    }

    @Test func `reference comes before payout`() throws {
        try MatchingScenario.play(
            """
            gateway 2 fee 2500
            request R1 is paid
            notice N1 G1 10000 R1 day 20 by 2
            line L1 T1 10000 R1 -> matched reference line_matches_reference shows N1 of R1
            """
        )
    }

    @Test func `recovery comes before several_requests and several_transfers`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 5000
            line L1 T1 15000 R1,R2 at 07:00 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 15000
            line L2 T2 4000 R1 at 08:00     -> amount_mismatch known_request line_amount_unexpected of R1 suspense 4000
            line L3 T3 6000 R1 at 08:00     -> amount_mismatch known_request line_amount_unexpected of R1 suspense 6000
            line L4 T4 10000 R1 at 09:00    -> recovered recovery line_pays_request pays R1 10000
            """
        )
    }

    @Test func `several_requests comes before several_transfers`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            request R2 due 5000
            line L1 T1 4000 R1 at 08:00     -> amount_mismatch known_request line_amount_unexpected of R1 suspense 4000
            line L2 T2 6000 R1 at 08:00     -> amount_mismatch known_request line_amount_unexpected of R1 suspense 6000
            line L3 T3 15000 R1,R2 at 09:00 -> recovered several_requests line_pays_several_requests pays R1 10000 R2 5000
            """
        )
    }

    @Test func `payout comes before known_request and the remainder`() throws {
        try MatchingScenario.play(
            """
            gateway 2 fee 0
            request R1 due 10000 is paid
            notice N1 G1 10000 - day 20 by 2
            line L1 T1 10000 R1 -> duplicate_line known_request line_repeats_payment of R1 suspense 10000
            line L2 T2 10000 -  -> grouped payout line_pays_out shows N1
            """
        )
    }
}
