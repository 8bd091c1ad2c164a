import Values
public import Workflow

extension CaseRules {
    /// Checks, when the second person approves, that the proposed move still fits the current facts.
    ///
    /// - Parameter targets: the requests that the move pays, by their references.
    public static func requireStillHolds(_ move: CaseMove, on facts: CaseFacts, _ targets: CaseTargets) throws(Refusal)
    {
        let now: CaseMove
        do {
            now = try workOut(decision(for: move), on: facts, targets)
        } catch {
            // The first person supplied the fields; for the second, the state has changed.
            throw Refusal(.state, error.reason)
        }
        guard now == move else { throw Refusal(.state, .proposalOutdated(facts.id, action: move.action)) }
    }

    /// The decision that leads to this move, with every amount explicit.
    public static func decision(for move: CaseMove) -> CaseDecision {
        let choice: CaseDecision.Choice =
            switch move {
            case .accept(let share): .accept(amount: share.amount)
            case .link(let share): .link(.request(share.reference), amount: share.amount)
            case .confirmNotice(let payment): .link(.request(payment.reference), amount: payment.amount)
            case .confirmRefund(let line): .link(.refund(line.refundID), amount: nil)
            case .split(let shares): .split(shares.map { .init(target: $0.reference, amount: $0.amount) })
            case .refund(let back): .refund(.init(amount: back.amount, reason: back.reason, payee: back.payee))
            case .writeOff(let amount): .writeOff(amount: Money(Int64(amount.dong.magnitude)))
            }
        return CaseDecision(choice, note: "")
    }
}
