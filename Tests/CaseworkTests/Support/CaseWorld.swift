import Casework
import Foundation
import TestSupport
import Values
import Workflow

/// One random case and the requests about it.
struct CaseWorld {
    var facts: CaseFacts
    private var requests: [RequestFacts]
    private(set) var faults: [String] = []

    init(using random: inout Seeded) {
        requests = (0..<3).map { number in
            let due = Int64.random(in: 1...4, using: &random) * 1000
            let applied = Int64.random(in: 0...due / 1000, using: &random) * 1000
            return RequestFacts(
                id: UUID(),
                reference: "R\(number)",
                state: random.pick(PaymentRequestState.allCases),
                accountNumber: "A",
                amountDue: Money(due),
                received: Money(applied),
                applied: Money(applied),
                claimed: Money(random.chance(20) ? applied / 2 : 0),
                expiresAt: Instant(unixSeconds: 0)
            )
        }
        let held = Int64.random(in: -3...5, using: &random) * 1000
        facts = CaseFacts(
            id: 1,
            kind: random.pick(CaseKind.allCases),
            state: random.pick([.open, .open, .open, .resolved, .closed]),
            accountNumber: "A",
            requestID: random.chance(50) ? requests[0].id : nil,
            line: random.chance(30) ? .init(id: 1, amount: Money(held), isCounted: random.chance(20)) : nil,
            held: Money(held),
            used: Money(random.chance(20) ? held / 2 : 0)
        )
    }

    private func approval(by person: String) throws(Refusal) -> CaseVerdict {
        let (proposal, reason) = try CaseRules.approve(facts, by: decider(person))
        return .perform(proposal, reason)
    }

    /// Hung alone may approve refunds; Mai's forms only propose.
    private func decider(_ person: String) -> CaseDecider {
        CaseDecider(person, approvesRefunds: person == "hung", onlyProposes: person == "mai")
    }

    private func targets() -> CaseTargets {
        var targets = CaseTargets()
        targets.requests = Dictionary(uniqueKeysWithValues: requests.map { ($0.reference, $0) })
        targets.own = requests.first { $0.id == facts.requestID }
        return targets
    }

    private func decision(using random: inout Seeded) -> CaseDecision {
        let amount = random.chance(50) ? nil : Money(Int64.random(in: 1...6, using: &random) * 500)
        let target = CaseDecision.Target.request(random.pick(["R0", "R1", "R2", "R9"]))
        let parts = ["R0", "R1"].map {
            CaseDecision.Part(target: $0, amount: Money(Int64.random(in: 1...3, using: &random) * 1000))
        }
        let choices: [CaseDecision.Choice] = [
            .accept(amount: amount), .link(random.chance(80) ? target : nil, amount: amount), .split(parts),
            .refund(.init(amount: amount, payee: random.chance(70) ? .byHand(nil) : nil)), .writeOff(amount: amount),
            .askBank, .dismiss, .reopen,
        ]
        return CaseDecision(random.pick(choices), note: "why")
    }

    mutating func step(_ person: String, using random: inout Seeded) {
        let decision = decision(using: &random)
        let verdict: CaseVerdict
        let isApproval = random.chance(30) && facts.proposal != nil
        do throws(Refusal) {
            verdict =
                try isApproval
                ? approval(by: person)
                : CaseRules.decide(decision, on: facts, targets(), by: decider(person))
        } catch { return }
        switch verdict {
        case .propose(let move, _):
            if facts.proposal != nil { faults.append("two proposals wait") }
            facts.proposal = CaseProposal(move: move, note: "", proposedBy: person, proposedByName: person)
        case .perform(let proposal, _):
            if !isApproval, person == "mai" { faults.append("who only proposed has approved") }
            if case .refund = proposal.move, person != "hung" { faults.append("\(person) has approved a refund") }
            perform(proposal, by: person)
        case .done(let event):
            if event == .dismiss, facts.left != .zero { faults.append("money was dismissed") }
            change(event)
        }
    }

    private mutating func perform(_ proposal: CaseProposal, by person: String) {
        if proposal.proposedBy == person { faults.append("one person moved money alone") }
        let move = proposal.move
        do throws(Refusal) { try CaseRules.requireStillHolds(move, on: facts, targets()) } catch { return }
        let event = CaseRules.event(after: move, on: facts)
        facts.proposal = nil
        facts.used += move.uses
        let isWithin = facts.held < .zero ? facts.used <= .zero && facts.used >= facts.held : facts.used <= facts.held
        if !isWithin || move.uses == .zero { faults.append("\(move) of \(facts.held)") }
        for share in move.shares {
            guard let index = requests.firstIndex(where: { $0.id == share.requestID }) else { continue }
            if share.amount > requests[index].remaining || !requests[index].state.isOpen || share.amount <= .zero {
                faults.append("\(share) of \(requests[index])")
            }
            requests[index].applied += share.amount
        }
        change(event)
        if facts.state == .resolved, facts.left != .zero { faults.append("it ended with \(facts.left)") }
    }

    private mutating func change(_ event: CaseState.Event?) {
        guard let event else { return }
        do throws(Refusal) {
            facts.state = try CaseState.next(after: facts.state, on: event)
        } catch { faults.append("\(event) of \(facts.state)") }
    }
}
