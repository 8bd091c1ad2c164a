public import Values

/// What is to be assessed.
public struct AssessmentRequest: Sendable, Hashable {
    /// One fee of the procedure and its quantity.
    public struct Item: Sendable, Hashable {
        public var feeCode: String
        public var quantity: Int64
        /// What a percent fee is a percent of.
        public var baseAmount: Money?

        public init(feeCode: String, quantity: Int64 = 1, baseAmount: Money? = nil) {
            self.feeCode = feeCode
            self.quantity = quantity
            self.baseAmount = baseAmount
        }
    }

    public var agencyCode: String
    /// National, or in full with its suffix.
    public var procedureCode: String
    /// `nil` for all fees of the procedure that have a price in force.
    public var items: [Item]?
    public var channel: Channel
    public var payerCategory: String?
    public var day: Day

    public init(
        agencyCode: String,
        procedureCode: String,
        items: [Item]? = nil,
        channel: Channel,
        payerCategory: String? = nil,
        day: Day
    ) {
        self.agencyCode = agencyCode
        self.procedureCode = procedureCode
        self.items = items
        self.channel = channel
        self.payerCategory = payerCategory
        self.day = day
    }

    /// Quantities beyond this are refused.
    public static let maximumQuantity: Int64 = 1_000_000
    /// The largest number of items in one request.
    public static let maximumItems = 100
}

/// Why something cannot be assessed: which field, and what to do.
public struct AssessmentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A JSON pointer into the request.
    public let pointer: String
    public let reason: Phrase

    public var description: String { "\(pointer): \(reason[.english])" }
}

/// A reduction or discount that was applied.
public struct AppliedRule: Sendable, Hashable {
    public enum Rule: String, Sendable { case reduction, discount }

    public let rule: Rule
    public let code: String
    public let benefit: Money
    public let legalBasis: String
    /// The last day the rule is in force; `nil` while no end is known.
    public let validTo: Day?
    /// The payer category that the rule requires; `nil` for a rule that applies to everybody.
    public var payerCategory: String?
}

/// One fee of an assessment.
public struct AssessedLine: Sendable, Hashable {
    public let fee: FeeRow
    /// The price of one unit: of the first unit of a tiered fee; the list amount of a percent fee.
    public let unitAmount: Money
    public let quantity: Int64
    public let baseAmount: Money?
    public let listAmount: Money
    public let applied: [AppliedRule]
    public let payable: Money
}

/// What is owed, line by line, and why.
public struct Assessment: Sendable, Hashable {
    public let agency: AgencyRow
    public let procedure: ProcedureRow
    /// The agency's unit on the day.
    public let unit: LocalityRow
    public let day: Day
    public let lines: [AssessedLine]

    public var amountDue: Money { lines.map(\.payable).total() }

    /// Before reductions and discounts.
    public var listTotal: Money { lines.map(\.listAmount).total() }

    /// The benefit of rules of kind `discount`, without reductions.
    public var discountTotal: Money {
        lines.flatMap(\.applied).filter { $0.rule == .discount }.map(\.benefit).total()
    }

    /// The last day on which every applied discount is in force; `nil` if none of them has a known end.
    public var discountsEnd: Day? {
        lines.flatMap(\.applied).filter { $0.rule == .discount }.compactMap(\.validTo).min()
    }
}
