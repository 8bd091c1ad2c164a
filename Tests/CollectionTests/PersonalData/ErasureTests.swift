import Casework
import Collection
import Foundation
import Postgres
import Sealing
import TestSupport
import Testing
import Values

/// What is kept of a payer, and what is left once it was erased.
@Suite struct ErasureTests {
    @Test func `erased data are nowhere in a dump, and the books and every proof hold`() async throws {
        try await PayerWorld.with { world in
            let request = try await world.request()
            // Too much, so that there is a case with his words in it.
            try await world.pay(request, "FT1", 12_000)
            #expect(try await world.tracesLeft() == PayerWorld.traces)
            let open = try #require(try await world.desk.cases("overpaid").first?["id"]?.integer)
            await expectRefused(.conflict) { try await world.erase(.reference(request.reference)) }
            try await world.writeOff(open)

            _ = try await world.sealed.sealAll()
            let before = try await world.services.sealProver.prove("bank_notice", id: try await world.notice())
            let line = try await world.services.sealProver.prove("statement_line", id: try await world.line())
            let erased = try await world.erase(.reference(request.reference))
            #expect(erased.requests == 1 && erased.texts == 2 && erased.cases == 1 && erased.refunds == 0)
            #expect(erased.kept.isEmpty)
            #expect(try await world.tracesLeft() == [])

            _ = try await world.sealed.sealAll()
            #expect(try await world.sealed.faults() == [])
            #expect(try await world.services.ledger.verify().allSatisfy(\.ok))
            // The entries are the same letter by letter, so that proofs that were given out still hold, and new ones too.
            let after = try await world.services.sealProver.prove("bank_notice", id: try await world.notice())
            #expect(after.entry == before.entry)
            try after.proof.verify(Array(before.entry.utf8), under: world.sealed.key.verification)
            try before.proof.verify(Array(after.entry.utf8), under: world.sealed.key.verification)
            let proved = try await world.services.sealProver.prove("statement_line", id: try await world.line())
            #expect(proved.entry == line.entry)

            let again = try await world.erase(.reference(request.reference))
            #expect(again.requests == 0 && again.texts == 0)
            let audit = try await world.services.database.query(
                "select actor_id, detail from audit_entry where id = \(erased.auditEntry)::bigint"
            ).row()
            #expect(try audit.get(0, as: String.self) == PayerWorld.admin.id)
            #expect(try audit.get(1, as: JSON.self)["why"]?.string?.contains("letter 17") == true)
        }
    }

    @Test func `what an undone statement brought is erased too`() async throws {
        try await PayerWorld.with { world in
            let request = try await world.request()
            try await world.pay(request, "FT1")
            let statement = try await world.services.database.query("select max(id) from statement").row().get(
                0,
                as: Int64.self
            )
            _ = try await world.services.statementUndos.undo(statement, note: "wrong file", by: TestPerson.hoa)
            #expect(try await world.services.database.query("select 1 from statement_line").isEmpty)
            _ = try await world.erase(.identity(PayerWorld.identity))
            #expect(try await world.tracesLeft() == [])
            _ = try await world.sealed.sealAll()
            #expect(try await world.sealed.faults() == [])
        }
    }

    @Test func `by an account what its holder paid is found, masked as who asks sees it`() async throws {
        try await PayerWorld.with { world in
            let request = try await world.request()
            try await world.pay(request, "FT1")
            let found = try await world.services.personalData.find(.account(PayerWorld.account), by: PayerWorld.admin)
            #expect(found.json["statement_lines"]?.array?.count == 1 && found.json["notices"]?.array?.count == 1)
            // He may have paid for somebody else, whose request it is.
            #expect(found.json["payment_requests"] == [])
            _ = try await world.erase(.account(PayerWorld.account))
            #expect(
                try await Set(world.tracesLeft()) == [
                    PayerWorld.name, PayerWorld.identity, PayerWorld.place, PayerWorld.contact,
                ]
            )
            let looked = try await world.services.database.query(
                "select detail::text from audit_entry where action = 'personal_data.find'"
            ).row().get(0, as: String.self)
            #expect(!looked.contains(PayerWorld.account) && looked.contains("***223"))
        }
    }

    @Test func `whoever changes or removes words instead of erasing them is found`() async throws {
        try await PayerWorld.with { world in
            let request = try await world.request()
            try await world.pay(request, "FT1")
            _ = try await world.sealed.sealAll()
            let notice = try await world.notice()
            let verification = world.services.sealVerification
            let told = try verification.told()
            func faults(after sql: String) async throws -> [String] {
                try await world.sealed.asSuperuser { tx in
                    try tx.script(sql)
                    let found = try verification.verify(tx, told: told).faults.map { $0[.english] }
                    try tx.script("rollback; begin")
                    return found
                }
            }
            let gone = "update bank_notice set memo = null, raw = null, salt = null where id = \(notice);"
            #expect(try await !faults(after: gone).isEmpty)
            // With the right hash, but no entry of the audit that says who did it.
            let kept = """
                insert into erased_entry select 4, id, notice_personal_hash(bank_notice), (select max(id) from audit_entry)
                from bank_notice where id = \(notice);
                """
            #expect(try await faults(after: kept + gone).contains { $0.contains("not what audit_entry") })
            _ = try await world.erase(.reference(request.reference))
            _ = try await world.sealed.sealAll()
            #expect(try await world.sealed.faults() == [])
            // Other words in the place of the erased ones, and one erasure more than was recorded.
            #expect(try await !faults(after: "update bank_notice set memo = 'x' where id = \(notice)").isEmpty)
            let second = try await world.request()
            try await world.pay(second, "FT2")
            _ = try await world.sealed.sealAll()
            let other = try await world.services.database.query("select max(id) from bank_notice").row().get(
                0,
                as: Int64.self
            )
            let under = """
                insert into erased_entry select 4, id, notice_personal_hash(bank_notice),
                    (select max(audit_entry_id) from erased_entry) from bank_notice where id = \(other);
                update bank_notice set memo = null, raw = null, salt = null where id = \(other);
                """
            #expect(try await faults(after: under).contains { $0.contains("not what audit_entry") })
        }
    }

    @Test func `the service can erase nothing unseen, and change nothing by it`() async throws {
        try await PayerWorld.with { world in
            let request = try await world.request()
            try await world.pay(request, "FT1")
            _ = try await world.sealed.sealAll()
            let notice = try await world.notice()
            func attempt(_ sql: String) async -> String? {
                let error = await #expect(throws: PostgresError.self, "\(sql)") {
                    try await world.services.database.transaction { tx in try tx.script(sql) }
                }
                return error?.constraint ?? error?.sqlState?.code
            }
            let entry = try await world.services.database.query("select max(id) from audit_entry").row().get(
                0,
                as: Int64.self
            )
            #expect(
                await attempt("select erase_texts(4::smallint, '{\(notice)}', \(entry))")
                    == "erased_entry_recorded_check"
            )
            let recorded = """
                insert into audit_entry (actor_id, actor_name, action, subject, detail)
                values ('a', 'A', 'personal_data.erase', 'x', '{"texts": 1}');
                """
            #expect(
                await attempt(
                    recorded + "select erase_texts(4::smallint, '{999999}', (select max(id) from audit_entry))"
                ) == "erased_entry_sealed_check"
            )
            for sql in [
                "update bank_notice set memo = null", "update statement_line set counterparty_name = 'X'",
                "update payment_request set payer_name = 'X'", "update refund set salt = null",
                "insert into erased_entry values (4, \(notice), 'x', \(entry))",
                "update erased_entry set personal_hash = 'x'",
            ] { #expect(await attempt(sql) == "42501", "\(sql)") }
            #expect(
                await attempt("select drop_raw_bodies(0, now() - interval '29 days', 10)")
                    == "bank_notice_raw_kept_check"
            )
            // The owner himself is kept from changing a fact by anything but erasing it.
            await #expect(throws: PostgresError.self) {
                try await world.services.database.asOwner("update bank_notice set memo = 'other words'")
            }
            await #expect(throws: PostgresError.self) {
                try await world.services.database.asOwner("update statement_line set memo = null")
            }
        }
    }

    @Test func `a rejected refund forgets its payee, and so does the answer that was kept`() async throws {
        try await PayerWorld.with { world in
            let request = try await world.request()
            try await world.pay(request, "FT1", 12_000)
            let open = try #require(try await world.desk.cases("overpaid").first?["id"]?.integer)
            let refund = try await world.askBack(open)
            await expectRefused(.conflict) { try await world.erase(.reference(request.reference)) }
            _ = try await world.services.refunds.reject(refund, note: "wrong account", by: TestPerson.approver)
            _ = try await world.services.database.query(
                """
                insert into idempotency_key (owner_id, key, request_hash, status, body) values (\(request.id)::uuid, 'k', '\\x00', 201,
                    \(#"{"id": "\#(refund.uuidString.lowercased())", "beneficiary": {"name": "\#(PayerWorld.name)"}}"#))
                """
            )
            try await world.writeOff(open)
            let erased = try await world.erase(.reference(request.reference))
            #expect(erased.refunds == 1 && erased.kept.isEmpty)
            #expect(try await world.tracesLeft() == [])
            #expect(try await world.services.ledger.verify().allSatisfy(\.ok))
        }
    }

    @Test func `an order to the bank is kept as long as the law wants the books, and told of`() async throws {
        try await PayerWorld.with { world in
            let request = try await world.request()
            try await world.pay(request, "FT1", 12_000)
            let refund = try await world.askBack(try await world.desk.only("overpaid"))
            _ = try await world.services.refunds.execute(refund, by: TestPerson.treasurer)
            await expectRefused(.conflict) { try await world.erase(.reference(request.reference)) }
            let mark = try await world.services.refunds.find(refund).endToEndID
            var lines = StatementLines()
            lines.add("FT9", -2000, mark)
            _ = try await lines.imported(into: world.desk)
            let today = Instant.now().day
            _ = try await world.services.reconciliation.run(account: world.desk.account, through: today, by: "test")
            let erased = try await world.erase(.reference(request.reference))
            #expect(erased.refunds == 0 && erased.kept.count == 1)
            #expect(erased.kept.first?[.english].contains(mark) == true)
            #expect(try await Set(world.tracesLeft()) == [PayerWorld.name, PayerWorld.account])
            // Eleven years later the order may go.
            _ = try await world.services.database.asOwner(
                "update refund set requested_at = requested_at - interval '11 years' where id = \(refund)::uuid"
            )
            #expect(try await world.erase(.reference(request.reference)).refunds == 1)
            #expect(try await world.tracesLeft() == [])
        }
    }

    @Test func `a statement that repeats an erased line brings nothing new`() async throws {
        try await PayerWorld.with { world in
            var lines = StatementLines()
            lines.add("", 7000, "\(PayerWorld.name) nop le phi", counterparty: PayerWorld.account)
            lines.add("", 7000, "somebody else", counterparty: "1112223334")
            _ = try await lines.imported(into: world.desk)
            _ = try await world.erase(.account(PayerWorld.account))
            // The same two, and one more of the same amount.
            lines.add("", 7000, "\(PayerWorld.name) nop le phi", counterparty: PayerWorld.account)
            _ = try await lines.imported(into: world.desk)
            let stored = try await world.services.database.query(
                "select count(*), count(memo) from statement_line"
            ).row()
            #expect(try stored.get(0, as: Int64.self) == 3 && stored.get(1, as: Int64.self) == 2)
        }
    }

    private func expectRefused(_ code: ServiceError.Code, _ work: () async throws -> PersonalData.Erased) async {
        let error = await #expect(throws: ServiceError.self) { _ = try await work() }
        #expect(error?.code == code)
    }
}
