public import Values

/// The files of a catalogue, in the order they depend on one another.
public enum CatalogueFile: String, Sendable, CaseIterable {
    case localities, agencies, procedures, fees, reductions, discounts, targets

    public var fileName: String { rawValue + ".csv" }
}

/// The three levels of administration; districts ended on 2025-06-30.
public enum Level: String, Sendable, CaseIterable, Comparable {
    case province, district, commune

    private var rank: Int { self == .province ? 0 : self == .district ? 1 : 2 }
    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
}

/// A fee for a service (phí) or a charge fixed by law (lệ phí): Law on Fees and Charges 97/2015/QH13, article 3.
public enum FeeKind: String, Sendable, CaseIterable {
    case fee, charge
}

/// The way a request is to be paid, or was paid.
public enum Channel: String, Sendable, CaseIterable {
    case online
    case counterQR = "counter_qr"
    case counterCard = "counter_card"
    case counterTransfer = "counter_transfer"
    case counterCash = "counter_cash"

    /// Only `counter_cash` is cash (Decree 52/2024/NĐ-CP names the non-cash instruments).
    public var isCash: Bool { self == .counterCash }
}

/// The days a row is in force, both ends inclusive.
public struct Validity: Sendable, Hashable {
    public let from: Day
    /// `nil` while no end is known.
    public let to: Day?

    public init(from: Day, to: Day?) {
        self.from = from
        self.to = to
    }

    public func contains(_ day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }

    public func overlaps(_ other: Validity) -> Bool {
        (to.map { other.from <= $0 } ?? true) && (other.to.map { from <= $0 } ?? true)
    }
}

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

/// A collecting agency; its account is what the QR code pays to.
public struct AgencyRow: Sendable, Hashable {
    public var code: String
    public var nameVi: String
    public var nameEn: String
    public var localityCode: String
    public var bankBIN: String
    public var accountNumber: String
    public var accountName: String
}

/// An administrative procedure of the national catalogue.
public struct ProcedureRow: Sendable, Hashable {
    public var code: String
    public var nameVi: String
    public var nameEn: String
    public var fieldVi: String
}

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
}

/// How a line's list amount is computed from its quantity or base amount.
public enum Calculation: Sendable, Hashable {
    case flat
    case tiered([Tier])
    /// A percent of the base amount, in millionths of a percent.
    case percent(Int64)

    public var name: String {
        switch self {
        case .flat: "flat"
        case .tiered: "tiered"
        case .percent: "percent"
        }
    }
}

/// The unit price from one unit of the line to another.
public struct Tier: Sendable, Hashable {
    public var first: Int64
    /// `nil` for the open tier at the end.
    public var last: Int64?
    public var price: Money
}

/// When a fee may be refunded.
public enum RefundPolicy: String, Sendable, CaseIterable {
    case always, never
    case notEligible = "not_eligible"
}

/// A reduction for payers of a category.
public struct ReductionRow: Sendable, Hashable {
    public var reductionCode: String
    /// Empty fields match anything.
    public var payerCategory: String
    public var scope: Scope
    /// 1 to 100; 100 exempts.
    public var percent: Int64
    public var validity: Validity
    public var legalBasis: String
}

/// What a rule applies to; empty fields match anything, and a locality includes its descendants.
public struct Scope: Sendable, Hashable {
    public var kind: FeeKind?
    public var procedureCode: String
    public var feeCode: String
    public var localityCode: String
}

/// A discount for payment by certain channels.
public struct DiscountRow: Sendable, Hashable {
    public enum Method: String, Sendable, CaseIterable {
        case percent
        case amountOff = "amount_off"
        case fixedAmount = "fixed_amount"
    }

    public var discountCode: String
    public var channels: [Channel]
    public var scope: Scope
    public var method: Method
    /// A percentage, or an amount in đồng per unit.
    public var value: Int64
    /// Whether it applies in addition to the best single rule, to what remains.
    public var cumulative: Bool
    public var validity: Validity
    public var legalBasis: String
}

/// The share that a locality should reach in a year.
public struct TargetRow: Sendable, Hashable {
    public enum Indicator: String, Sendable, CaseIterable {
        case nonCash = "non_cash"
        case online
    }

    public var localityCode: String
    public var year: Int
    public var indicator: Indicator
    /// In hundredths of a percent, 0 to 10,000.
    public var target: Int64
}

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
