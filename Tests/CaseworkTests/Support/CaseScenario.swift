import Casework
import Foundation
import Testing
import Values
import Workflow

/// A case and what people decide about it, one line each: what they do, `->`, and what becomes of it.
///
///     case unknown_reference holds 12000
///     request R1 pending due 10000
///     lan  link R1       -> proposed case_pays_request uses 10000
///     lan  approve       -> refused proposer_cannot_approve
///     hung approve       -> performed case_pays_request uses 10000, open left 2000
struct CaseScenario {
    private var facts = CaseFacts(id: 7, kind: .unmatched, state: .open, accountNumber: "A", held: .zero, used: .zero)
    private var requests: [String: RequestFacts] = [:]
    private var refunds: [String: RefundFacts] = [:]
    private var unconfirmed: [String: UnconfirmedPayment] = [:]

    private struct Unreadable: Error { let line: String }

    static func play(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        var scenario = CaseScenario()
        for line in text.split(separator: "\n") {
            let halves = line.split(separator: "->").map { $0.trimmingCharacters(in: .whitespaces) }
            let words = halves[0].split(separator: " ").map(String.init)
            guard halves.count == 2 else {
                try scenario.know(words)
                continue
            }
            let found = try scenario.act(words)
            #expect(found == halves[1], "\(line)", sourceLocation: sourceLocation)
        }
    }

    // MARK: what is there

    private mutating func know(_ words: [String]) throws {
        func number(_ name: String) -> Money? {
            words.firstIndex(of: name).flatMap { Int64(words[$0 + 1]) }.map { Money($0) }
        }
        func word(_ name: String) -> String? { words.firstIndex(of: name).map { words[$0 + 1] } }
        switch words[0] {
        case "case":
            facts.kind = try #require(CaseKind(rawValue: words[1]))
            facts.state = word("is").flatMap { CaseState(rawValue: $0) } ?? .open
            facts.held = number("holds") ?? .zero
            facts.used = number("used") ?? .zero
            facts.requestID = word("of").map(CaseScenario.id)
            facts.line = number("line").map { .init(id: 1, amount: $0, isCounted: words.contains("counted")) }
            facts.payer = word("payer").map(CaseScenario.beneficiary)
        case "request":
            requests[words[1]] = RequestFacts(
                id: CaseScenario.id(words[1]),
                reference: words[1],
                state: try #require(PaymentRequestState(rawValue: words[2])),
                accountNumber: word("on") ?? "A",
                amountDue: try #require(number("due")),
                received: number("applied") ?? .zero,
                applied: number("applied") ?? .zero,
                claimed: number("claimed") ?? .zero,
                expiresAt: Instant(unixSeconds: 0)
            )
        case "refund":
            refunds[words[1]] = RefundFacts(
                id: CaseScenario.id(words[1]),
                mark: words[1],
                state: try #require(RefundState(rawValue: words[2])),
                amount: try #require(number("amount")),
                accountNumber: word("on") ?? "A",
                payee: nil,
                requestedBy: "lan",
                approvedBy: "hung"
            )
        case "payment":
            unconfirmed[words[1]] = UnconfirmedPayment(
                noticeID: 3,
                requestID: CaseScenario.id(words[1]),
                reference: words[1],
                amount: try #require(number("amount"))
            )
        default: throw Unreadable(line: words.joined(separator: " "))
        }
    }

    static func beneficiary(_ text: String) -> Beneficiary {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return Beneficiary(bankBIN: parts[0], account: parts[1], name: parts[2])
    }

    /// The same name has the same id, and ids sort as names do.
    private static func id(_ name: String) -> UUID {
        var bytes = Array(name.utf8.prefix(16))
        bytes += Array(repeating: 0, count: 16 - bytes.count)
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    // MARK: what is done

    private mutating func act(_ words: [String]) throws -> String {
        let person = words[0]
        do {
            if words[1] == "approve" { return try perform(approval(by: person)) }
            let decision = try decision(Array(words.dropFirst()))
            return try perform(
                CaseRules.decide(decision, on: facts, targets(of: decision), by: CaseScenario.decider(person))
            )
        } catch let refusal as Refusal {
            let place =
                switch refusal.kind {
                case .field(let pointer): " at \(pointer)"
                case .state: ""
                case .person: " to \(person)"
                }
            return "refused \(refusal.reason.code.rawValue)\(place)"
        }
    }

    private func approval(by person: String) throws(Refusal) -> CaseVerdict {
        let (proposal, reason) = try CaseRules.approve(facts, by: CaseScenario.decider(person))
        return .perform(proposal, reason)
    }

    /// Hung may approve refunds; Form is a clerk at a form that only proposes.
    private static func decider(_ person: String) -> CaseDecider {
        CaseDecider(person, approvesRefunds: person == "hung", onlyProposes: person == "form")
    }

    private func targets(of decision: CaseDecision) -> CaseTargets {
        var targets = CaseTargets()
        targets.own = requests.values.first { $0.id == facts.requestID }
        for name in decision.requestNames { targets.requests[name] = requests[name] }
        targets.refund = decision.refundID.flatMap { id in refunds.values.first { $0.id == id } }
        targets.unconfirmed = decision.requestNames.first.flatMap { unconfirmed[$0] }
        return targets
    }

    private func decision(_ words: [String]) throws -> CaseDecision {
        let amount = words.last.flatMap { Int64($0) }.map { Money($0) }
        let choice: CaseDecision.Choice
        switch words[0] {
        case "accept": choice = .accept(amount: amount)
        case "link" where words.count > 1 && refunds[words[1]] != nil:
            choice = .link(.refund(CaseScenario.id(words[1])), amount: nil)
        case "link":
            choice = .link(words.count > 1 ? .request(words[1]) : nil, amount: amount)
        case "split":
            choice = .split(
                words.dropFirst().map { part in
                    let halves = part.split(separator: "=").map(String.init)
                    return .init(target: halves[0], amount: Money(Int64(halves[1]) ?? 0))
                }
            )
        case "refund":
            let to = words.firstIndex(of: "to").map { RefundPayee.transfer(CaseScenario.beneficiary(words[$0 + 1])) }
            choice = .refund(
                .init(
                    amount: words.dropFirst().compactMap { Int64($0) }.first.map { Money($0) },
                    payee: words.contains("by-hand") ? .byHand(nil) : to
                )
            )
        case "write_off": choice = .writeOff(amount: amount)
        case "ask_bank": choice = .askBank
        case "dismiss": choice = .dismiss
        case "reopen": choice = .reopen
        default: throw Unreadable(line: words.joined(separator: " "))
        }
        return CaseDecision(choice, note: "why")
    }

    /// Lets the verdict happen to the facts, as the shell lets it happen to the rows.
    private mutating func perform(_ verdict: CaseVerdict) throws -> String {
        switch verdict {
        case .propose(let move, let reason):
            facts.proposal = CaseProposal(move: move, note: "why", proposedBy: "lan", proposedByName: "Lan")
            return "proposed \(reason.code.rawValue) uses \(move.uses)"
        case .perform(let proposal, let reason):
            let move = proposal.move
            var now = CaseTargets()
            now.own = requests.values.first { $0.id == facts.requestID }
            now.requests = requests
            now.refund = refunds.values.first {
                if case .confirmRefund(let line) = move { $0.id == line.refundID } else { false }
            }
            now.unconfirmed = unconfirmed.values.first {
                if case .confirmNotice(let payment) = move { $0 == payment } else { false }
            }
            try CaseRules.requireStillHolds(move, on: facts, now)
            let event = CaseRules.event(after: move, on: facts)
            facts.proposal = nil
            facts.used += move.uses
            for share in move.shares { requests[share.reference]?.applied += share.amount }
            if let event { facts.state = try CaseState.next(after: facts.state, on: event) }
            return "performed \(reason.code.rawValue) uses \(move.uses), \(facts.state.rawValue) left \(facts.left)"
        case .done(let event):
            if let event { facts.state = try CaseState.next(after: facts.state, on: event) }
            return "done \(facts.state.rawValue)"
        }
    }
}
