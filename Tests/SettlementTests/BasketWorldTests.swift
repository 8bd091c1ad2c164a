import Foundation
import PureSupport
import Settlement
import Testing
import Values
import Workflow

/// Goal: money for a basket is shared out to the đồng, whatever comes in which order. Method: random baskets and notices,
/// decided in random batches, against a ledger of plain integers that is kept here and knows nothing of the rules' code.
@Suite struct BasketWorldTests {
    private static let worlds = ProcessInfo.processInfo.environment["KHOP_TEST_WORLDS"].flatMap { Int($0) } ?? 20_000
    private static let now = Instant("2026-11-21T10:00:00+07:00")!

    /// A request as the oracle keeps it.
    private struct Plain {
        var due: Int64
        var paid: Int64 = 0
        var isCancelled = false
        /// Whether money comes too late for it.
        var isLate = false
        var left: Int64 { isCancelled ? 0 : due - paid }
        var isPaid: Bool { !isCancelled && paid >= due }
    }

    @Test func `every đồng of a basket's money is where an independent count has it`() {
        var random = Seeded("baskets")
        var met: [String: Int] = [:]
        for number in 0..<Self.worlds {
            guard let difference = Self.play(&random, &met) else { continue }
            Issue.record("KHOP_SEED=\(random.seed), world \(number): \(difference)")
            return
        }
        guard Self.worlds >= 20_000 else { return }
        // Worlds in which nothing happens would prove nothing.
        for what in ["settled", "partial", "overpaid", "late", "other_account", "duplicate", "cut", "member"] {
            #expect((met[what] ?? 0) >= 500, "\(what) was met \(met[what] ?? 0) times")
        }
    }

    private static func request(_ index: Int, _ plain: Plain, _ random: inout Seeded) -> Facts.Request {
        let expires = plain.isLate ? now.adding(seconds: -3 * 86_400) : now.adding(seconds: 3600)
        let open: PaymentRequestState = plain.isLate ? .expired : .pending
        return Facts.Request(
            id: UUID(),
            reference: "R\(index)",
            status: plain.isCancelled ? .cancelled : plain.isPaid ? .paid : open,
            amountDue: Money(plain.due),
            netApplied: Money(plain.paid),
            accountNumber: "A",
            createdAt: now.adding(seconds: -10 * 86_400),
            expiresAt: expires
        )
    }

    private static func play(_ random: inout Seeded, _ met: inout [String: Int]) -> String? {
        var plain = (0..<Int.random(in: 2...6, using: &random)).map { _ -> Plain in
            var one = Plain(due: Int64.random(in: 1...20, using: &random) * 500)
            if random.chance(15) { one.paid = one.due }
            if random.chance(10) { one.paid = Int64.random(in: 0..<one.due, using: &random) }
            if random.chance(8) { (one.isCancelled, one.paid) = (true, 0) }
            if random.chance(8) { one.isLate = true }
            return one
        }
        let isCancelled = random.chance(5)
        var facts = Facts()
        for (index, one) in plain.enumerated() { facts.requests["R\(index)"] = request(index, one, &random) }
        let basket = Facts.Basket(
            id: UUID(),
            reference: "B",
            isCancelled: isCancelled,
            members: plain.indices.map { "R\($0)" },
            accountNumber: "A",
            createdAt: now.adding(seconds: -5 * 86_400)
        )
        facts.baskets["B"] = basket
        let notices = notices(plain, &random)
        let verdicts = SettlementBatch.decide(
            notices,
            facts: facts,
            terms: SettlementTerms(now: now, graceSeconds: 86_400)
        )
        let effects = Effects(of: verdicts, on: notices)
        var seen: Set<String> = []
        var suspense: Int64 = 0
        for (notice, verdict) in zip(notices, verdicts) {
            guard let decision = verdict.decision else { return "a price was asked for: \(notice)" }
            let expected = expect(notice, isCancelled, &plain, &seen, &suspense, &met)
            met[decision.outcome.rawValue, default: 0] += 1
            if decision.parts.contains(where: { !$0.completes }) { met["cut", default: 0] += 1 }
            guard decision.outcome.rawValue == expected.outcome, shares(decision, facts) == expected.shares else {
                return "\(notice.references) \(notice.amount): \(decision), expected \(expected)"
            }
        }
        return booked(effects, facts, plain, suspense)
    }

    private static func notices(_ plain: [Plain], _ random: inout Seeded) -> [Notice] {
        let whole = plain.map(\.left).reduce(0, +)
        return (0..<Int.random(in: 1...5, using: &random)).map { place in
            let toMember = random.chance(25)
            let member = Int.random(in: 0..<plain.count, using: &random)
            let amount =
                switch Int.random(in: 0..<4, using: &random) {
                case 0: max(whole, 500)
                case 1: max(plain[member].left, 500)
                case 2: max(whole, 500) + Int64.random(in: 1...10, using: &random) * 500
                default: Int64.random(in: 1...30, using: &random) * 500
                }
            // The same transfer once more.
            let id = random.chance(15) ? "T0" : "T\(place)"
            return Notice(
                source: .callback,
                issuerID: 1,
                transactionID: id,
                contentHash: Array(id.utf8),
                amount: Money(amount),
                accountNumber: random.chance(5) ? "OTHER" : "A",
                bankReference: "\(id)-\(place)",
                references: [toMember ? "R\(member)" : "B"],
                occurredAt: now
            )
        }
    }

    private struct Expected {
        var outcome: String
        var shares: [String: Int64] = [:]
    }

    /// What the oracle does with one notice.
    private static func expect(
        _ notice: Notice,
        _ isCancelled: Bool,
        _ plain: inout [Plain],
        _ seen: inout Set<String>,
        _ suspense: inout Int64,
        _ met: inout [String: Int]
    ) -> Expected {
        let amount = notice.amount.dong
        guard seen.insert(notice.transactionID).inserted else {
            // The account is no part of what the provider said: the same message for another account is in conflict.
            return Expected(
                outcome: seen.contains(notice.transactionID + notice.accountNumber) ? "duplicate" : "conflict"
            )
        }
        seen.insert(notice.transactionID + notice.accountNumber)
        func hold(_ outcome: String) -> Expected {
            suspense += amount
            return Expected(outcome: outcome)
        }
        guard notice.accountNumber == "A" else { return hold("other_account") }
        if let member = notice.references.first.flatMap({ Int($0.dropFirst()) }) {
            met["member", default: 0] += 1
            if plain[member].isCancelled { return hold("late") }
            if plain[member].isPaid { return hold("overpaid") }
            if plain[member].isLate { return hold("late") }
            let taken = min(amount, plain[member].left)
            plain[member].paid += taken
            suspense += amount - taken
            let outcome = amount > taken ? "overpaid" : plain[member].left == 0 ? "settled" : "partial"
            return Expected(outcome: outcome, shares: ["R\(member)": taken])
        }
        if isCancelled { return hold("late") }
        let hadPaid = plain.contains(where: \.isPaid)
        var (rest, shares) = (amount, [String: Int64]())
        for index in plain.indices where rest > 0 && plain[index].left > 0 && !plain[index].isLate {
            let taken = min(rest, plain[index].left)
            plain[index].paid += taken
            rest -= taken
            shares["R\(index)"] = taken
        }
        guard !shares.isEmpty else { return hold(hadPaid ? "overpaid" : "late") }
        suspense += rest
        if rest > 0 { return Expected(outcome: "overpaid", shares: shares) }
        return Expected(outcome: plain.contains { $0.left > 0 } ? "partial" : "settled", shares: shares)
    }

    private static func shares(_ decision: Decision, _ facts: Facts) -> [String: Int64] {
        if decision.basketID != nil {
            return Dictionary(uniqueKeysWithValues: decision.parts.map { ($0.reference, $0.amount.dong) })
        }
        guard decision.applied > .zero, let id = decision.requestID,
            let request = facts.requests.values.first(where: { $0.id == id })
        else { return [:] }
        return [request.reference: decision.applied.dong]
    }

    /// What is to be written adds up to what the oracle has.
    private static func booked(_ effects: Effects, _ facts: Facts, _ plain: [Plain], _ suspense: Int64) -> String? {
        var (revenue, held): ([UUID: Int64], Int64) = ([:], 0)
        for posting in effects.postings {
            switch posting.credit {
            case .revenue(let id):
                guard posting.requestID == id else { return "a posting of \(id) names another request" }
                revenue[id, default: 0] += posting.amount.dong
            case .suspense: held += posting.amount.dong
            case .incoming, .clearing: return "a posting leaves the bank: \(posting)"
            }
        }
        guard held == suspense else { return "\(held) in suspense, expected \(suspense)" }
        for (index, one) in plain.enumerated() {
            guard let request = facts.requests["R\(index)"] else { continue }
            let applied = effects.requests.filter { $0.id == request.id }.map(\.applied.dong).reduce(0, +)
            let expected = one.paid - request.netApplied.dong
            guard revenue[request.id] ?? 0 == expected, applied == expected else {
                return "R\(index): \(revenue[request.id] ?? 0) booked, \(applied) applied, expected \(expected)"
            }
            let isPaid = effects.requests.contains { $0.id == request.id && $0.paidAt != nil }
            guard isPaid == (one.isPaid && expected > 0) else { return "R\(index) is paid: \(isPaid)" }
            let isShort = effects.openedCases.contains { $0.kind == .underpaid && $0.requestID == request.id }
            guard isShort == (one.left > 0 && expected > 0) else { return "R\(index) has a case: \(isShort)" }
        }
        return nil
    }
}
