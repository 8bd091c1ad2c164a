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
}
