import Foundation
import Migrations
public import Postgres

/// A PostgreSQL of its own and a standby that follows it, with a migrated database `khop`.
public struct ClusterPair: Sendable {
    public let primary: LocalCluster
    public let standby: LocalCluster

    /// Starts both, and ends both afterwards.
    public static func with(_ body: (ClusterPair) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/khop-pair-\(UUID().uuidString.prefix(8))"
        let primary = try LocalCluster(directory: folder + "/primary")
        let result: Result<Void, any Error>
        do {
            let pair = try await OtherProgram.aside {
                try primary.start(database: "khop", settings: ["fsync=off"])
                return try ClusterPair(
                    primary: primary,
                    standby: primary.startStandby(directory: folder + "/standby")
                )
            }
            try await Migrations.migrator.migrate(DatabaseOptions(url: primary.url(database: "khop", as: .owner)))
            do {
                try await body(pair)
                result = .success(())
            } catch { result = .failure(error) }
            try await OtherProgram.aside { try pair.standby.stop() }
        } catch {
            try await OtherProgram.aside { try primary.stop() }
            throw error
        }
        try await OtherProgram.aside { try primary.stop() }
        try FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    public var options: DatabaseOptions { DatabaseOptions(url: primary.url(database: "khop")) }

    public var standbyOptions: DatabaseOptions { DatabaseOptions(url: standby.url(database: "khop")) }

    /// Lets the standby stand still, or go on.
    public func pause(_ isPaused: Bool) async throws {
        let superuser = Database(DatabaseOptions(url: standby.url(database: "khop", as: .superuser)))
        let call: Query = isPaused ? "select pg_wal_replay_pause()" : "select pg_wal_replay_resume()"
        do { _ = try await superuser.query(call) } catch {
            await superuser.close()
            throw error
        }
        // It has stopped only when it says so.
        try await until("the standby stands still or goes on") {
            let state = try await superuser.query("select pg_get_wal_replay_pause_state()").row().get(
                0,
                as: String.self
            )
            return state == (isPaused ? "paused" : "not paused")
        }
        await superuser.close()
    }

    /// Ends the standby as a power cut does.
    public func killStandby() async throws {
        _ = kill(try standby.processID(), SIGKILL)
        let standby = standby
        try await until("the standby is gone") { try await OtherProgram.aside { !standby.isRunning } }
    }
}
