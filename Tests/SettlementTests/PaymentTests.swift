import Testing

/// Money for a request that waits for it, or waits no longer.
@Suite struct PaymentTests {
    @Test func `the amount due settles a request`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1 at 09:30 -> settled paid_in_full applied 10000 remaining 0 paid
            state R1                    -> paid received 10000 remaining 0 paid-at 21T09:30:00
            suspense A                  -> 0
            cases                       -> none
            """
        )
    }

    @Test func `a part leaves the rest to be paid, in one case that the rest ends`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1 -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T2 5999 R1 -> partial paid_in_part applied 5999 remaining 1 opens underpaid 1
            cases             -> underpaid 1
            notice T3 1 R1    -> settled paid_in_full applied 1 remaining 0 paid ends underpaid
            state R1          -> paid received 10000 remaining 0 paid-at 21T10:00:00
            cases             -> none
            """
        )
    }

    @Test func `parts that complete a request in one batch open no case`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1   -> partial paid_in_part applied 4000 remaining 6000
            + notice T2 6000 R1 -> settled paid_in_full applied 6000 remaining 0 paid
            cases               -> none
            """
        )
    }

    @Test func `parts of one batch that leave a rest open one case, of the rest`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1   -> partial paid_in_part applied 4000 remaining 6000
            + notice T2 1000 R1 -> partial paid_in_part applied 1000 remaining 5000 opens underpaid 5000
            cases               -> underpaid 5000
            """
        )
    }

    @Test func `what is more than remains goes to suspense`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10001 R1 -> overpaid paid_with_excess applied 10000 remaining 0 paid suspense 1 opens overpaid 1
            state R1           -> paid received 10001 remaining 0 paid-at 21T10:00:00
            suspense A         -> 1
            """
        )
    }

    @Test func `the excess over a part that was paid before ends its case`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1 -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T2 7000 R1 -> overpaid paid_with_excess applied 6000 remaining 0 paid suspense 1000 opens overpaid 1000 ends underpaid
            cases             -> overpaid 1000
            """
        )
    }

    @Test func `money for a request that is paid goes to suspense as a whole`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1 -> settled paid_in_full applied 10000 remaining 0 paid
            notice T2 10000 R1 -> overpaid paid_already suspense 10000 opens overpaid 10000
            state R1           -> paid received 20000 remaining 0 paid-at 21T10:00:00
            """
        )
    }

    @Test func `a second payment in the same batch is seen`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1   -> settled paid_in_full applied 10000 remaining 0 paid
            + notice T2 10000 R1 -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `money for a paid request is an excess however late it comes`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000 expires 21T09:00
            notice T1 10000 R1 at 08:59 -> settled paid_in_full applied 10000 remaining 0 paid
            now 25T10:00
            notice T2 3000 R1           -> overpaid paid_already suspense 3000 opens overpaid 3000
            """
        )
    }

    @Test func `money that was refunded has not been received`() throws {
        // 4.000 came and went back; a notice of 6.000 must not settle 10.000.
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1 -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            refund R1 4000
            state R1          -> pending received 4000 remaining 10000
            notice T2 6000 R1 -> partial paid_in_part applied 6000 remaining 4000 opens underpaid 4000
            notice T3 4000 R1 -> settled paid_in_full applied 4000 remaining 0 paid ends underpaid
            """
        )
    }

    @Test(arguments: [4000, 10_000])
    func `a request that was refunded takes no further money`(_ refunded: Int) throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 10000 R1 -> settled paid_in_full applied 10000 remaining 0 paid
            refund R1 \(refunded)
            notice T2 4000 R1  -> overpaid paid_already suspense 4000 opens overpaid 4000
            """
        )
    }

    @Test func `a request is paid at the time of the notice that completed it`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            notice T1 4000 R1 at 09:50 -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            notice T2 6000 R1 at 09:10 -> settled paid_in_full applied 6000 remaining 0 paid ends underpaid
            state R1                   -> paid received 10000 remaining 0 paid-at 21T09:10:00
            """
        )
    }

    @Test func `several requests in one batch do not touch one another`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            request R2 due 10000
            notice T1 4000 R1    -> partial paid_in_part applied 4000 remaining 6000 opens underpaid 6000
            + notice T2 10000 R2 -> settled paid_in_full applied 10000 remaining 0 paid
            + notice T3 500 R2   -> overpaid paid_already suspense 500 opens overpaid 500
            state R1             -> pending received 4000 remaining 6000
            state R2             -> paid received 10500 remaining 0 paid-at 21T10:00:00
            cases                -> overpaid 500, underpaid 6000
            """
        )
    }
}
