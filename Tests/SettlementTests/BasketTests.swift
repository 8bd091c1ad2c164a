import Foundation
import Settlement
import Testing
import Values
import Workflow

/// What a notice does that names a basket: its reason in words, and what it waits for.
@Suite struct BasketTests {
    private static let now = Instant("2026-11-21T10:00:00+07:00")!

    private static func request(_ name: String, _ due: Int64, _ status: PaymentRequestState = .pending) -> Facts.Request
    {
        Facts.Request(
            id: UUID(),
            reference: name,
            status: status,
            amountDue: Money(due),
            netApplied: .zero,
            accountNumber: "A",
            createdAt: now.adding(seconds: -86_400),
            expiresAt: now.adding(seconds: status == .expired ? -3600 : 3600)
        )
    }

    private static func facts(_ requests: [Facts.Request], cancelled: Bool = false) -> Facts {
        var facts = Facts()
        for request in requests { facts.requests[request.reference] = request }
        facts.baskets["B"] = Facts.Basket(
            id: UUID(),
            reference: "B",
            isCancelled: cancelled,
            members: requests.map(\.reference),
            accountNumber: "A",
            createdAt: now.adding(seconds: -7200)
        )
        return facts
    }

    private static func notice(_ amount: Int64, _ references: [String] = ["B"]) -> Notice {
        Notice(
            source: .callback,
            issuerID: 1,
            transactionID: "T",
            contentHash: [1],
            amount: Money(amount),
            accountNumber: "A",
            bankReference: "T",
            references: references,
            occurredAt: now
        )
    }

    private static func decide(_ notice: Notice, _ facts: Facts) -> Verdict {
        SettlementBatch.decide([notice], facts: facts, terms: SettlementTerms(now: now, graceSeconds: 86_400))[0]
    }

    @Test func `a part pays in the order of the basket, and says what remains of it`() throws {
        let facts = Self.facts([Self.request("R1", 5000), Self.request("R2", 3000), Self.request("R3", 2000)])
        let decision = try #require(Self.decide(Self.notice(6000), facts).decision)
        #expect(decision.outcome == .partial && decision.reason.code == .basketPaidInPart)
        #expect(decision.parts.map(\.reference) == ["R1", "R2"] && decision.parts.map(\.amount.dong) == [5000, 1000])
        #expect(decision.parts.map(\.place) == [1, 2] && decision.applied == Money(6000))
        #expect(decision.requestID == nil && decision.basketID == facts.baskets["B"]?.id)
        #expect(decision.reason.sentence(in: .english).contains("4,000 ₫ remains of the basket"))
    }

    @Test func `the first reference that exists counts, be it a request's or a basket's`() throws {
        let facts = Self.facts([Self.request("R1", 5000), Self.request("R2", 3000)])
        let first = try #require(Self.decide(Self.notice(3000, ["X", "R2", "B"]), facts).decision)
        #expect(first.requestID == facts.requests["R2"]?.id && first.outcome == .settled && first.parts.isEmpty)
        let second = try #require(Self.decide(Self.notice(3000, ["B", "R2"]), facts).decision)
        #expect(second.requestID == nil && second.parts.map(\.reference) == ["R1"])
    }

    @Test func `the price of an expired request is asked for, and one that has changed takes nothing`() throws {
        let facts = Self.facts([Self.request("R1", 5000, .expired), Self.request("R2", 3000)])
        #expect(Self.decide(Self.notice(8000), facts) == .needsPrice(Self.now.day))
        var asked = Self.notice(8000)
        asked.priceHolds = true
        let held = try #require(Self.decide(asked, facts).decision)
        #expect(held.outcome == .settled && held.parts.count == 2)
        asked.changedPrices = ["R1"]
        let changed = try #require(Self.decide(asked, facts).decision)
        #expect(changed.outcome == .overpaid && changed.parts.map(\.reference) == ["R2"])
        #expect(changed.suspense == Money(5000) && changed.reason.code == .basketPaidWithExcess)
        // Money that does not reach the expired one asks for nothing.
        let later = Self.facts([Self.request("R1", 5000), Self.request("R2", 3000, .expired)])
        #expect(Self.decide(Self.notice(5000), later).decision?.outcome == .partial)
    }

    @Test func `money for a cancelled basket waits for a person, though its requests could be paid`() throws {
        let facts = Self.facts([Self.request("R1", 5000)], cancelled: true)
        let decision = try #require(Self.decide(Self.notice(5000), facts).decision)
        #expect(decision.outcome == .late && decision.suspense == Money(5000) && decision.parts.isEmpty)
    }

    @Test func `a line that brought the money to suspense pays the basket from there, or not at all`() throws {
        var facts = Self.facts([Self.request("R1", 5000), Self.request("R2", 3000)])
        let line = Facts.EarlierLine(id: 7, caseID: 9, proposalID: nil, rest: Money(8000))
        facts.lines[Self.notice(8000).transfer] = line
        let whole = try #require(Self.decide(Self.notice(8000), facts).decision)
        #expect(whole.outcome == .settled && whole.line == line && whole.reason.code == .paidFromLine)
        let effects = Effects(of: [.decided(whole)], on: [Self.notice(8000)])
        #expect(effects.postings.map(\.debit) == [.suspense, .suspense])
        #expect(effects.usedLines.map(\.amount) == [Money(8000)] && effects.usedLines[0].isUsedUp)
        facts.requests["R2"]?.status = .cancelled
        let left = try #require(Self.decide(Self.notice(8000), facts).decision)
        #expect(left.outcome == .duplicate && left.applied == .zero)
    }

    @Test func `a callback confirms the line that paid the basket, once`() throws {
        var facts = Self.facts([Self.request("R1", 5000, .paid), Self.request("R2", 3000)])
        facts.basketRecoveries[facts.baskets["B"]!.id] = [.init(amount: Money(5000), notices: [11, 12])]
        var second = Self.notice(5000)
        (second.transactionID, second.bankReference, second.contentHash) = ("U", "U", [2])
        let terms = SettlementTerms(now: Self.now, graceSeconds: 86_400)
        let verdicts = SettlementBatch.decide([Self.notice(5000), second], facts: facts, terms: terms)
        let (one, other) = (try #require(verdicts[0].decision), try #require(verdicts[1].decision))
        #expect(one.outcome == .duplicate && one.earlier == .notice(11) && one.confirmed == [11, 12])
        #expect(other.outcome == .overpaid && other.applied == Money(3000) && other.suspense == Money(2000))
    }
}
