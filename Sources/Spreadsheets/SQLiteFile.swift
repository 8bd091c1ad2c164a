import CSQLite

/// A new SQLite file of tables, written from its beginning to its end in one transaction.
public final class SQLiteFile {
    /// What SQLite says is wrong.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// What a column holds.
    public enum Kind: Sendable {
        /// Whole numbers of 64 bits; other text stays text.
        case integer
        case text
    }

    /// A column of a table.
    public struct Column: Sendable {
        public let name: String
        public let kind: Kind

        public init(_ name: String, _ kind: Kind = .text) {
            self.name = name
            self.kind = kind
        }
    }

    private let database: OpaquePointer
    private var inserts: [String: (statement: OpaquePointer, columns: [Column])] = [:]

    /// - Parameter path: of a file that does not exist yet.
    public init(creating path: String) throws {
        var opened: OpaquePointer?
        let status = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
        guard status == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw Failure(description: "\(path) cannot be created: \(String(cString: sqlite3_errstr(status)))")
        }
        database = opened
        // The file is worth nothing until it is whole: a crash begins it again.
        try run("pragma journal_mode = off; pragma synchronous = off; begin")
    }

    deinit {
        for insert in inserts.values { sqlite3_finalize(insert.statement) }
        sqlite3_close_v2(database)
    }

    /// Creates a table; its first column is the primary key.
    public func createTable(_ name: String, _ columns: [Column]) throws {
        let definitions = columns.enumerated().map { index, column in
            let type = column.kind == .integer ? "integer" : "text"
            return SQLiteFile.quoted(column.name) + " " + type + (index == 0 ? " primary key" : "")
        }
        try run("create table \(SQLiteFile.quoted(name)) (\(definitions.joined(separator: ", ")))")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "insert into \(SQLiteFile.quoted(name)) values (\(places))"
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure }
        inserts[name] = (statement, columns)
    }

    /// Adds a row; a value for each column.
    public func insert(_ values: [String?], into table: String) throws {
        guard let (statement, columns) = inserts[table], columns.count == values.count else {
            throw Failure(description: "\(table) has no such columns")
        }
        for (index, value) in values.enumerated() {
            let place = Int32(index + 1)
            let status: Int32
            if let value {
                if columns[index].kind == .integer, let number = Int64(value) {
                    status = sqlite3_bind_int64(statement, place, number)
                } else {
                    status = sqlite3_bind_text(statement, place, value, Int32(value.utf8.count), SQLiteFile.copied)
                }
            } else {
                status = sqlite3_bind_null(statement, place)
            }
            guard status == SQLITE_OK else { throw failure }
        }
        guard sqlite3_step(statement) == SQLITE_DONE, sqlite3_reset(statement) == SQLITE_OK else { throw failure }
    }

    /// Makes everything that was written lasting.
    public func finish() throws { try run("commit") }

    /// SQLite copies what is bound.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    private var failure: Failure { Failure(description: String(cString: sqlite3_errmsg(database))) }
}
