/// By what a statement is known to be of another account than the one it is read for.
public enum ForeignStatement: Sendable, Hashable {
    /// The table has the own layout of a bank, by its BIN, that does not hold the account.
    case layout(String, bank: String)
    /// The file names its account, or accounts, and the one asked for is not among them.
    case account(String)
}
