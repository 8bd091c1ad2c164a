public import Values
import Workflow

/// A day of an account.
public struct AccountDay: Sendable, Hashable {
    public let accountNumber: String
    public let day: Day

    public init(accountNumber: String, day: Day) {
        self.accountNumber = accountNumber
        self.day = day
    }
}
