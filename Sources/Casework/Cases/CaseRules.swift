public import Values
public import Workflow

/// What people may do about cases, as docs/money-rules.md describes.
public enum CaseRules {
    /// Decides about a case in its current state.
    ///
    /// The same decision as the proposal of another person approves it, unless whoever decides only means to propose.
    public static func decide(
        _ decision: CaseDecision,
        on facts: CaseFacts,
        _ targets: CaseTargets = CaseTargets(),
        by decider: CaseDecider
    ) throws(Refusal) -> CaseVerdict {
        switch decision.choice {
        case .reopen:
            _ = try CaseState.next(after: facts.state, on: .reopen)
            return .done(.reopen)
        case .askBank:
            try requireOpen(facts, for: .dismiss)
            return .done(nil)
        case .dismiss:
            try requireOpen(facts, for: .dismiss)
            // Money in suspense belongs to somebody: two persons move it, and one person cannot dismiss it.
            guard facts.left == .zero else { throw Refusal(.state, .caseHoldsMoney(facts.id, suspense: facts.left)) }
            return .done(.dismiss)
        case .accept, .link, .split, .refund, .writeOff:
            try requireOpen(facts, for: .resolve)
            guard let proposal = facts.proposal else {
                let move = try workOut(decision, on: facts, targets)
                return .propose(move, move.reason(ofCase: facts.id))
            }
            guard !decider.onlyProposes else {
                throw Refusal(
                    .state,
                    .proposalWaits(facts.id, action: proposal.move.action, actor: proposal.proposedByName)
                )
            }
            return try agree(decision, to: proposal, on: facts, targets, by: decider)
        }
    }

    /// Approves the waiting proposal as it was made. One that sends money out takes whoever may approve refunds.
    public static func approve(_ facts: CaseFacts, by decider: CaseDecider) throws(Refusal) -> (CaseProposal, Reason) {
        try requireOpen(facts, for: .resolve)
        let proposal = try waiting(on: facts)
        guard proposal.proposedBy != decider.id else {
            throw Refusal(.person, .proposerCannotApprove(facts.id, action: proposal.move.action))
        }
        try decider.standIns.requireOthers([proposal.proposedBy])
        if case .refund(let back) = proposal.move, !decider.approvesRefunds {
            throw Refusal(.person, .caseRefundNeedsApprover(facts.id, amount: back.amount))
        }
        return (proposal, proposal.move.reason(ofCase: facts.id))
    }

    /// The proposal that waits on a case.
    public static func waiting(on facts: CaseFacts) throws(Refusal) -> CaseProposal {
        guard let proposal = facts.proposal else { throw Refusal(.state, .nothingProposed(facts.id)) }
        return proposal
    }

    private static func agree(
        _ decision: CaseDecision,
        to proposal: CaseProposal,
        on facts: CaseFacts,
        _ targets: CaseTargets,
        by decider: CaseDecider
    ) throws(Refusal) -> CaseVerdict {
        let isSame: Bool
        if decision.action != proposal.move.action {
            isSame = false
        } else if decision.isBare {
            isSame = true
        } else {
            isSame = try workOut(decision, on: facts, targets) == proposal.move
        }
        guard isSame else {
            throw Refusal(
                .state,
                .otherProposalWaits(facts.id, action: proposal.move.action, actor: proposal.proposedByName)
            )
        }
        let (agreed, reason) = try approve(facts, by: decider)
        return .perform(agreed, reason)
    }

    private static func requireOpen(_ facts: CaseFacts, for event: CaseState.Event) throws(Refusal) {
        _ = try CaseState.next(after: facts.state, on: event)
    }

    /// The event of the case after its money was moved; `nil` if it stays open because some money is left.
    public static func event(after move: CaseMove, on facts: CaseFacts) -> CaseState.Event? {
        event(whenLeft: facts.left - move.uses, in: facts.state)
    }

    /// The event of a case with this amount left after a refund has claimed some of its money.
    public static func event(whenLeft left: Money, in state: CaseState) -> CaseState.Event? {
        left == .zero && state == .open ? .resolve : nil
    }
}
