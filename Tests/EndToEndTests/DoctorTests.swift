import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// `khop doctor`: what it finds, what it advises, and that it changes nothing.
@Suite struct DoctorTests {
    /// Runs it over a database with a home of its own, whose files are as the test makes them.
    private static func doctor(
        _ options: DatabaseOptions?,
        _ environment: [String: String] = [:],
        _ arguments: [String] = [],
        prepare: (String) throws -> Void = { _ in }
    ) throws -> (status: Int32, levels: [String: String], output: JSON) {
        let home = FileManager.default.temporaryDirectory.path + "/khop-doctor-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: home + "/seals",
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        defer { do { try FileManager.default.removeItem(atPath: home) } catch {} }
        for name in ["secret.key", "seal.key"] {
            let key = Data((0..<32).map { UInt8($0 &* 7 &+ 3) }).base64EncodedString()
            try Data(key.utf8).write(to: URL(fileURLWithPath: home + "/" + name))
            _ = chmod(home + "/" + name, 0o600)
        }
        try Data().write(to: URL(fileURLWithPath: home + "/seals/seals.jsonl"))
        try prepare(home)
        let told = ["KHOP_HOME": home].merging(environment) { $1 }
        let ended = try KhopProgram(options).run(["doctor", "--json"] + arguments, told)
        let output = try JSON.parse(ended.output.utf8)
        var levels: [String: String] = [:]
        for finding in output["findings"]?.array ?? [] {
            levels[finding["name"]?.string ?? ""] = finding["level"]?.string
            let isFine = finding["level"] == "ok"
            #expect(finding["advice"]?.isNull == isFine, "\(finding)")
        }
        return (ended.status, levels, output)
    }

    @Test func `a sound installation is told so, and what weakens it is told apart`() async throws {
        try await TestDatabase.with { options in
            let marker = FileManager.default.temporaryDirectory.path + "/khop-backup-\(UUID().uuidString)"
            try Data().write(to: URL(fileURLWithPath: marker))
            defer { do { try FileManager.default.removeItem(atPath: marker) } catch {} }
            let environment = [
                "KHOP_PUBLIC_URL": "https://pay.example.vn",
                "KHOP_SEAL_WITNESS_URL": "https://witness.example.vn/seals",
                "KHOP_BACKUP_MARKER": marker,
            ]
            let (status, levels, output) = try Self.doctor(options, environment)
            #expect(status == 0 && output["ok"] == true, "\(output)")
            for name in [
                "database", "clock", "migrations", "rights", "seals", "public_url", "sslmode", "witness",
                "seal_file", "backup",
            ] { #expect(levels[name] == "ok", "\(name)") }
            #expect(levels["disk"] == "unknown")
            let plain = try Self.doctor(options)
            #expect(plain.status == 0 && plain.levels["public_url"] == "weak" && plain.levels["witness"] == "weak")
            #expect(plain.levels["backup"] == "unknown")
            let named = try Self.doctor(
                options,
                ["KHOP_SECRET_KEY": Data((0..<32).map { $0 &* 5 }).base64EncodedString()]
            )
            #expect(named.levels["secret_key"] == "weak")
        }
    }

    @Test func `each thing that is wrong is named, and the exit code says so`() async throws {
        try await TestDatabase.with { options in
            let wide = try Self.doctor(options) { home in _ = chmod(home + "/secret.key", 0o644) }
            #expect(wide.status == 1 && wide.levels["secret_key"] == "wrong")
            let open = try Self.doctor(options) { home in _ = chmod(home, 0o755) }
            #expect(open.status == 1 && open.levels["home"] == "wrong")
            let none = try Self.doctor(options) {
                try FileManager.default.removeItem(atPath: $0 + "/seals/seals.jsonl")
            }
            #expect(none.status == 1 && none.levels["seal_file"] == "wrong")
            let old = try Self.doctor(options) { home in
                let yesterday = Date().addingTimeInterval(-90_000)
                let path = home + "/seals/seals.jsonl"
                try FileManager.default.setAttributes([.modificationDate: yesterday], ofItemAtPath: path)
            }
            #expect(old.levels["seal_file"] == "wrong")
            let backup = try Self.doctor(options, ["KHOP_BACKUP_MARKER": "/nowhere/backup"])
            #expect(backup.status == 1 && backup.levels["backup"] == "wrong")
            let database = Database(options)
            _ = try await database.query(
                """
                insert into audit_entry (happened_at, actor_id, actor_name, action, subject)
                values (now() - interval '10 minutes', 'a', 'A', 'test', 'unsealed')
                """
            )
            await database.close()
            #expect(try Self.doctor(options).levels["seals"] == "wrong")
        }
    }

    @Test func `a database that is away, of another version or given too much is told`() async throws {
        let away = try Self.doctor(DatabaseOptions(url: "host=/nowhere dbname=khop user=khop_app"))
        #expect(away.status == 1 && away.levels["database"] == "wrong" && away.levels["clock"] == nil)
        let remote = DatabaseOptions(url: "postgresql://khop_app@192.0.2.1:1/khop?connect_timeout=1&sslmode=require")
        #expect(try Self.doctor(remote).levels["sslmode"] == "wrong")
        try await TestDatabase.with(as: .owner) { options in
            let owner = try Self.doctor(options)
            #expect(owner.status == 1 && owner.levels["rights"] == "wrong")
            let database = Database(options)
            _ = try await database.query("update schema_routine set checksum = 'another'")
            await database.close()
            #expect(try Self.doctor(options).levels["migrations"] == "wrong")
        }
    }
}
