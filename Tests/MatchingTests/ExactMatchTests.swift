import Testing

/// Pass `transaction_id`: the bank's own id and the amount of a notice.
@Suite struct ExactMatchTests {
    @Test func `the id and the amount of a notice match it`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 T1 10000 R1
            notice N2 T2 5000 -
            line L1 T1 10000 - -> matched transaction_id line_matches_notice shows N1 of R1
            line L2 T2 5000 R1 -> matched transaction_id line_matches_notice shows N2
            open               -> none
            missing            -> none
            """
        )
    }

    @Test func `of equal lines the first by time, then by id, confirms the notice`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 T1 10000 R1
            notice N2 T2 10000 R1
            line L1 T1 10000 - at 10:00 -> duplicate_line repetition line_repeated of R1
            line L2 T1 10000 - at 09:00 -> matched transaction_id line_matches_notice shows N1 of R1
            line L4 T2 10000 - at 09:00 -> duplicate_line repetition line_repeated of R1
            line L3 T2 10000 - at 09:00 -> matched transaction_id line_matches_notice shows N2 of R1
            """
        )
    }

    @Test func `another id, another amount and no id do not match exactly`() throws {
        try MatchingScenario.play(
            """
            notice N1 T1 10000 -
            line L1 T2 10000 -  -> unmatched remainder line_without_reference suspense 10000
            line L2 - 10000 -   -> unmatched remainder line_without_reference suspense 10000
            line L3 T1 -10000 - -> unmatched remainder debit_unexplained suspense -10000
            open                -> N1
            """
        )
    }

    @Test func `an exact match needs no trust: its money is booked`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 T1 10000 R1 day 01 overdue
            line L1 T1 10000 R1 untrusted -> matched transaction_id line_matches_notice shows N1 of R1
            missing                       -> none
            """
        )
    }
}
