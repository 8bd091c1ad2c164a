import Testing

/// Pass `other_amount`: the bank's own id of a notice of another amount.
@Suite struct OtherAmountsTests {
    @Test func `what the line has more goes to suspense, what it has less comes out of it`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 T1 10000 R1
            notice N2 T2 10000 -
            line L1 T1 10500 - -> amount_mismatch other_amount line_amount_differs shows N1 of R1 suspense 500
            line L2 T2 9999 -  -> amount_mismatch other_amount line_amount_differs shows N2 suspense -1
            open               -> none
            missing            -> none
            """
        )
    }

    @Test func `the id counts before the reference`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            request R2
            notice N1 T1 10000 R1
            line L1 T1 10500 R2 -> amount_mismatch other_amount line_amount_differs shows N1 of R1 suspense 500
            """
        )
    }

    @Test func `the first line served has the notice, the next goes to suspense as a whole`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 T1 10000 R1
            line L1 T1 7000 R1 at 10:00 -> amount_mismatch other_amount notice_has_another_line of R1 suspense 7000
            line L2 T1 8000 R1 at 09:00 -> amount_mismatch other_amount line_amount_differs shows N1 of R1 suspense -2000
            """
        )
    }

    @Test func `a notice that an exact match showed leaves nothing of another line booked`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 T1 10000 R1
            line L1 T1 10000 R1 at 10:00 -> matched transaction_id line_matches_notice shows N1 of R1
            line L2 T1 8000 R1 at 09:00  -> amount_mismatch other_amount notice_has_another_line of R1 suspense 8000
            """
        )
    }

    @Test func `so does one that an earlier run's line showed`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            shown T1 10000 R1
            shown T2 10000 -
            line L1 T1 8000 R1 -> amount_mismatch other_amount notice_has_another_line of R1 suspense 8000
            line L2 T2 8000 R1 -> amount_mismatch other_amount notice_has_another_line suspense 8000
            """
        )
    }

    @Test func `two notices of one transaction are each confirmed by a line of their own`() throws {
        try MatchingScenario.play(
            """
            notice N1 T1 10000 -
            notice N2 T1 20000 -
            line L1 T1 11000 - at 09:00 -> amount_mismatch other_amount line_amount_differs shows N1 suspense 1000
            line L2 T1 21000 - at 10:00 -> amount_mismatch other_amount line_amount_differs shows N2 suspense 1000
            line L3 T1 31000 - at 11:00 -> amount_mismatch other_amount notice_has_another_line suspense 31000
            open                        -> none
            """
        )
    }

    @Test func `a debit under the id of a notice is no payment of another amount`() throws {
        try MatchingScenario.play(
            """
            notice N1 T1 10000 -
            line L1 T1 -10000 - -> unmatched remainder debit_unexplained suspense -10000
            open                -> N1
            """
        )
    }
}
