import Collection
import Cryptography
import Foundation
import Postgres
import Sealing
import TestSupport
import Testing
import Values

@Suite struct SealTests {
    @Test func `every entry is proved, in few words, and no other text is`() async throws {
        try await SealedWorld.with { world in
            var random = Seeded("sealed entries")
            try await world.fill(days: 6, &random)
            #expect(try await world.faults() == [])
            let last = try #require(try await world.services.seals.last())
            var places: Set<Int64> = []
            for table in SealTests.tables {
                let ids = try await world.query("select id from \(table) order by id").map {
                    try $0.get(0, as: Int64.self)
                }
                #expect(
                    !ids.isEmpty || ["line_notice", "suspense_use"].contains(table),
                    "\(table) has no rows to prove"
                )
                for id in ids where ids.count < 20 || random.chance(2000 / ids.count) {
                    let proved = try await world.services.sealProver.prove(table, id: id)
                    let read = try #require(SealProof(text: proved.proof.text))
                    try read.verify(Array(proved.entry.utf8), under: world.key.verification)
                    #expect(read == proved.proof && read.size == last.head.size)
                    #expect(proved.proof.text.utf8.count < 1000)
                    #expect(places.insert(read.index).inserted, "two entries at \(read.index)")
                    #expect(throws: SealProof.Failure.signature) {
                        try read.verify(Array(proved.entry.utf8) + [0x20], under: world.key.verification)
                    }
                    #expect(throws: SealProof.Failure.otherKey) {
                        try read.verify(Array(proved.entry.utf8), under: SigningKey.random().verification)
                    }
                }
            }
        }
    }

    static let tables = [
        "audit_entry", "ledger_transfer", "payment_request_event", "bank_notice", "statement_line", "line_outcome",
        "line_notice", "case_event", "suspense_use", "row_version",
    ]

    @Test func `each seal's history begins with that of the seals before it`() async throws {
        try await SealedWorld.with { world in
            var random = Seeded("consistent seals")
            try await world.fill(days: 6, &random)
            let seals = try await world.services.seals.list(100).reversed() as [SealRecord]
            #expect(seals.count > 1)
            for (place, first) in seals.enumerated() {
                for second in seals[place...] {
                    let path = try await world.services.sealProver.consistency(of: first, with: second)
                    #expect(
                        MerkleTree.isConsistent(
                            (first.head.size, first.head.root),
                            with: (second.head.size, second.head.root),
                            by: path
                        )
                    )
                }
                #expect(world.key.verification.verifies(first.signature, of: first.head.signed))
            }
        }
    }

    @Test func `a late commit is sealed, and nothing waits for it but the seal`() async throws {
        try await SealedWorld.with { world in
            let sealer = try #require(world.services.sealer)
            try await world.sealAll()
            let before = try #require(try await world.services.seals.last()).head.size
            // It has its id, and has written nothing: a transaction without a number of its own.
            let held = try await HeldEntry(world.services.database)
            _ = try await world.query(SealTests.entry("early"))
            // What an earlier pass noted, before that transaction began, may still be sealed.
            _ = try await sealer.pass()
            for _ in 0..<5 { #expect(try await sealer.pass() == .waiting) }
            #expect(try await world.services.seals.last()?.head.size == before)
            try await held.commit()
            try await world.sealAll()
            // Both, and the entry that chains the seal.
            #expect(try await world.services.seals.last()?.head.size == before + 3)
            #expect(try await world.faults() == [])
        }
    }

    static func entry(_ subject: String) -> String {
        "insert into audit_entry (actor_id, actor_name, action, subject) values ('a', 'A', 'test', '\(subject)')"
    }

    @Test func `with many writers, sealers, verifiers and rows that are given up, each committed row is sealed once`()
        async throws
    {
        try await SealedWorld.with { world in
            let database = world.services.database
            let random = Seeded("writers and sealers")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    var random = Seeded(seed: random.seed &+ UInt64(writer))
                    let commits = (0..<60).map { _ in (random.chance(80), Int.random(in: 1...5, using: &random)) }
                    group.addTask {
                        for (number, (isKept, count)) in commits.enumerated() {
                            try await SealTests.write("\(writer)-\(number)", count, isKept, database)
                        }
                    }
                }
                for _ in 0..<2 {
                    group.addTask { for _ in 0..<40 { _ = try await #require(world.services.sealer).pass() } }
                    // Nothing that is being sealed meanwhile looks like a fault.
                    group.addTask { () async throws -> Void in
                        for _ in 0..<20 {
                            let faults = try await world.faults()
                            #expect(faults == [])
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await world.sealAll()
            #expect(try await world.faults() == [])
            let rows = try await world.query(
                "select count(*) from audit_entry, (select sealed_through from seal_progress where kind = 1) p where id > p.sealed_through"
            )
            #expect(try rows.row().get(0, as: Int64.self) == 0)
            let counted = try await world.query(
                "select (select count(*) from audit_entry), (select sum(entries)::bigint from seal_range where kind = 1)"
            ).row()
            #expect(try counted.get(0, as: Int64.self) == counted.get(1, as: Int64.self))
        }
    }

    private struct GivenUp: Error {}

    private static func write(_ name: String, _ count: Int, _ isKept: Bool, _ database: Database) async throws {
        do {
            try await database.transaction { tx in
                for _ in 0..<count { try tx.script(entry(name)) }
                if !isKept { throw GivenUp() }
            }
        } catch is GivenUp {}
    }

    @Test func `whoever rewrote all of it, with the key, is given away by what was told outside`() async throws {
        try await SealedWorld.with { world in
            var random = Seeded("sealed again")
            try await world.fill(days: 2, &random)
            try await world.tamper(
                """
                update audit_entry set actor_name = 'somebody else';
                delete from seal_range; delete from seal_node; delete from seal; delete from seal_progress;
                """
            )
            let told = try SealWitness(folder: world.folder).records()
            // Into another folder, as a thief of the key would.
            let thief = Sealer(
                world.services.database,
                options: SealingOptions(key: world.key, witness: SealWitness(folder: world.folder + "-thief"))
            )
            defer { try? FileManager.default.removeItem(atPath: world.folder + "-thief") }
            _ = try await thief.sealAll()
            #expect(!told.isEmpty)
            #expect(try await world.faults().contains { $0.contains("written outside") || $0.contains("told outside") })
        }
    }

    @Test func `an unknown key, a wrong signature and a missing seal are told`() async throws {
        try await SealedWorld.with { world in
            var random = Seeded("faults of seals")
            try await world.fill(days: 3, &random)
            let other = SealVerification(world.services.database, options: SealingOptions(key: .random()))
            #expect(try await other.verify().faults.allSatisfy { $0[.english].contains("unknown key") })
            try await world.tamper(
                "update seal set signature = set_byte(signature, 5, get_byte(signature, 5) # 1) where number = 1"
            )
            #expect(try await world.faults().contains("seal 1: its signature is wrong"))
            try await world.tamper("delete from seal_range where seal_number = 1; delete from seal where number = 1")
            #expect(try await world.faults().contains("the seal before number 2 is missing"))
        }
    }
}

/// An entry of the audit that has its id and is not written yet, in a transaction that is under way.
private struct HeldEntry {
    private let gate = DispatchSemaphore(value: 0)
    private let holder: Task<Void, any Error>

    init(_ database: Database) async throws {
        let gate = gate
        let before = try await HeldEntry.given(database)
        holder = Task {
            // The service itself is given no number that it does not use.
            try await TestDatabase.asOwner(database) { owner in
                try await owner.transaction { tx in
                    let id = try tx.query("select nextval(pg_get_serial_sequence('audit_entry', 'id'))").row()
                        .get(0, as: Int64.self)
                    gate.wait()
                    try tx.query(
                        """
                        insert into audit_entry (id, actor_id, actor_name, action, subject) overriding system value
                        values (\(id)::bigint, 'a', 'A', 'test', 'late')
                        """
                    )
                }
            }
        }
        try await until("the transaction has its id") { try await HeldEntry.given(database) > before }
    }

    private static func given(_ database: Database) async throws -> Int64 {
        try await database.query("select coalesce(pg_sequence_last_value('audit_entry_id_seq'), 0)").row().get(0)
    }

    func commit() async throws {
        gate.signal()
        try await holder.value
    }
}
