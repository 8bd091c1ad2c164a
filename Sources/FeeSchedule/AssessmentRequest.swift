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
