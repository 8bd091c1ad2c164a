import Testing

/// A callback of a payment that a cashier had entered as made without cash.
@Suite struct CounterPaymentShownTests {
    @Test func `the callback moves the money from clearing to the bank and pays nothing twice`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            entered N900 R1 10000
            notice T1 10000 R1 -> duplicate counter_payment_shown clears 10000 as N900
            clearing N900      -> 0
            suspense A         -> 0
            cases              -> none
            """
        )
    }

    @Test func `one callback confirms one entry`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            entered N900 R1 10000
            notice T1 10000 R1 -> duplicate counter_payment_shown clears 10000 as N900
            notice T2 10000 R1 -> overpaid paid_already suspense 10000 opens overpaid 10000
            notice T1 10000 R1 -> duplicate notice_repeated as N1
            """
        )
    }

    @Test func `one callback of a batch confirms one entry`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            entered N900 R1 10000
            notice T1 10000 R1   -> duplicate counter_payment_shown clears 10000 as N900
            + notice T2 10000 R1 -> overpaid paid_already suspense 10000 opens overpaid 10000
            """
        )
    }

    @Test func `without a reference the number on the slip is enough`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            entered N900 R1 10000 slip FT9
            notice T1 10000 - bank FT9 -> duplicate counter_payment_shown for R1 clears 10000 as N900
            clearing N900              -> 0
            """
        )
    }

    @Test func `another amount, account or slip confirms nothing`() throws {
        try SettlementScenario.play(
            """
            request R1 due 10000
            entered N900 R1 10000 slip FT9
            notice T1 9000 R1          -> overpaid paid_already suspense 9000 opens overpaid 9000
            notice T2 10000 R1 on B    -> other_account request_of_other_account suspense 10000 opens other_account 10000
            notice T3 10000 - bank FT8 -> unknown_reference reference_missing suspense 10000 opens unknown_reference 10000
            clearing N900              -> -10000
            """
        )
    }
}
