public import Values

/// The price of one fee or charge, in one locality or nationally, during its validity.
public struct FeeRow: Sendable, Hashable {
    public var feeCode: String
    public var procedureCode: String
    public var kind: FeeKind
    public var nameVi: String
    public var nameEn: String
    public var unit: String
    public var amount: Money
    /// Empty for a national price.
    public var localityCode: String
    public var validity: Validity
    public var legalBasis: String
    public var budgetCode: String
    public var calculation: Calculation
    /// Bounds of the line's list amount.
    public var minimum: Money?
    public var maximum: Money?
    /// The agency's share of a fee, in hundredths of a percent; a charge goes to the budget whole.
    public var retained: Int64?
    public var refundPolicy: RefundPolicy?
    /// The chapter of the State budget, three digits; empty for that of the agency.
    public var chapter = ""
    /// By when it is remitted; `nil`: online money within 8 working hours, other by the 5th of the next month.
    public var remittance: RemittanceCalendar?
    /// Where it is remitted to; `nil`: revenue.
    public var treasuryAccount: TreasuryAccount?
}
