import Testing

/// Pass `refund`: a debit is a refund that was executed.
@Suite struct RefundsThatLeftTests {
    @Test(arguments: ["KHRAB12CD34EF56GH", "khrab12cd34ef56gh", "HOAN.KHR-AB12-CD34-EF56-GH.PHI"])
    func `the mark of a refund in the memo names it, whatever the bank did to it`(_ memo: String) throws {
        try MatchingScenario.play(
            """
            refund F1 4000 mark KHRAB12CD34EF56GH to 111 of R1
            refund F2 4000 mark KHRAB12CD34EF56GJ to 222
            line L1 T1 -4000 - memo \(memo) -> matched refund refund_named_by_line of R1 refund F1
            """
        )
    }

    @Test func `the mark may be the bank's id`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000 mark KHRAB12CD34EF56GH
            line L1 KHRAB12CD34EF56GH -4000 - -> matched refund refund_named_by_line refund F1
            """
        )
    }

    @Test func `a mark with another amount is no refund, nor is it another's`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000 mark KHRAB12CD34EF56GH to 111
            refund F2 3999 mark KHRAB12CD34EF56GJ to 222
            line L1 T1 -3999 - memo KHRAB12CD34EF56GH from 222 -> unmatched remainder debit_unexplained suspense -3999
            """
        )
    }

    @Test func `the first line that names a refund is it`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000 mark KHRAB12CD34EF56GH
            line L1 T1 -4000 - at 21T09:00 memo KHRAB12CD34EF56GH -> unmatched remainder debit_unexplained suspense -4000
            line L2 T2 -4000 - at 20T09:00 memo KHRAB12CD34EF56GH -> matched refund refund_named_by_line refund F1
            """
        )
    }

    @Test func `amount and beneficiary must identify exactly one refund`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000 to 0111-222 of R1
            refund F2 4000 to 333
            refund F3 5000 to 0111222
            line L1 T1 -4000 - from 0111222 -> matched refund refund_found_by_beneficiary of R1 refund F1
            line L2 T2 -4000 - from 444     -> unmatched remainder debit_unexplained suspense -4000
            line L3 T3 -6000 - from 333     -> unmatched remainder debit_unexplained suspense -6000
            """
        )
    }

    @Test func `two refunds that fit one line decide nothing`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000 to 111
            refund F2 4000 to 111
            line L1 T1 -4000 - from 111 -> unmatched remainder debit_unexplained suspense -4000
            """
        )
    }

    @Test func `two lines that fit one refund decide nothing`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000 to 111
            line L1 T1 -4000 - from 111 -> unmatched remainder debit_unexplained suspense -4000
            line L2 T2 -4000 - from 111 -> unmatched remainder debit_unexplained suspense -4000
            """
        )
    }

    @Test func `a refund that a line names is not another line's`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000 to 111 mark KHRAB12CD34EF56GH
            refund F2 4000 to 111 mark KHRAB12CD34EF56GJ
            line L1 T1 -4000 - from 111 memo KHRAB12CD34EF56GJ -> matched refund refund_named_by_line refund F2
            line L2 T2 -4000 - from 111                        -> matched refund refund_found_by_beneficiary refund F1
            """
        )
    }

    @Test func `a line before the refund was executed is not it`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000 to 111 executed 21
            refund F2 5000 to 111 executed 21
            line L1 T1 -4000 - from 111 at 20T23:59:59 -> unmatched remainder debit_unexplained suspense -4000
            line L2 T2 -5000 - from 111 at 21T00:00    -> matched refund refund_found_by_beneficiary refund F2
            """
        )
    }

    @Test func `a refund without a beneficiary is found by its mark alone`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000
            line L1 T1 -4000 - -> unmatched remainder debit_unexplained suspense -4000
            """
        )
    }

    @Test func `money that came in is no refund`() throws {
        try MatchingScenario.play(
            """
            refund F1 4000 to 111 mark KHRAB12CD34EF56GH
            line L1 T1 4000 - from 111 memo KHRAB12CD34EF56GH -> unmatched remainder line_without_reference suspense 4000
            """
        )
    }
}
