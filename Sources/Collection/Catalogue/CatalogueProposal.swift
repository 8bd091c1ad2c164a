public import FeeSchedule
public import Values

/// Files of the catalogue that somebody brought, and what became of them.
public struct CatalogueProposal: Sendable {
    /// Put in force by another person, or turned down.
    public struct Decision: Sendable {
        public let by: String
        public let at: Instant
        /// The version that it put in force; `nil` if it was turned down.
        public let version: Int32?
        public let note: String?
    }

    public let id: Int64
    /// The version in force when the files were checked.
    public let basedOn: Int32
    /// How many rows of each file it adds, ends and changes.
    public let summary: JSON
    public let note: String?
    /// `person:` and an id.
    public let proposedBy: String
    public let proposedByName: String
    public let proposedAt: Instant
    /// `nil` while it waits.
    public let decision: Decision?

    /// A proposal with what it would change as things stand.
    public struct Looked: Sendable {
        public let proposal: CatalogueProposal
        public let difference: CatalogueDifference
        public let words: CatalogueSummary
        /// Whether another version has come in force since the files were checked.
        public let isOutdated: Bool
        /// What last month's payments would have brought; `nil` where the proposal was decided.
        public let rehearsal: CatalogueRehearsal?
    }
}
