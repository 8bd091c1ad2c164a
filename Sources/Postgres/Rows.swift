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

/// One row. Columns are read by position, after one check of their number.
public struct Row: Sendable {
    let result: Rows.Result
    let index: Int32

    /// Reads all columns at once: `let (id, name) = try row.decode(Int64.self, String?.self)`.
    public func decode<each Column: ColumnDecodable>(_ types: repeat (each Column).Type) throws -> (repeat each Column)
    {
        var wanted: Int32 = 0
        for _ in repeat each types { wanted += 1 }
        let present = PQnfields(result.pointer)
        guard wanted == present else {
            throw PostgresError(.data, "expected \(wanted) columns, got \(present)")
        }
        var column: Int32 = -1
        func next<T: ColumnDecodable>(_ type: T.Type) throws -> T {
            column += 1
            return try T(from: Cell(result: result, row: index, column: column))
        }
        return (repeat try next(each types))
    }

    /// Reads one column.
    public func get<T: ColumnDecodable>(_ column: Int, as type: T.Type = T.self) throws -> T {
        try T(from: Cell(result: result, row: index, column: Int32(column)))
    }
}

/// One column of one row, in PostgreSQL's binary form.
public struct Cell {
    let result: Rows.Result
    let row: Int32
    let column: Int32

    var type: UInt32 { PQftype(result.pointer, column) }
    var isNull: Bool { PQgetisnull(result.pointer, row, column) == 1 }

    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(result.pointer, row, column),
            count: Int(PQgetlength(result.pointer, row, column))
        )
    }

    func mismatch(_ wanted: String) -> PostgresError {
        let name = PQfname(result.pointer, column).map { String(cString: $0) } ?? "?"
        let found = isNull ? "null" : "type \(type)"
        return PostgresError(.data, "column \(column) (\(name)) holds \(found), asked for \(wanted)")
    }
}
