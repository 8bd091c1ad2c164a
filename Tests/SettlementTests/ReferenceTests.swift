import Testing

/// Which request a notice means, if any.
@Suite struct ReferenceTests {
    @Test func `money without a known reference goes to suspense`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 -    -> unknown_reference reference_missing suspense 10000 opens unknown_reference 10000
            notice T2 5000 R9    -> unknown_reference reference_missing suspense 5000 opens unknown_reference 5000
            suspense A           -> 15000
            state R1             -> pending received 0 remaining 10000
            """
        )
    }

    @Test func `of several references the first that exists is meant`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 10000
            notice T1 4000 R9,R2,R1 -> partial paid_in_part for R2 applied 4000 remaining 6000 opens underpaid 6000
            notice T2 4000 R1,R2    -> partial paid_in_part for R1 applied 4000 remaining 6000 opens underpaid 6000
            """
        )
    }

    @Test func `the first that exists is meant even when it takes no money`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 10000
            cancel R1
            notice T1 10000 R1,R2 -> late request_cancelled for R1 suspense 10000 opens late 10000
            state R2              -> pending received 0 remaining 10000
            """
        )
    }

    @Test func `a request settles only on the account that it collects on`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 on A
            notice T1 10000 R1 on B -> other_account request_of_other_account suspense 10000 opens other_account 10000
            suspense B              -> 10000
            suspense A              -> 0
            state R1                -> pending received 0 remaining 10000
            notice T2 10000 R1 on A -> settled paid_in_full applied 10000 remaining 0 paid
            """
        )
    }

    @Test(arguments: ["person", "statement"])
    func `what persons and statements report is bound to the account too`(_ source: String) throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 on A
            \(source) X1 10000 R1 on B -> other_account request_of_other_account suspense 10000 opens other_account 10000
            """
        )
    }

    @Test func `what a counter takes is on no bank account yet`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 on A
            counter C1 10000 R1 on B -> settled paid_in_full applied 10000 remaining 0 paid
            """
        )
    }

    @Test func `the first that exists is meant even when it collects elsewhere`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 on B
            request R2 due 10000 on A
            notice T1 10000 R1,R2 on A -> other_account request_of_other_account for R1 suspense 10000 opens other_account 10000
            """
        )
    }
}
