import Collection
import Foundation
import PureSupport
import TestSupport
import Testing
import Values

/// Bundles of a period, checked by the program that lies in them.
@Suite struct InspectionTests {
    private static let today = Instant.now().day

    /// A bundle of everything that was sealed today, in a folder of its own.
    private static func with(
        _ world: SealedWorld,
        _ days: ClosedRange<Day> = today...today,
        _ body: (String, Inspection.Summary) async throws -> Void
    ) async throws {
        let folder = Repository.home + "/inspection-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        let summary = try await world.services.inspection.export(days, into: folder, by: .setter)
        try await body(folder, summary)
    }

    /// What verify.py prints, and whether it is content.
    private static func verify(_ folder: String, _ key: String? = nil) throws -> (isRight: Bool, text: String) {
        let ended = try OtherProgram.finish(
            OtherProgram.python,
            [folder + "/verify.py", folder] + (key.map { [$0] } ?? [])
        )
        let text = String(decoding: ended.output, as: UTF8.self) + String(decoding: ended.errors, as: UTF8.self)
        return (ended.status == 0, text)
    }

    /// Runs statements on the bundle's database.
    private static func change(_ folder: String, _ sql: String) throws {
        let script = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as d: d.executescript(sys.argv[2])"
        _ = try OtherProgram.run(OtherProgram.python, ["-c", script, folder + "/inspection.sqlite", sql])
    }

    private static func query(_ folder: String, _ sql: String) throws -> String {
        let script = "import sqlite3, sys\nprint(*[r[0] for r in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])])"
        let printed = try OtherProgram.run(OtherProgram.python, ["-c", script, folder + "/inspection.sqlite", sql])
        return String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func `a bundle is checked without Khớp, and one changed byte of a row is named`() async throws {
        try await SealedWorld.with { world in
            var random = Seeded("inspection")
            try await world.fill(days: 3, &random)
            let key = try #require(world.services.sealPublicKey)
            try await Self.with(world) { folder, summary in
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == Inspection.files.sorted()
                )
                let right = try Self.verify(folder, key)
                #expect(right.isRight, "\(right.text)")
                let told = Dictionary(uniqueKeysWithValues: summary.entries.map { ($0.table, $0.count) })
                for table in ["audit_entry", "ledger_transfer", "bank_notice", "statement_line", "row_version", "seal"]
                {
                    let count = try Self.query(folder, "select count(*) from \(table)")
                    #expect(count == String(told[table] ?? 0) && count != "0", "\(table)")
                }
                // The export itself is in the bundle.
                #expect(try Self.query(folder, "select count(*) from audit_entry where action = 'audit.export'") == "1")
                let changes = [
                    (
                        "audit_entry", "update audit_entry set actor_name = actor_name || 'x' where id = 2",
                        "audit_entry 2"
                    ),
                    (
                        "ledger_transfer", "update ledger_transfer set amount = amount + 1 where id = 3",
                        "ledger_transfer 3"
                    ),
                    (
                        "statement_line", "update statement_line set personal_hash = upper(personal_hash)",
                        "personal_hash"
                    ),
                    ("bank_notice", "delete from bank_notice where id = 1", "missing"),
                    ("audit_entry", "insert into audit_entry (leaf_index, id) values (-1, 0)", "never sealed"),
                    ("audit_entry", "update audit_entry set request_id = '' where id = 2", "request_id"),
                ]
                for (table, sql, name) in changes {
                    let copy = folder + "-\(UUID().uuidString)"
                    try FileManager.default.copyItem(atPath: folder, toPath: copy)
                    defer { do { try FileManager.default.removeItem(atPath: copy) } catch {} }
                    try Self.change(copy, sql)
                    let wrong = try Self.verify(copy, key)
                    #expect(!wrong.isRight && wrong.text.contains(table) && wrong.text.contains(name), "\(wrong.text)")
                }
            }
        }
    }

    @Test func `proofs that were changed, left out, or signed by another are found`() async throws {
        try await SealedWorld.with { world in
            var random = Seeded("inspected proofs")
            try await world.fill(days: 1, &random)
            let key = try #require(world.services.sealPublicKey)
            try await Self.with(world) { folder, _ in
                let path = folder + "/proofs.jsonl"
                let proofs = try String(contentsOfFile: path, encoding: .utf8)
                var lines = proofs.split(separator: "\n").map { String($0) }
                #expect(lines.count > 20)
                // A row and its entry, changed together.
                try Self.change(folder, "update audit_entry set subject = 'case:9' where id = 1")
                let place = try #require(lines.firstIndex { $0.contains("\"audit_entry(1,") })
                let subject = try Self.query(folder, "select detail from audit_entry where id = 1")
                #expect(!subject.isEmpty)
                let entry = try JSON.parse(lines[place].utf8)["entry"]?.string ?? ""
                let parts = entry.split(separator: ",", omittingEmptySubsequences: false)
                lines[place] = lines[place].replacing(String(parts[7]), with: "case:9")
                try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
                let forged = try Self.verify(folder, key)
                #expect(!forged.isRight && forged.text.contains("audit_entry 1: its entry"), "\(forged.text)")
                var fewer = proofs.split(separator: "\n").map { String($0) }
                fewer.remove(at: 7)
                try (fewer.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
                #expect(try Self.verify(folder, key).text.contains("is missing"))
                try proofs.write(toFile: path, atomically: true, encoding: .utf8)
                let other = Data(repeating: 7, count: 32).base64EncodedString()
                #expect(try Self.verify(folder, other).text.contains("the last seal: its signature"))
            }
        }
    }

    @Test func `the bundles of two periods hold every entry once, and the second goes on from the first`() async throws
    {
        try await SealedWorld.with { world in
            let sealer = try #require(world.services.sealer)
            let yesterday = Instant.now().adding(seconds: -86_400)
            // Blocks of 1,024 entries and what begins in the middle of one.
            for count in [700, 1500, 10] {
                _ = try await world.query(
                    """
                    insert into audit_entry (actor_id, actor_name, action, subject, detail)
                    select 'a', 'Nguyễn "A", (B)\\', 'test', 'n:' || n, jsonb_build_object('text', E'hai\\ndòng, "x"')
                    from generate_series(1, \(count)) n
                    """
                )
                for _ in 0..<6 { _ = try await sealer.pass(at: yesterday) }
            }
            _ = try await world.query(
                """
                insert into audit_entry (actor_id, actor_name, action, subject)
                select 'a', '', 'test', 'm:' || n from generate_series(1, 3000) n
                """
            )
            let key = try #require(world.services.sealPublicKey)
            let before = yesterday.day
            var seen = 0
            for days in [before...before, Self.today...Self.today] {
                try await Self.with(world, days) { folder, summary in
                    let verified = try Self.verify(folder, key)
                    #expect(verified.isRight, "\(verified.text)")
                    seen += summary.entries.first { $0.table == "audit_entry" }?.count ?? 0
                }
            }
            let sealed = try await world.services.seals.auditEntries()
            #expect(seen == Int(sealed.sealed) && sealed.waiting == 0)
            await #expect(throws: ServiceError.self) {
                try await Self.with(world, Day("2001-01-01")!...Day("2001-01-31")!) { _, _ in }
            }
        }
    }

    @Test func `no name and no account number of a citizen is in a bundle`() async throws {
        try await SealedWorld.with { world in
            var random = Seeded("inspected persons")
            try await world.fill(days: 2, &random)
            _ = try await world.services.database.asOwner(
                "update payment_request set payer_name = 'TRAN THI KIN DAO', payer_evidence_kind = 'citizen_id', payer_evidence_number = '079123456789'"
            )
            try await Self.with(world) { folder, _ in
                for name in Inspection.files where name != "inspection.xlsx" {
                    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
                    for text in ["TRAN THI KIN DAO", "079123456789"] {
                        #expect(bytes.firstRange(of: Data(text.utf8)) == nil, "\(name)")
                    }
                }
                let persons = try await world.query(
                    """
                    select distinct counterparty_name from statement_line where length(counterparty_name) > 5
                    union select distinct counterparty_account from statement_line where length(counterparty_account) > 5
                    """
                ).map { try $0.get(0, as: String.self) }
                let tables = try Data(contentsOf: URL(fileURLWithPath: folder + "/inspection.sqlite"))
                for person in persons { #expect(tables.firstRange(of: Data(person.utf8)) == nil, "\(person)") }
                let names = try OtherProgram.run(
                    OtherProgram.python,
                    [
                        "-c",
                        "import sys, zipfile\nprint(zipfile.ZipFile(sys.argv[1]).read('xl/workbook.xml').decode())",
                        folder + "/inspection.xlsx",
                    ]
                )
                #expect(String(decoding: names, as: UTF8.self).contains("Nhật ký"))
            }
        }
    }
}
