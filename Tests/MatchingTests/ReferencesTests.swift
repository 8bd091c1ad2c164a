import Testing

/// Pass `reference`: a reference, and the amount of a notice of that request that no line has shown.
@Suite struct ReferencesTests {
    @Test func `a reference and the amount of a notice match, whatever the bank's id`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 G1 10000 R1
            line L1 T1 10000 R1 -> matched reference line_matches_reference shows N1 of R1
            open                -> none
            """
        )
    }

    @Test func `first come, first served on both sides`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N2 G2 5000 R1
            notice N1 G1 5000 R1
            line L1 T1 5000 R1 at 10:00 -> matched reference line_matches_reference shows N2 of R1
            line L2 T2 5000 R1 at 09:00 -> matched reference line_matches_reference shows N1 of R1
            line L3 T3 5000 R1 at 11:00 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 5000
            """
        )
    }

    @Test func `lines of one time are served by id, memo and number`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 G1 5000 R1
            notice N2 G2 5000 R1
            notice N3 G3 5000 R1
            notice N4 G4 5000 R1
            line L1 - 5000 R1 memo b  -> matched reference line_matches_reference shows N4 of R1
            line L2 - 5000 R1 memo a  -> matched reference line_matches_reference shows N3 of R1
            line L3 T2 5000 R1 memo a -> matched reference line_matches_reference shows N2 of R1
            line L4 T1 5000 R1 memo b -> matched reference line_matches_reference shows N1 of R1
            """
        )
    }

    @Test func `the amount must be the notice's`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 is paid
            notice N1 G1 10000 R1
            line L1 T1 9999 R1 -> amount_mismatch known_request line_amount_unexpected of R1 suspense 9999
            open               -> N1
            """
        )
    }

    @Test func `several references are tried in turn, the first of all lines before the second of any`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            request R2 is paid
            notice N1 G1 10000 R1
            notice N2 G2 10000 R2
            line L1 T1 10000 R1,R2 at 09:00 -> matched reference line_matches_reference shows N1 of R1
            line L2 T2 10000 R1,R2 at 10:00 -> matched reference line_matches_reference shows N2 of R2
            """
        )
        try MatchingScenario.play(
            """
            request R1 is paid
            request R2 is paid
            notice N2 G2 10000 R2
            line L1 T1 10000 R1,R2 at 09:00 -> duplicate_line known_request line_repeats_payment of R1 suspense 10000
            line L2 T2 10000 R2 at 10:00    -> matched reference line_matches_reference shows N2 of R2
            """
        )
    }

    @Test func `references that no request has do not count`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 G1 10000 R1
            line L1 T1 10000 R8,R9,R1 -> matched reference line_matches_reference shows N1 of R1
            """
        )
    }

    @Test func `money in suspense for a request of another account is shown by its line`() throws {
        try MatchingScenario.play(
            """
            request R1 on B
            notice N1 G1 10000 R1
            line L1 T1 10000 R1 -> matched reference line_matches_reference shows N1 of R1
            """
        )
    }

    @Test func `a notice comes before what its request still waits for`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 remaining 5000
            notice N1 G1 5000 R1
            line L1 T1 5000 R1 at 09:00 -> matched reference line_matches_reference shows N1 of R1
            line L2 T2 5000 R1 at 10:00 -> recovered recovery line_pays_request pays R1 5000
            """
        )
    }

    @Test func `a debit that names a request matches none of its notices`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 G1 10000 R1
            line L1 T1 -10000 R1 -> unmatched remainder debit_unexplained suspense -10000
            open                 -> N1
            """
        )
    }
}
