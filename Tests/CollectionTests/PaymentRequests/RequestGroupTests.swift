import Collection
import Postgres
import TestSupport
import Testing
import Values

/// Requests are written in groups; each is as if it had been written alone.
@Suite struct RequestGroupTests {
    private func draft(_ dossier: String) throws -> PaymentRequestDraft {
        try PaymentRequestDraft(
            [
                "dossier_code": .string(dossier), "agency_code": "H44.01", "procedure_code": "1.004222",
                "channel": "online",
            ],
            today: Instant.now().day
        )
    }

    private func dossiers(_ services: Services) async throws -> [String: Int64] {
        let rows = try await services.database.query("select dossier_code, count(*) from payment_request group by 1")
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.get(0), try $0.get(1)) })
    }

    @Test func `of many at once, each key makes one request, and every caller gets its answer`() async throws {
        try await TestDatabase.withServices { services in
            let key = try await services.keys.create(role: .portal, name: "p", localityCode: nil).key
            let caller = try await services.keys.authenticate(key, from: "192.0.2.1")
            let answers = try await withThrowingTaskGroup(of: (Int, KeptAnswer).self) { group in
                for number in 0..<300 {
                    group.addTask {
                        // Three calls share a key; every tenth has none.
                        let shared = number / 3
                        let idempotency =
                            shared % 10 == 0
                            ? nil : IdempotencyKey(key: "k\(shared)", request: Array("\(shared)".utf8))
                        let answer = try await services.paymentRequests.create(
                            draft("D\(shared)"),
                            caller: caller,
                            idempotency: idempotency
                        )
                        return (shared, answer)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 300)
            let made = try await dossiers(services)
            for shared in 0..<100 {
                let bodies = answers.filter { $0.0 == shared }.map(\.1)
                let hasKey = shared % 10 != 0
                #expect(made["D\(shared)"] == (hasKey ? 1 : 3))
                #expect(Set(bodies.map(\.body)).count == (hasKey ? 1 : 3))
                #expect(bodies.count(where: \.isRepeated) == (hasKey ? 2 : 0))
            }
        }
    }

    @Test func `one that cannot be written does not fail its neighbours`() async throws {
        try await TestDatabase.withServices { services in
            try await services.database.scriptAsOwner(
                """
                create function broken() returns trigger language plpgsql as $$ begin raise 'broken'; end $$;
                create trigger broken before insert on payment_request
                    for each row when (new.dossier_code like 'BAD%') execute function broken()
                """
            )
            let failed = await withTaskGroup(of: String?.self) { group in
                for number in 0..<120 {
                    let dossier = number % 40 == 7 ? "BAD\(number)" : "D\(number)"
                    group.addTask {
                        do {
                            _ = try await services.paymentRequests.create(
                                draft(dossier),
                                caller: nil,
                                idempotency: nil
                            )
                            return nil
                        } catch { return dossier }
                    }
                }
                return await group.compactMap { $0 }.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(failed == ["BAD7", "BAD47", "BAD87"])
            let made = try await dossiers(services)
            #expect(made.count == 117 && made.values.allSatisfy { $0 == 1 })
        }
    }
}
