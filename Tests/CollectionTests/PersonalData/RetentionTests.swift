import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// What is kept for a time goes after it, and nothing else.
@Suite struct RetentionTests {
    private func count(_ world: PayerWorld, _ sql: String) async throws -> Int64 {
        try await world.services.database.query(Query(trustedSQL: sql)).row().get(0)
    }

    @Test func `callbacks as received go after their time, and the history holds`() async throws {
        try await PayerWorld.with { world in
            for number in 1...3 {
                let request = try await world.request()
                try await world.pay(request, "FT\(number)", 10_000)
            }
            // Two of them are made old before anything is sealed.
            try await world.sealed.tamper(
                """
                update bank_notice set received_at = received_at - interval '401 days'
                where id < (select max(id) from bank_notice)
                """
            )
            _ = try await world.sealed.sealAll()
            #expect(try await world.sealed.faults() == [])
            let report = try await world.services.retention.run(by: .system)
            #expect(report.messages == 2 && report.texts == 0)
            #expect(try await count(world, "select count(*) from bank_notice where raw is not null") == 1)
            #expect(try await count(world, "select count(*) from bank_notice where memo is null") == 0)
            let id = try await count(world, "select min(id) from bank_notice")
            let gone = await world.desk.refusal {
                try await world.services.callbackReplay.show(.init(place: .recorded, number: id))
            }
            #expect(gone?.code == .notFound)
            _ = try await world.sealed.sealAll()
            #expect(try await world.sealed.faults() == [])
            // The next run goes on where this one stopped.
            #expect(try await world.services.retention.run(by: .system).messages == 0)
            let entries = try await world.services.database.query(
                "select detail ->> 'messages' from audit_entry where action = 'retention.run' order by id"
            ).map { try $0.get(0, as: String.self) }
            #expect(entries == ["2", "0"])
        }
    }

    @Test func `a conflicting message, kept answers and ended sessions go after their time`() async throws {
        try await PayerWorld.with { world in
            let request = try await world.request()
            try await world.pay(request, "FT1", 10_000)
            #expect(try await world.desk.settle("FT1", 11_000, request.reference) == .conflict)
            _ = try await world.services.database.asOwner(
                """
                insert into idempotency_key (owner_id, key, request_hash, status, body)
                values (\(request.id)::uuid, 'k', '\\x00', 201, '{}')
                """
            )
            _ = try await TestPerson.session(.auditor, world.services.database)
            #expect(try await world.services.retention.run(by: .system).json["answers"] == 0)
            for sql in [
                "update reconciliation_case set opened_at = opened_at - interval '401 days'",
                "update idempotency_key set created_at = created_at - interval '401 days'",
                "update person_session set last_used_at = last_used_at - interval '401 days'",
                "update raw_key set month = month - 15",
            ] { _ = try await world.services.database.asOwner(Query(trustedSQL: sql)) }
            let report = try await world.services.retention.run(by: .system)
            #expect(report.messages == 1 && report.answers == 1 && report.sessions == 1 && report.keys == 1)
            #expect(try await count(world, "select count(*) from idempotency_key") == 0)
            let left = "select count(*) from reconciliation_case where evidence::text like '%sealed_body%'"
            #expect(try await count(world, left) == 0)
            #expect(try await count(world, "select count(*) from raw_key") == 0)
            _ = try await world.sealed.sealAll()
            #expect(try await world.sealed.faults() == [])
        }
    }

    @Test func `after ten years names and words leave the books, and the amounts stay`() async throws {
        try await PayerWorld.with { world in
            let request = try await world.request()
            try await world.pay(request, "FT1", 10_000)
            _ = try await world.sealed.sealAll()
            let sums = "select sum(amount)::bigint from ledger_transfer"
            let before = try await count(world, sums)
            #expect(try await world.services.retention.run(by: .system).texts == 0)
            // As if everything were older than that.
            var times = RetentionTimes()
            times.bookYears = -1
            let report = try await Retention(world.services.database, times: times).run(by: .system)
            #expect(report.texts == 2 && report.names == 1)
            #expect(try await world.tracesLeft() == [])
            #expect(try await count(world, sums) == before)
            _ = try await world.sealed.sealAll()
            #expect(try await world.sealed.faults() == [])
            #expect(try await world.services.ledger.verify().allSatisfy(\.ok))
        }
    }

    @Test func `of several servers one runs it on a day`() async throws {
        try await PayerWorld.with { world in
            let day = Instant.now().day
            let ran = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 { group.addTask { try await world.services.retention.runOnce(on: day) != nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(ran == 1)
            #expect(try await world.services.retention.runOnce(on: day.adding(days: 1)) != nil)
            #expect(try await world.services.retention.runOnce(on: day) == nil)
            let shown = try await world.services.retention.show()
            #expect(shown["last_run"]?.string == day.adding(days: 1).description)
            #expect(shown["kept"]?.array?.count == 5)
        }
    }
}
