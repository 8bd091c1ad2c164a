import Testing

/// A transfer counts once, whoever reports it; what is not a credit never counts.
@Suite struct CountedTransferTests {
    @Test func `a transfer that another connection reported is counted once`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1 by 1 bank FT1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice G1 10000 R1 by 2 bank FT1 -> duplicate transfer_counted as N1
            state R1                         -> paid received 10000 remaining 0 paid-at 21T10:00:00
            """
        )
    }

    @Test func `two connections report one transfer in one batch`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1 by 1 bank FT1   -> settled paid_in_full applied 10000 remaining 0 paid
            + notice G1 10000 R1 by 2 bank FT1 -> duplicate transfer_counted as N1
            + notice G2 10000 R1 by 3 bank FT1 -> duplicate transfer_counted as N1
            """
        )
    }

    @Test func `a transfer in suspense is counted as well`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 - by 1 bank FT1  -> unknown_reference reference_missing suspense 10000 opens unknown_reference 10000
            notice G1 10000 R1 by 2 bank FT1 -> duplicate transfer_counted as N1
            """
        )
    }

    @Test func `a transfer is its account, its id and its amount`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1 bank FT1        -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T2 4001 R1 bank FT1        -> partial paid_in_part applied 4001 remaining 1999 opens underpaid 1999
            notice T3 4000 R1 bank FT1 on B   -> other_account request_of_other_account suspense 4000 opens other_account 4000
            notice T4 4000 R1 bank FT2        -> overpaid paid_with_excess applied 1999 remaining 0 paid suspense 2001 opens overpaid 2001 ends underpaid
            """
        )
    }

    @Test(arguments: ["statement", "counter", "person"])
    func `other sources count a transfer once too`(_ source: String) throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1 bank FT1      -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            \(source) X1 4000 R1 bank FT1   -> duplicate transfer_counted as N1
            \(source) X2 6000 R1 bank FT2   -> settled paid_in_full applied 6000 remaining 0 paid ends underpaid
            notice T2 6000 R1 bank FT2      -> duplicate transfer_counted as N3
            """
        )
    }

    @Test func `a failure or a debit posts nothing and counts no transfer`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1 bank FT1 failed -> not_credit notice_is_not_credit
            notice T2 10000 R1 bank FT1        -> settled paid_in_full applied 10000 remaining 0 paid
            notice T3 10000 R1 bank FT1 failed -> not_credit notice_is_not_credit
            notice T4 0 - failed               -> not_credit notice_is_not_credit
            cases                              -> none
            """
        )
    }

    @Test func `a failure and a success of one transfer in one batch`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1 bank FT1 failed -> not_credit notice_is_not_credit
            + notice T2 10000 R1 bank FT1      -> settled paid_in_full applied 10000 remaining 0 paid
            + notice T3 10000 R1 bank FT1      -> duplicate transfer_counted as N2
            """
        )
    }
}
