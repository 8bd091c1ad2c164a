import CLibpq

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
