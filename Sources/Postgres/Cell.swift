import CLibpq

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
