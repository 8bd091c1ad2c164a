/// A SQLSTATE code; see appendix A of PostgreSQL's manual.
public struct SQLState: Hashable, Sendable {
    public let code: String

    public init(_ code: String) { self.code = code }

    public static let uniqueViolation = SQLState("23505")
    public static let foreignKeyViolation = SQLState("23503")
    public static let checkViolation = SQLState("23514")
    public static let exclusionViolation = SQLState("23P01")
    public static let serializationFailure = SQLState("40001")
    public static let deadlockDetected = SQLState("40P01")
    /// Of a server that is a standby, or was one a moment ago, as of a transaction that only reads.
    public static let readOnlyTransaction = SQLState("25006")
    public static let queryCanceled = SQLState("57014")
    public static let lockNotAvailable = SQLState("55P03")
    public static let undefinedTable = SQLState("42P01")
    /// Raised by khop's own functions and triggers.
    public static let raised = SQLState("P0001")
}
