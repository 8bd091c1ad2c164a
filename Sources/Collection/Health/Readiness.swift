import Migrations
public import Postgres
public import Values

/// Whether the service can do its work.
public struct Readiness: Sendable {
    private let database: Database
    private let connections: Connections

    public init(_ database: Database, connections: Connections) {
        self.database = database
        self.connections = connections
    }

    /// Why the service cannot do its work; `nil` if it can.
    ///
    /// It cannot if the database is out of reach or its schema is not this program's, and if the key opens none of the
    /// secrets that are stored: then every callback would fail.
    public func notReady() async -> Phrase? {
        do {
            try await Migrations.migrator.verify(database)
            return try await connections.unopened()
        } catch {
            return Phrase(
                vi:
                    "Không kết nối được cơ sở dữ liệu, hoặc cấu trúc của nó không phải của chương trình này (khop migrate).",
                en: "The database cannot be reached, or its schema is not this program's (khop migrate)."
            )
        }
    }
}
