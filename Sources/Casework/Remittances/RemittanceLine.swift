public import Values

/// What an order pays of one sub-item and chapter.
public struct RemittanceLine: Sendable, Hashable {
    public let code: RemittanceCode
    public let name: String
    public let amount: Money

    public init(code: RemittanceCode, name: String, amount: Money) {
        self.code = code
        self.name = name
        self.amount = amount
    }
}
