import Testing

/// Pass `remainder`: what belongs nowhere yet.
@Suite struct RemainderTests {
    @Test func `money without a known reference lies in suspense`() throws {
        try MatchingScenario.play(
            """
            line L1 T1 10000 -           -> unmatched remainder line_without_reference suspense 10000
            line L2 T2 5000 R9           -> unmatched remainder line_without_reference suspense 5000
            line L3 T3 500 R9 untrusted  -> unmatched remainder line_without_reference suspense 500
            """
        )
    }

    @Test func `so does money for a request that collects on another account`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000 on B
            request R2 due 10000 is paid on B
            line L1 T1 10000 R1 -> unmatched remainder line_of_other_account of R1 suspense 10000
            line L2 T2 10000 R2 -> unmatched remainder line_of_other_account of R2 suspense 10000
            line L3 T3 400 R1   -> unmatched remainder line_of_other_account of R1 suspense 400
            """
        )
    }

    @Test func `a debit that no refund explains is taken out of suspense`() throws {
        try MatchingScenario.play(
            """
            request R1 due 10000
            line L1 T1 -10000 -  -> unmatched remainder debit_unexplained suspense -10000
            line L2 T2 -10000 R1 -> unmatched remainder debit_unexplained suspense -10000
            """
        )
    }
}
