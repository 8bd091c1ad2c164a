public import FeeSchedule

/// What an order to the Treasury is for: the money of one agency on one account, to one account of the Treasury, of one
/// budget year.
public struct RemittanceKey: Sendable, Hashable, Comparable {
    public let agencyCode: String
    /// The bank account that the money was paid to.
    public let accountNumber: String
    public let treasuryAccount: TreasuryAccount
    /// The year of the days on which it was collected.
    public let budgetYear: Int

    public init(agencyCode: String, accountNumber: String, treasuryAccount: TreasuryAccount, budgetYear: Int) {
        self.agencyCode = agencyCode
        self.accountNumber = accountNumber
        self.treasuryAccount = treasuryAccount
        self.budgetYear = budgetYear
    }

    public static func < (left: RemittanceKey, right: RemittanceKey) -> Bool { left.order < right.order }

    private var order: (String, String, String, Int) {
        (agencyCode, accountNumber, treasuryAccount.rawValue, budgetYear)
    }
}
