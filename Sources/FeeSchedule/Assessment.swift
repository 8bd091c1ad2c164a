public import Values

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
