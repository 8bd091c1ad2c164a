import Foundation
import Postgres
import TestSupport
import Testing

/// What the program makes of a PostgreSQL that has a standby, or is one.
@Suite struct StandbyTests {
    /// Lends a database in a cluster of its own whose standby is never there, and another one of the superuser.
    private func withoutStandby(_ body: (_ database: Database, _ superuser: Database) async throws -> Void) async throws
    {
        let folder = FileManager.default.temporaryDirectory.path + "/khop-sync-\(UUID().uuidString.prefix(8))"
        let cluster = try LocalCluster(directory: folder + "/postgres")
        try cluster.start(database: "khop", settings: ["fsync=off"])
        let superuser = Database(DatabaseOptions(url: cluster.url(database: "khop", as: .superuser)))
        let database = Database(DatabaseOptions(url: cluster.url(database: "khop", as: .owner)))
        do {
            _ = try await database.query("create table thing (id bigint)")
            _ = try await superuser.query("alter system set synchronous_standby_names = 'nobody'")
            _ = try await superuser.query("select pg_reload_conf()")
            try await until("the standby is awaited") {
                try await superuser.query("show synchronous_standby_names").row().get(0, as: String.self) == "nobody"
            }
            try await body(database, superuser)
        } catch { Issue.record(error) }
        await database.close()
        await superuser.close()
        try cluster.stop()
        try FileManager.default.removeItem(atPath: folder)
    }

    /// Cancels the commit that waits for a standby.
    private func cancelWait(_ superuser: Database) async throws {
        try await until("a commit waits and is cancelled") {
            let cancelled = try await superuser.query(
                "select count(pg_cancel_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep'"
            )
            return try cancelled.row().get(0, as: Int64.self) == 1
        }
    }

    @Test func `a commit whose wait for the standby was cancelled is not acknowledged`() async throws {
        try await withoutStandby { database, superuser in
            let transaction = Task {
                try await database.transaction { _ = try $0.query("insert into thing values (1)") }
            }
            try await cancelWait(superuser)
            let ofTransaction = await #expect(throws: PostgresError.self) { try await transaction.value }
            #expect(ofTransaction?.isUnavailable == true)
            let statement = Task { try await database.query("insert into thing values (2)") }
            try await cancelWait(superuser)
            let ofStatement = await #expect(throws: PostgresError.self) { _ = try await statement.value }
            #expect(ofStatement?.isUnavailable == true)
            // Both are on this disk, as PostgreSQL warns; and the connection goes on.
            let count = try await database.query("select count(*) from thing").row().get(0, as: Int64.self)
            #expect(count == 2)
        }
    }

    @Test func `a server that only reads, as a standby does, is unavailable`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            var options = options
            options.settings.append(("default_transaction_read_only", "on"))
            let database = Database(options)
            let error = await #expect(throws: PostgresError.self) {
                _ = try await database.query("create table thing (id bigint)")
            }
            #expect(error?.sqlState == .readOnlyTransaction && error?.isUnavailable == true)
            await database.close()
        }
    }
}
