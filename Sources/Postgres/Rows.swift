import CLibpq

/// The rows returned by a statement, in binary form; a random-access collection.
///
/// Safe to share, because libpq never changes a complete result.
public struct Rows: RandomAccessCollection, Sendable {
    let result: Result
    /// The number of rows inserted, updated, deleted, selected or copied.
    public let affected: Int

    public var startIndex: Int { 0 }
    public var endIndex: Int { Int(PQntuples(result.pointer)) }
    public subscript(position: Int) -> Row { Row(result: result, index: Int32(position)) }

    /// Returns the only row, or `nil` if there is none; throws if there are several.
    public func optionalRow() throws -> Row? {
        guard count <= 1 else { throw PostgresError(.data, "expected at most one row, got \(count)") }
        return first
    }

    /// Returns the only row; throws if there is not exactly one.
    public func row() throws -> Row {
        guard count == 1 else { throw PostgresError(.data, "expected one row, got \(count)") }
        return self[0]
    }

    /// Owns a `PGresult`.
    final class Result: @unchecked Sendable {
        let pointer: OpaquePointer
        init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { PQclear(pointer) }
    }
}
