public import Postgres

extension Database {
    /// Makes a lent database one of a test installation: what nobody can do but a superuser.
    public func makeTest() async throws { try await scriptUnguarded("update installation_mode set mode = 'test'") }

    /// Runs statements on a lent database as nobody but a superuser can: no trigger stands in the way.
    public func scriptUnguarded(_ sql: String) async throws {
        try await TestDatabase.with(.superuser, of: self) { superuser in
            try await superuser.transaction { tx in
                try tx.script("set local session_replication_role = replica; \(sql)")
            }
        }
    }
}
