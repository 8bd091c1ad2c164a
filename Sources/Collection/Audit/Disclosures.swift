import Postgres

/// Records that personal data are shown to staff, before they are: what cannot be recorded is not shown.
public struct Disclosures: Sendable {
    private let database: Database

    init(_ database: Database) { self.database = database }

    /// Writes one entry.
    public func record(_ disclosure: Disclosure, by person: Person) async throws {
        try await database.autocommit { tx in
            try Audit.record(tx, person, disclosure.kind.rawValue, disclosure.subject, disclosure.detail)
        }
    }
}
