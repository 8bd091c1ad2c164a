import Testing

/// Lines that show what a cashier had entered as paid without cash.
@Suite struct CounterPaymentTests {
    @Test func `a line confirms an entry by the reference, or by the number on its slip`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            request R2 is paid
            notice N1 - 10000 R1 counter
            notice N2 S9 20000 R2 counter
            line L1 FT1 10000 R1 -> matched reference line_shows_counter_payment shows N1 of R1
            line L2 S9 20000 -   -> matched transaction_id line_shows_counter_payment shows N2 of R2
            """
        )
    }

    @Test func `the number on a slip says nothing when the amount is another`() throws {
        try MatchingScenario.play(
            """
            request R1 is paid
            notice N1 S9 10000 R1 counter
            line L1 S9 9000 - -> unmatched remainder line_without_reference suspense 9000
            """
        )
    }
}
