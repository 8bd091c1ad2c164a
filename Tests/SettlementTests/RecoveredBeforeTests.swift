import Testing

/// A callback whose payment was recovered from a statement under another id.
@Suite struct RecoveredBeforeTests {
    @Test func `the callback of a recovered payment confirms it`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 10000 R1 bank G1         -> duplicate recovery_confirmed_by_notice as N1
            state R1                           -> paid received 10000 remaining 0 paid-at 21T10:00:00
            suspense A                         -> 0
            """
        )
    }

    @Test func `one recovery is confirmed by one callback`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 10000 R1 bank G1         -> duplicate recovery_confirmed_by_notice as N1
            notice T2 10000 R1 bank G2         -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `one recovery is confirmed by one callback of a batch`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 10000 R1 bank G1         -> duplicate recovery_confirmed_by_notice as N1
            + notice T2 10000 R1 bank G2       -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `a recovery of the same batch is confirmed too`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            + notice T1 10000 R1 bank G1       -> duplicate recovery_confirmed_by_notice as N1
            + notice T2 10000 R1 bank G2       -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `parts that were recovered are confirmed each by its own callback`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 5000 R1 bank FT1 -> partial paid_in_part applied 5000 remaining 5000 opens underpaid 5000
            statement line:8 5000 R1 bank FT2 -> settled paid_in_full applied 5000 remaining 0 paid ends underpaid
            notice T1 5000 R1 bank G1         -> duplicate recovery_confirmed_by_notice as N1
            + notice T2 5000 R1 bank G2       -> duplicate recovery_confirmed_by_notice as N2
            + notice T3 5000 R1 bank G3       -> overpaid paid_already suspense 5000 opens overpaid 5000
            """
        )
    }

    @Test func `a callback of the recovered transfer itself confirms it once`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 10000 R1 bank FT1        -> duplicate transfer_counted as N1
            notice T2 10000 R1 bank FT2        -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `another amount is another payment`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 4000 R1 bank FT1 -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T1 6000 R1 bank G1         -> settled paid_in_full applied 6000 remaining 0 paid ends underpaid
            notice T2 4000 R1 bank G2         -> duplicate recovery_confirmed_by_notice as N1
            """
        )
    }

    @Test func `the recovery of another request is not confirmed`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 10000 R2 bank G1         -> settled paid_in_full applied 10000 remaining 0 paid
            """
        )
    }

    @Test func `only a callback confirms`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            counter C1 10000 R1                -> overpaid paid_already suspense 10000 opens overpaid 10000
            person P1 10000 R1                 -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `money on another account confirms nothing and is not dropped`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 10000 R1 bank G1 on B    -> other_account request_of_other_account suspense 10000 opens other_account 10000
            suspense B                         -> 10000
            notice T2 10000 R1 bank G2         -> duplicate recovery_confirmed_by_notice as N1
            """
        )
    }

    @Test(arguments: ["-", "R9", "R2", "R2,R1"])
    func `a report of the recovered transfer confirms it whatever it names`(_ references: String) throws {
        let whose = references == "R2,R1" ? " for R2" : ""
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 5000
            statement line:7 10000 R1 bank FT1     -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 10000 \(references) bank FT1 -> duplicate transfer_counted\(whose) as N1
            notice T2 10000 R1 bank FT2            -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 5000
            statement line:7 10000 R1 bank FT1       -> settled paid_in_full applied 10000 remaining 0 paid
            + notice T1 10000 \(references) bank FT1 -> duplicate transfer_counted\(whose) as N1
            + notice T2 10000 R1 bank FT2            -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `a transfer that was reported before its line pays is already confirmed`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            line L7 FT1 10000
            notice T1 10000 - bank FT1         -> duplicate line_decided
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T2 10000 R1 bank FT2        -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `a report of a whole line confirms all requests that it paid`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 5000
            statement line:7:1 10000 R1         -> settled paid_in_full applied 10000 remaining 0 paid
            + statement line:7:2 5000 R2        -> settled paid_in_full applied 5000 remaining 0 paid
            line L7 FT1 15000 rest 0 is N1,N2
            notice T1 15000 R1 bank FT1         -> duplicate line_decided
            notice T2 10000 R1 bank FT2         -> overpaid paid_already suspense 10000 opens overpaid 10000
            + notice T3 5000 R2 bank FT3        -> overpaid paid_already suspense 5000 opens overpaid 5000
            """
        )
    }

    @Test func `a callback confirms the recovery of a request that was refunded since`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            refund R1 10000
            notice T1 10000 R1 bank G1         -> duplicate recovery_confirmed_by_notice as N1
            notice T2 10000 R1 bank G2         -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `a transfer known only by its amount is new money`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 10000 - bank G1          -> unknown_reference reference_missing suspense 10000 opens unknown_reference 10000
            notice T2 10000 R1 bank G2         -> duplicate recovery_confirmed_by_notice as N1
            """
        )
    }

    @Test func `a report of the confirmed transfer by another connection is counted`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            statement line:7 10000 R1 bank line:7 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T1 10000 R1 by 1 bank FT1      -> duplicate recovery_confirmed_by_notice as N1
            + notice G1 10000 R1 by 2 bank FT1    -> duplicate transfer_counted as N2
            notice H1 10000 R1 by 3 bank FT1      -> duplicate transfer_counted as N2
            """
        )
    }
}
