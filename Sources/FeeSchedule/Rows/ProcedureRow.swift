/// An administrative procedure of the national catalogue.
public struct ProcedureRow: Sendable, Hashable {
    public var code: String
    public var nameVi: String
    public var nameEn: String
    public var fieldVi: String
}
