import Foundation
import Migrations
import Postgres
import TestSupport
import Testing

/// The rules of docs/database.md that can be read off the files.
@Suite struct SchemaFileTests {
    @Test func `a routine's file makes the routine of its name, again and again`() {
        for routine in Migrations.routines {
            let name = routine.name.replacing(".sql", with: "")
            let makes = routine.sql.matches(of: /(?m)^create or replace (?:function|view) (\w+)/).map { String($0.1) }
            #expect(makes == [name], "\(routine.name)")
            let rest = routine.sql.matches(of: /(?m)^create (?!or replace)(\w+ \w+ \w+)/).map { String($0.1) }
            for made in rest {
                let trigger = made.split(separator: " ").last ?? ""
                #expect(made.hasPrefix("constraint trigger"), "\(routine.name) makes \(made) only once")
                #expect(routine.sql.contains("drop trigger if exists \(trigger) on"), "\(routine.name)")
            }
        }
    }

    @Test func `a routine's head says why, what it reads, writes and locks`() {
        for routine in Migrations.routines {
            let head = routine.sql.split(separator: "\n").prefix { $0.hasPrefix("--") }
            for word in ["Why", "Reads", "Writes", "Locks"] {
                #expect(head.count { $0.hasPrefix("-- \(word): ") } == 1, "\(routine.name) does not say: \(word)")
            }
        }
    }

    @Test func `a table's file says why, and is numbered in order`() {
        #expect(Migrations.tables.map(\.version) == Array(1...Migrations.tables.count))
        for migration in Migrations.tables { #expect(migration.sql.hasPrefix("-- Why: "), "\(migration.name)") }
    }

    @Test func `a table's file says whether the program before it may go on`() {
        for migration in Migrations.tables where migration.version > 29 {
            let head = migration.sql.split(separator: "\n").prefix { $0.hasPrefix("--") }
            let words = ["Compatible", "Stop"]
            let said = head.count { line in words.contains { line.hasPrefix("-- \($0): ") } }
            #expect(said == 1, "\(migration.name) says neither -- Compatible: nor -- Stop:, and why")
            #expect(!migration.isApart || !migration.sql.contains("$$"), "\(migration.name) is cut at its semicolons")
        }
    }

    /// PostgreSQL leaves an index behind that was broken off, and never uses it; `if not exists` would take it for the index.
    @Test func `an index that is made beside the work is made anew if it was broken off`() {
        for migration in Migrations.tables where migration.isApart {
            for made in migration.sql.matches(of: /create (?:unique )?index concurrently (\w+)/) {
                let dropped = "drop index concurrently if exists \(made.1);\ncreate"
                #expect(migration.sql.contains(dropped), "\(migration.name): \(made.1)")
            }
            #expect(!migration.sql.contains("concurrently if not exists"), "\(migration.name)")
        }
    }

    @Test func `lines of SQL fit into 120 columns`() {
        for (name, sql) in files() {
            for line in sql.split(separator: "\n") { #expect(line.count <= 120, "\(name): \(line)") }
        }
    }

    @Test func `no routine is longer than 70 lines`() {
        for routine in Migrations.routines {
            let lines = routine.sql.split(separator: "\n", omittingEmptySubsequences: false)
            guard let start = lines.firstIndex(where: { $0.hasPrefix("create or replace function") }),
                let end = lines.lastIndex(where: { $0 == "$$;" || $0 == "end $$;" })
            else { continue }
            #expect(end - start + 1 <= 70, "\(routine.name) has \(end - start + 1) lines")
        }
    }

    @Test func `no routine switches the planner`() {
        for routine in Migrations.routines {
            for line in routine.sql.split(separator: "\n") {
                #expect(!line.contains(/(?i)^\s*set enable_|set_config\('enable_/), "\(routine.name): \(line)")
            }
        }
    }

    @Test func `every routine is used`() throws {
        let root = Repository.root + "/Sources"
        let swift = try #require(FileManager.default.subpaths(atPath: root)).filter { $0.hasSuffix(".swift") }
            .map { try String(contentsOfFile: "\(root)/\($0)", encoding: .utf8) }
        for routine in Migrations.routines {
            let name = routine.name.replacing(".sql", with: "")
            let isTrigger = routine.sql.contains("execute function \(name)(")
            let isCalled = Migrations.routines.contains { $0.name != routine.name && $0.sql.contains(name) }
            let isSelected = swift.contains { $0.contains(name) }
            #expect(isTrigger || isCalled || isSelected, "\(name) is not used: delete it")
        }
    }

    private func files() -> [(name: String, sql: String)] {
        Migrations.tables.map { ($0.name, $0.sql) } + Migrations.migrator.routines.map { ($0.name, $0.sql) }
    }
}
