import Testing

/// `missing_at_bank`: a payment whose line should have come.
@Suite struct MissingPaymentsTests {
    @Test func `a payment is missing when its day has passed and no line showed it`() throws {
        try MatchingScenario.play(
            """
            through 21
            notice N1 T1 10000 R1 day 19
            notice N2 T2 10000 R1 day 20
            notice N3 T3 10000 R1 day 21
            notice N4 T4 10000 R1 day 22
            notice N5 T5 10000 R1 day 19
            line L1 T5 10000 R1 -> matched transaction_id line_matches_notice shows N5 of R1
            missing             -> N1 by 20, N2 by 21
            open                -> N1,N2,N3,N4
            """
        )
    }

    @Test func `one that has its case is not missing again`() throws {
        try MatchingScenario.play(
            """
            notice N1 T1 10000 R1 day 19 overdue
            missing -> none
            open    -> N1
            """
        )
    }

    @Test func `the bank's days count, weekends and holidays do not`() throws {
        // 2026-11-20 is a Friday.
        try MatchingScenario.play(
            """
            through 24
            weekend 5,6
            holiday 23
            notice N1 T1 10000 R1 day 20
            notice N2 T2 10000 R1 day 19
            notice N3 T3 10000 R1 day 21
            notice N4 T4 10000 R1 day 23
            missing -> N1 by 24, N2 by 20, N3 by 24, N4 by 24
            """
        )
        try MatchingScenario.play(
            """
            through 23
            weekend 5,6
            holiday 23
            notice N1 T1 10000 R1 day 20
            missing -> none
            """
        )
    }

    @Test(arguments: [(0, "N1 by 20, N2 by 21"), (1, "N1 by 21"), (2, "none")])
    func `the account says how many days`(_ days: Int, _ missing: String) throws {
        try MatchingScenario.play(
            """
            through 21
            expected \(days)
            notice N1 T1 10000 R1 day 20
            notice N2 T2 10000 R1 day 21
            notice N3 T3 10000 R1 day 22
            missing -> \(missing)
            """
        )
    }

    @Test func `a calendar without bank days ends after a hundred`() throws {
        try MatchingScenario.play(
            """
            through 2027-02-28
            weekend 0,1,2,3,4,5,6
            notice N1 T1 10000 R1 day 20
            notice N2 T2 10000 R1 day 21
            missing -> N1 by 2027-02-28
            """
        )
    }
}
