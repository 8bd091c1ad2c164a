import Testing

/// Pass `payout`: a gateway's payments of one day in one line, less at most the fee agreed with it.
@Suite struct PayoutsTests {
    @Test func `a line brings a gateway's day less its fee`() throws {
        try MatchingScenario.play(
            """
            gateway 2 fee 2500
            notice N1 G1 6000 R1 day 20 by 2
            notice N2 G2 4000 R2 day 20 by 2
            line L1 T1 9800 - -> grouped payout line_pays_out shows N1,N2 fee 200
            open              -> none
            """
        )
    }

    @Test func `at most the agreed fee, rounded down, and never more than the day`() throws {
        // 2,5 % of 10.010 is 250,25.
        for (amount, fits) in [(9760, true), (9759, false), (10_010, true), (10_011, false)] {
            let fee = 10_010 - amount
            let grouped = "grouped payout line_pays_out shows N1\(fee > 0 ? " fee \(fee)" : "")"
            try MatchingScenario.play(
                """
                gateway 2 fee 2500
                notice N1 G1 10010 R1 day 20 by 2
                line L1 T1 \(amount) - -> \(fits ? grouped : "unmatched remainder line_without_reference suspense \(amount)")
                """
            )
        }
    }

    @Test func `from the day itself to ten days after it`() throws {
        for (at, fits) in [("10T23:59:59", false), ("11T00:00", true), ("21T23:59:59", true)] {
            let unmatched = "unmatched remainder line_without_reference suspense 10000"
            try MatchingScenario.play(
                """
                gateway 2 fee 0
                notice N1 G1 10000 R1 day 11 by 2
                line L1 T1 10000 - at \(at) -> \(fits ? "grouped payout line_pays_out shows N1" : unmatched)
                """
            )
        }
        try MatchingScenario.play(
            """
            gateway 2 fee 0
            notice N1 G1 10000 R1 day 10 by 2
            line L1 T1 10000 - at 21T00:00 -> unmatched remainder line_without_reference suspense 10000
            """
        )
    }

    @Test func `days of the last sixty up to the end of the run`() throws {
        for (day, through, fits) in [
            ("2026-09-22", "21", false), ("2026-09-23", "21", true), ("21", "21", true), ("22", "21", false),
        ] {
            let at = day.count == 2 ? "22T10:00" : "\(day)T10:00"
            let unmatched = "unmatched remainder line_without_reference suspense 10000"
            try MatchingScenario.play(
                """
                through \(through)
                gateway 2 fee 0
                notice N1 G1 10000 R1 day \(day) by 2
                line L1 T1 10000 - at \(at) -> \(fits ? "grouped payout line_pays_out shows N1" : unmatched)
                """
            )
        }
    }

    @Test func `two lines that fit one day decide nothing`() throws {
        try MatchingScenario.play(
            """
            gateway 2 fee 2500
            notice N1 G1 10000 R1 day 20 by 2
            line L1 T1 9800 - -> unmatched remainder line_without_reference suspense 9800
            line L2 T2 9900 - -> unmatched remainder line_without_reference suspense 9900
            open              -> N1
            """
        )
    }

    @Test func `two days that fit one line decide nothing`() throws {
        try MatchingScenario.play(
            """
            gateway 2 fee 2500
            notice N1 G1 10000 R1 day 20 by 2
            notice N2 G2 10001 R1 day 19 by 2
            line L1 T1 9900 - -> unmatched remainder line_without_reference suspense 9900
            """
        )
        try MatchingScenario.play(
            """
            gateway 2 fee 2500
            gateway 3 fee 2500
            notice N1 G1 10000 R1 day 20 by 2
            notice N2 G2 10001 R1 day 20 by 3
            line L1 T1 9900 - -> unmatched remainder line_without_reference suspense 9900
            """
        )
    }

    @Test func `each of two gateways has its own line`() throws {
        try MatchingScenario.play(
            """
            gateway 2 fee 1000
            gateway 3 fee 2500
            notice N1 G1 10000 R1 day 20 by 2
            notice N2 G2 20000 R1 day 20 by 3
            notice N3 G3 300 R1 day 20 by 3
            line L1 T1 19900 - -> grouped payout line_pays_out shows N2,N3 fee 400
            line L2 T2 9950 -  -> grouped payout line_pays_out shows N1 fee 50
            """
        )
    }

    @Test func `a connection without an agreed fee pays nothing out`() throws {
        try MatchingScenario.play(
            """
            notice N1 G1 10000 R1 day 20 by 2
            line L1 T1 10000 - -> unmatched remainder line_without_reference suspense 10000
            """
        )
    }

    @Test func `a line that names a request is no payout, one that names a stranger's may be`() throws {
        try MatchingScenario.play(
            """
            gateway 2 fee 0
            request R5 due 500
            notice N1 G1 10000 R1 day 20 by 2
            line L1 T1 10000 R5 -> amount_mismatch known_request line_amount_unexpected of R5 suspense 10000
            """
        )
        try MatchingScenario.play(
            """
            gateway 2 fee 0
            notice N1 G1 10000 R1 day 20 by 2
            line L1 T1 10000 R9 -> grouped payout line_pays_out shows N1
            """
        )
    }

    @Test func `what lines have confirmed one by one is not part of a payout`() throws {
        try MatchingScenario.play(
            """
            gateway 2 fee 0
            notice N1 G1 10000 R1 day 20 by 2
            notice N2 G2 5000 R1 day 20 by 2
            line L1 G2 5000 -  -> matched transaction_id line_matches_notice shows N2 of R1
            line L2 T1 10000 - -> grouped payout line_pays_out shows N1
            """
        )
    }
}
