import Casework
import Testing
import Values
import Workflow

/// What a payer is told, case by case.
@Suite struct PayerStateTests {
    private typealias Facts = PayerState.Facts

    private func state(
        _ status: PaymentRequestState,
        due: Int64 = 100,
        kept: Int64 = 0,
        excess: Int64 = 0,
        claimed: Int64 = 0,
        held: Int64 = 0,
        _ refunds: [RefundState] = []
    ) -> PayerState {
        PayerState.decide(
            Facts(
                status: status,
                due: Money(due),
                kept: Money(kept),
                excess: Money(excess),
                feeClaimed: Money(claimed),
                held: Money(held),
                refunds: refunds
            )
        )
    }

    @Test func `money that arrives is waited for, comes in part, in full or in excess`() {
        #expect(state(.pending) == .waiting)
        #expect(state(.pending, kept: 40) == .partPaid)
        #expect(state(.paid, kept: 100) == .paid)
        #expect(state(.paid, kept: 130, excess: 30) == .tooMuch)
        #expect(state(.paid, due: 0) == .free)
        // What came although nothing was due goes back as well.
        #expect(state(.paid, due: 0, kept: 5, excess: 5) == .tooMuch)
    }

    @Test func `a request that ended says whether it holds money`() {
        #expect(state(.expired) == .expired)
        #expect(state(.expired, kept: 40) == .expiredInPart)
        #expect(state(.cancelled) == .cancelled)
        for status in [PaymentRequestState.expired, .cancelled, .pending] {
            #expect(state(status, held: 50) == .late, "\(status)")
        }
    }

    @Test(arguments: [RefundState.requested, .approved, .executed])
    func `a refund is on its way until it was seen to leave the bank`(_ refund: RefundState) {
        #expect(state(.paid, kept: 100, claimed: 100, [refund]) == .goingBack)
        #expect(state(.refunded, claimed: 100, [refund]) == .goingBack)
        #expect(state(.partiallyRefunded, kept: 60, claimed: 40, [.settled, refund]) == .goingBack)
        #expect(state(.cancelled, kept: 100, claimed: 100, [refund]) == .goingBack)
        // The rest of what was paid in excess: the fee is paid all the same.
        #expect(state(.paid, kept: 130, excess: 30, [refund]) == .tooMuch)
        #expect(state(.paid, kept: 100, [refund]) == .paid)
    }

    @Test func `what left the bank has been given back`() {
        #expect(state(.refunded, claimed: 100, [.settled]) == .givenBack)
        #expect(state(.cancelled, claimed: 100, [.settled]) == .givenBack)
        #expect(state(.partiallyRefunded, kept: 60, claimed: 40, [.settled]) == .partlyGivenBack)
    }

    @Test func `what came once more is told although a part of the fee has gone back`() {
        // A hundred was due and paid, forty went back, and a hundred came again.
        #expect(state(.partiallyRefunded, kept: 160, excess: 100, claimed: 40, [.settled]) == .partlyGivenBack)
        // What is paid stays paid, whatever else is held for it.
        #expect(state(.paid, kept: 100, held: 50) == .paid)
        #expect(state(.refunded, claimed: 100, held: 50, [.settled]) == .givenBack)
    }

    @Test func `money is asked for only where a transfer would count`() {
        #expect(PayerState.allCases.filter(\.asksForMoney) == [.waiting, .partPaid])
    }
}
