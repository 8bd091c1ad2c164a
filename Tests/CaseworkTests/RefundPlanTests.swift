import Testing

/// What a refund may take of what was received for a request.
@Suite struct RefundPlanTests {
    @Test func `what was never owed goes back first, then the fee as its policy says`() throws {
        try RefundScenario.play(
            """
            paid applied 10000 suspense 5000 policy always ask all                            -> 15000: case 5000, fee 10000
            paid applied 10000 suspense 5000 ask all                                          -> 15000: case 5000, fee 10000
            paid applied 10000 suspense 5000 policy always ask 4000                           -> 4000: case 4000
            paid applied 10000 suspense 5000 policy always ask 6000                           -> 6000: case 5000, fee 1000
            paid applied 10000 suspense 5000 policy never ask all                             -> 5000: case 5000
            paid applied 10000 suspense 5000 policy never ask 5001                            -> refused fee_never_refunded at /payment_request_id
            paid applied 10000 suspense 5000 policy not_eligible ask all                      -> 5000: case 5000
            paid applied 10000 suspense 5000 policy not_eligible reason not_eligible ask all  -> 15000: case 5000, fee 10000
            paid applied 10000 policy not_eligible ask all                                    -> refused fee_refundable_if_not_eligible at /reason
            paid applied 10000 policy never reason duplicate ask all                          -> refused fee_never_refunded at /payment_request_id
            paid applied 10000 policy never reason duplicate twice ask all                    -> 10000: fee 10000
            """
        )
    }

    @Test func `a refund is never more than was received and not yet claimed`() throws {
        try RefundScenario.play(
            """
            paid applied 10000 policy always ask 10001                 -> refused refund_exceeds at /amount
            paid applied 10000 claimed 4000 policy always ask all      -> 6000: fee 6000
            paid applied 10000 claimed 4000 policy always ask 6001     -> refused refund_exceeds at /amount
            paid applied 10000 claimed 10000 policy always ask all     -> refused nothing_to_refund at /amount
            pending ask all                                            -> refused nothing_to_refund at /amount
            """
        )
    }

    @Test func `a request that may still be paid owes its fee`() throws {
        try RefundScenario.play(
            """
            pending applied 4000 at 0 ask all                          -> refused request_may_still_be_paid at /payment_request_id
            expired applied 4000 at 100 ask all                        -> refused request_may_still_be_paid at /payment_request_id
            expired applied 4000 at 101 policy never ask all           -> 4000: fee 4000
            cancelled applied 4000 at 0 policy never ask all           -> 4000: fee 4000
            pending applied 4000 suspense 700 at 0 ask all             -> 700: case 700
            """
        )
    }
}
