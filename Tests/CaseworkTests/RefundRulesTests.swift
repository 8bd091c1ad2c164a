import Casework
import Foundation
import Testing
import Values
import Workflow

/// Who may do what with a refund.
@Suite struct RefundRulesTests {
    private static let payer = Beneficiary(bankBIN: "970436", account: "0011223344", name: "NGUYEN VAN A")

    private func refund(
        _ state: RefundState = .requested,
        payee: RefundPayee? = .transfer(payer),
        approvedBy: String? = nil,
        isAskedByProgram: Bool = false,
        adoptedBy: String? = nil,
        secondApprovedBy: String? = nil
    ) -> RefundFacts {
        RefundFacts(
            id: UUID(),
            mark: "KHR1",
            state: state,
            amount: Money(5000),
            accountNumber: "A",
            payee: payee,
            requestedBy: "lan",
            approvedBy: approvedBy,
            isAskedByProgram: isAskedByProgram,
            adoptedBy: adoptedBy,
            secondApprovedBy: secondApprovedBy
        )
    }

    private func refusal(_ work: () throws(Refusal) -> some Any) -> Refusal? {
        do {
            _ = try work()
            return nil
        } catch { return error }
    }

    @Test func `another person approves, and names no payee`() throws {
        #expect(try RefundRules.approve(refund(), by: "hung").state == .approved)
        let own = refusal { () throws(Refusal) in try RefundRules.approve(refund(), by: "lan") }
        #expect(own?.kind == .person && own?.reason.code == .requesterCannotApprove)
        let named = refusal { () throws(Refusal) in try RefundRules.approve(refund(), by: "hung", namesPayee: true) }
        #expect(named?.kind == .field("/beneficiary") && named?.reason.code == .approvalNamesNoPayee)
    }

    @Test func `no refund is approved that cannot be paid`() throws {
        let missing = refusal { () throws(Refusal) in try RefundRules.approve(refund(payee: nil), by: "hung") }
        #expect(missing?.reason.code == .refundWithoutPayee)
        let unknown = Beneficiary(bankBIN: "123456", account: "0011223344", name: "A")
        let bank = refusal { () throws(Refusal) in
            try RefundRules.approve(refund(payee: .transfer(unknown)), by: "hung")
        }
        #expect(bank?.kind == .state && bank?.reason.code == .payeeBankUnknown)
        #expect(try RefundRules.approve(refund(payee: .byHand(nil)), by: "hung").state == .approved)
    }

    @Test func `above the limit of the first a second approves, who is nobody before`() throws {
        let limited = ApproverFacts(
            limit: ApprovalLimit(refund: Money(4999), day: nil),
            approvedToday: .zero,
            standIns: .none
        )
        let first = try RefundRules.approve(refund(), by: "hung", limited)
        #expect(first == RefundApproval(state: .requested, approvalsNeeded: 2, isSecond: false))
        let waiting = refund(approvedBy: "hung")
        let again = refusal { () throws(Refusal) in try RefundRules.approve(waiting, by: "hung") }
        #expect(again?.kind == .person && again?.reason.code == .approvedAlready)
        let second = try RefundRules.approve(waiting, by: "mai", limited)
        #expect(second == RefundApproval(state: .approved, approvalsNeeded: 2, isSecond: true))
        let executed = refund(.executed, approvedBy: "hung", secondApprovedBy: "mai")
        #expect(RefundRules.leftOut(executed, takenBy: "mai")?.code == .approverCannotTakeFile)
    }

    @Test func `what a program asked for takes a person who asks, and another who approves`() throws {
        let asked = refund(isAskedByProgram: true)
        let early = refusal { () throws(Refusal) in try RefundRules.approve(asked, by: "hung") }
        #expect(early?.kind == .state && early?.reason.code == .refundNeedsRequester)
        try RefundRules.adopt(asked, named: "portal")
        let adopted = refund(isAskedByProgram: true, adoptedBy: "mai")
        #expect(refusal { () throws(Refusal) in try RefundRules.adopt(adopted, named: "mai") }?.kind == .state)
        #expect(refusal { () throws(Refusal) in try RefundRules.adopt(refund(), named: "lan") } != nil)
        let own = refusal { () throws(Refusal) in try RefundRules.approve(adopted, by: "mai") }
        #expect(own?.reason.code == .requesterCannotApprove)
        #expect(try RefundRules.approve(adopted, by: "hung").state == .approved)
        for state in [RefundState.approved, .rejected, .executed, .settled] {
            let late = refund(state, isAskedByProgram: true)
            #expect(refusal { () throws(Refusal) in try RefundRules.adopt(late, named: "portal") } != nil)
        }
    }

    @Test func `who stands in for another decides nothing that the other had a hand in`() throws {
        let standIns = ApproverFacts(limit: .none, approvedToday: .zero, standIns: StandIns(["lan": "Lan"]))
        for one in [
            refund(), refund(isAskedByProgram: true, adoptedBy: "lan"), refund(approvedBy: "lan"),
        ] {
            let refused = refusal { () throws(Refusal) in try RefundRules.approve(one, by: "hung", standIns) }
            #expect(refused?.kind == .person && refused?.reason.code == .standInCannotDecide)
        }
    }

    @Test(
        arguments: [
            (nil, nil, 0, 9_000_000, false), (5000, nil, 0, 5000, false), (5000, nil, 0, 5001, true),
            (nil, 8000, 3000, 5000, false), (nil, 8000, 3000, 5001, true), (5000, 8000, 7000, 1001, true),
            (0, nil, 0, 1, true), (nil, 0, 0, 1, true),
        ] as [(Int64?, Int64?, Int64, Int64, Bool)]
    )
    func `a limit is passed by one refund or by the day`(
        _ one: Int64?,
        _ day: Int64?,
        _ before: Int64,
        _ amount: Int64,
        _ isAbove: Bool
    ) {
        let limit = ApprovalLimit(refund: one.map { Money($0) }, day: day.map { Money($0) })
        let facts = ApproverFacts(limit: limit, approvedToday: Money(before), standIns: .none)
        #expect(facts.approvalsNeeded(for: Money(amount)) == (isAbove ? 2 : 1))
    }

    @Test func `a refund goes through its states in order`() throws {
        #expect(try RefundRules.execute(refund(.approved)) == .executed)
        #expect(try RefundRules.reject(refund(.approved)) == .rejected)
        for state in [RefundState.requested, .rejected, .executed, .settled] {
            #expect(
                refusal { () throws(Refusal) in try RefundRules.execute(refund(state)) }?.reason.code == .refundCannot
            )
        }
        for state in [RefundState.rejected, .executed, .settled] {
            #expect(refusal { () throws(Refusal) in try RefundRules.reject(refund(state)) } != nil)
        }
    }

    @Test func `whoever approved does not take the payment file, and refunds paid by hand are not in it`() {
        let executed = refund(.executed, approvedBy: "hung")
        #expect(RefundRules.leftOut(executed, takenBy: "mai") == nil)
        #expect(RefundRules.leftOut(executed, takenBy: "lan") == nil)
        #expect(RefundRules.leftOut(executed, takenBy: "hung")?.code == .approverCannotTakeFile)
        let byHand = refund(.executed, payee: .byHand(nil), approvedBy: "hung")
        #expect(RefundRules.leftOut(byHand, takenBy: "mai")?.code == .refundPaidByHand)
    }

    @Test(arguments: [
        ("970436", "001122", true), ("970436", "00112", false), ("970436", "1234567890123456789", true),
        ("970436", "12345678901234567890", false), ("970436", "VQRQ0001abcd", true), ("970436", "0011 223344", false),
        ("970436", "0011.223344", false), ("970436", "００１１２２", false), ("000000", "0011223344", false),
        ("97043", "0011223344", false), ("", "0011223344", false),
    ])
    func `an account is payable if NAPAS can carry it`(_ bin: String, _ account: String, _ isPayable: Bool) {
        let beneficiary = Beneficiary(bankBIN: bin, account: account, name: "NGUYEN VAN A")
        #expect((refusal { () throws(Refusal) in try beneficiary.requirePayable() } == nil) == isPayable)
    }

    private func request(_ state: PaymentRequestState, applied: Int64, claimed: Int64 = 0) -> RequestFacts {
        RequestFacts(
            id: UUID(),
            reference: "R1",
            state: state,
            accountNumber: "A",
            amountDue: Money(10_000),
            received: Money(applied),
            applied: Money(applied),
            claimed: Money(claimed),
            expiresAt: Instant(unixSeconds: 0)
        )
    }

    @Test func `a rejected refund that makes nothing remain pays the request`() {
        #expect(RefundRules.afterRejection(request(.expired, applied: 10_000)) == .payWithinGrace)
        #expect(RefundRules.afterRejection(request(.pending, applied: 10_000)) == .pay)
        #expect(RefundRules.afterRejection(request(.expired, applied: 10_000, claimed: 1)) == nil)
        #expect(RefundRules.afterRejection(request(.expired, applied: 9999)) == nil)
        #expect(RefundRules.afterRejection(request(.cancelled, applied: 10_000)) == nil)
        #expect(RefundRules.afterRejection(request(.paid, applied: 10_000)) == nil)
    }

    @Test func `a refund whose request was paid again is not rejected`() throws {
        // 4.000 were received and asked back, then 10.000 came: rejected, 14.000 would be kept for a fee of 10.000.
        let again = request(.paid, applied: 14_000, claimed: 4000)
        let refused = refusal { () throws(Refusal) in
            try RefundRules.reject(refund(), request: again, fee: Money(4000))
        }
        #expect(refused?.kind == .state && refused?.reason.code == .refundPaidAgain)
        let part = request(.expired, applied: 10_000, claimed: 4000)
        #expect(try RefundRules.reject(refund(), request: part, fee: Money(4000)) == .rejected)
    }

    @Test func `a refunded fee shows in the state, an excess that went back does not`() {
        #expect(RefundRules.afterExecution(request(.paid, applied: 10_000), refunded: .zero) == nil)
        #expect(RefundRules.afterExecution(request(.paid, applied: 10_000), refunded: Money(1)) == .refundPart)
        #expect(RefundRules.afterExecution(request(.paid, applied: 10_000), refunded: Money(10_000)) == .refundAll)
        #expect(RefundRules.afterExecution(request(.paid, applied: 14_000), refunded: Money(4000)) == nil)
        #expect(RefundRules.afterExecution(request(.paid, applied: 14_000), refunded: Money(4001)) == .refundPart)
        let part = request(.partiallyRefunded, applied: 10_000)
        #expect(RefundRules.afterExecution(part, refunded: Money(9999)) == nil)
        #expect(RefundRules.afterExecution(part, refunded: Money(10_000)) == .refundRest)
        #expect(RefundRules.afterExecution(request(.cancelled, applied: 4000), refunded: Money(4000)) == nil)
    }

    @Test func `a request that holds money is cancelled with a refund, or not at all`() throws {
        #expect(try Cancellation.decide(request(.pending, applied: 0), withRefund: false) == .cancel)
        #expect(try Cancellation.decide(request(.pending, applied: 0), withRefund: true) == .cancel)
        #expect(try Cancellation.decide(request(.cancelled, applied: 1), withRefund: true) == .already)
        for state in [PaymentRequestState.pending, .expired] {
            let held = request(state, applied: 1)
            let refused = refusal { () throws(Refusal) in try Cancellation.decide(held, withRefund: false) }
            #expect(refused?.reason.code == .requestHoldsMoney)
            #expect(try Cancellation.decide(held, withRefund: true) == .cancelAndRefund)
        }
        for state in [PaymentRequestState.paid, .refunded, .partiallyRefunded] {
            let paid = request(state, applied: 10_000)
            #expect(refusal { () throws(Refusal) in try Cancellation.decide(paid, withRefund: true) } != nil)
        }
        let expired = request(.expired, applied: 0)
        #expect(refusal { () throws(Refusal) in try Cancellation.decide(expired, withRefund: true) } != nil)
    }
}
