/// A whole catalogue, as its files hold it.
public struct CatalogueRows: Sendable, Hashable {
    public var localities: [LocalityRow] = []
    public var agencies: [AgencyRow] = []
    public var procedures: [ProcedureRow] = []
    public var fees: [FeeRow] = []
    public var reductions: [ReductionRow] = []
    public var discounts: [DiscountRow] = []
    public var targets: [TargetRow] = []

    public init() {}
}
