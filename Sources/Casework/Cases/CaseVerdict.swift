public import Workflow

/// The result of a decision about a case.
public enum CaseVerdict: Sendable, Hashable {
    /// Money is to move: the proposal waits for another person.
    case propose(CaseMove, Reason)
    /// The second person approves the waiting proposal.
    case perform(CaseProposal, Reason)
    /// Done at once: the case changes its state, or stays as it is when the bank is asked.
    case done(CaseState.Event?)
}
