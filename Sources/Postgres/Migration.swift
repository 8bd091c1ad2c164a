/// One forward-only change of the tables.
public struct Migration: Sendable, Hashable {
    /// The number at the start of the file's name.
    public let version: Int
    /// The file's name, such as `0001_access.sql`.
    public let name: String
    public let sql: String

    public init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }

    /// Whether programs that were made before it go on working after it, and with the routines that came with it: a line
    /// `-- Compatible: …` in its head says so, and why.
    public var isCompatible: Bool { says("Compatible") }

    /// Whether its statements run each by itself and outside of a transaction, as `create index concurrently` wants it: a line
    /// `-- Apart: …` in its head says so. Each can be run again, if the one after it failed.
    public var isApart: Bool { says("Apart") }

    /// The statements of one that is ``isApart``; each ends with a semicolon at the end of a line.
    var statements: [String] {
        sql.split(separator: ";\n").map(String.init).filter { statement in
            statement.split(separator: "\n").contains { !$0.hasPrefix("--") }
        }
    }

    private func says(_ word: String) -> Bool {
        sql.split(separator: "\n").prefix { $0.hasPrefix("--") }.contains { $0.hasPrefix("-- \(word): ") }
    }
}
