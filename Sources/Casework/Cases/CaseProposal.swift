import Workflow

/// A move of money that one person proposed and another must approve.
public struct CaseProposal: Sendable, Hashable {
    public var move: CaseMove
    public var note: String
    /// The person's id, by which persons are compared.
    public var proposedBy: String
    /// The person's name, for display.
    public var proposedByName: String

    public init(move: CaseMove, note: String, proposedBy: String, proposedByName: String) {
        self.move = move
        self.note = note
        self.proposedBy = proposedBy
        self.proposedByName = proposedByName
    }
}
