/// The isolation level of a transaction.
public enum Isolation: Sendable {
    case readCommitted
    case repeatableRead
    case serializable
    /// One snapshot, read only.
    case readOnly

    var begin: String {
        switch self {
        case .readCommitted: "begin"
        case .repeatableRead: "begin isolation level repeatable read"
        case .serializable: "begin isolation level serializable"
        case .readOnly: "begin isolation level repeatable read read only"
        }
    }
}
