import PureSupport
import Testing
import Values
import Workflow

@testable import Settlement

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Of an expired request and the one made in its place, one is paid.
@Suite struct RenewalTests {
    private static let now = Instant(unixSeconds: 1_785_000_000)

    private static func request(_ reference: String, expires: Int64) -> Facts.Request {
        Facts.Request(
            id: UUID(),
            reference: reference,
            status: .pending,
            amountDue: Money(10_000),
            netApplied: .zero,
            accountNumber: "A",
            createdAt: now.adding(seconds: -7200),
            expiresAt: now.adding(seconds: expires)
        )
    }

    private static func notice(_ number: Int, _ reference: String, _ amount: Int64) -> Notice {
        Notice(
            source: .callback,
            issuerID: 1,
            transactionID: "T\(number)",
            contentHash: [UInt8(number)],
            amount: Money(amount),
            accountNumber: "A",
            bankReference: "B\(number)",
            references: [reference],
            occurredAt: now,
            priceHolds: true
        )
    }

    private static func facts() -> Facts {
        var facts = Facts()
        let (old, new) = (request("OLD", expires: -3600), request("NEW", expires: 3600))
        facts.requests = ["OLD": old, "NEW": new]
        facts.renewals = [old.id: ["NEW"]]
        return facts
    }

    /// Whatever order and amounts the money comes in, as one batch, one of the two is paid, and what the other's money
    /// is not counted for waits with a case: nothing is lost.
    @Test func `of both, only one takes money, and all money is somewhere`() throws {
        var random = Seeded("renewals")
        for _ in 0..<2000 {
            let facts = Self.facts()
            let notices = (1...Int.random(in: 1...6, using: &random)).map { number in
                Self.notice(
                    number,
                    Bool.random(using: &random) ? "OLD" : "NEW",
                    [1, 4000, 6000, 10_000, 11_000].randomElement(using: &random)!
                )
            }
            let terms = SettlementTerms(now: Self.now, graceSeconds: 86_400)
            let verdicts = SettlementBatch.decide(notices, facts: facts, terms: terms)
            let decisions = verdicts.compactMap(\.decision)
            let told = notices.map { "\($0.references[0]) \($0.amount)" }.joined(separator: ", ")
            try #require(decisions.count == notices.count, "\(told)")
            for (decision, notice) in zip(decisions, notices) {
                #expect(decision.applied + decision.suspense == notice.amount, "\(random.seed): \(told)")
            }
            let paid = Set(decisions.filter { $0.applied > .zero }.compactMap(\.requestID))
            // The first money decides which.
            let first = try #require(facts.requests[notices[0].references[0]])
            #expect(paid == [first.id], "\(random.seed): \(told)")
            let effects = Effects(of: verdicts, on: notices)
            #expect(effects.endedRenewals.map(\.reference) == (first.reference == "OLD" ? ["NEW"] : []), "\(told)")
            let held = decisions.filter { $0.suspense > .zero }.count
            #expect(effects.openedCases.filter { $0.kind != .underpaid }.count == held, "\(random.seed): \(told)")
        }
    }

    @Test func `the money for the old one says by what it had been paid`() throws {
        var facts = Self.facts()
        facts.requests["NEW"]?.status = .paid
        facts.requests["NEW"]?.netApplied = Money(10_000)
        let terms = SettlementTerms(now: Self.now, graceSeconds: 86_400)
        let verdict = SettlementBatch.decide([Self.notice(1, "OLD", 10_000)], facts: facts, terms: terms)[0]
        let decision = try #require(verdict.decision)
        #expect(decision.outcome == .overpaid && decision.reason.code == .paidByRenewal)
        #expect(decision.suspense == Money(10_000) && decision.ended.isEmpty)
    }
}
