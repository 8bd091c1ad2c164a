/// A unit of administration during the validity of its code; codes were reused on 2025-07-01.
public struct LocalityRow: Sendable, Hashable {
    public var code: String
    public var validity: Validity
    public var level: Level
    /// The code of the unit above; empty for a province.
    public var parentCode: String
    public var nameVi: String
    public var nameEn: String
    /// The units in force on the day after its end; several if it was divided.
    public var successorCodes: [String]
}
