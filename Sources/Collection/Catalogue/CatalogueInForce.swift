public import FeeSchedule

/// The catalogue in force, with its version.
public struct CatalogueInForce: Sendable {
    /// The id of the import that produced it; 0 before the first.
    public let version: Int32
    public let schedule: Schedule
    public let rows: CatalogueRows
}
