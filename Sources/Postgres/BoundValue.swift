/// A value as it is sent; PostgreSQL infers its type from the statement.
public enum BoundValue: Sendable, Hashable {
    case null
    case text(String)
    case bytes([UInt8])
}
