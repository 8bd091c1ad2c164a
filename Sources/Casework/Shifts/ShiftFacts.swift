public import Values
public import Workflow

/// What decisions about a cashier's shift are based on.
public struct ShiftFacts: Sendable, Hashable {
    public let state: ShiftState
    /// The id of the person whose shift it is, as ``Person`` has it.
    public let cashier: String
    public let cashierName: String
    /// The float, what was taken in cash, less what was given back.
    public let expected: Money
    /// The last count; `nil` before the first one.
    public let counted: Money?

    public init(state: ShiftState, cashier: String, cashierName: String, expected: Money, counted: Money? = nil) {
        self.state = state
        self.cashier = cashier
        self.cashierName = cashierName
        self.expected = expected
        self.counted = counted
    }
}
