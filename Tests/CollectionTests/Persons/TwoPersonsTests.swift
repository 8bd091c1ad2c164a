import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// What takes two persons takes two persons in the database too, whoever writes to it.
@Suite struct TwoPersonsTests {
    private func refund(_ services: Services) async throws -> (desk: Desk, id: String) {
        let desk = try await Desk(services)
        let request = try await desk.request()
        _ = try await desk.settle("T1", request.amountDue.dong + 5000, request.reference)
        let payer: JSON = ["bank_bin": "970436", "account_number": "0011223344", "name": "NGUYEN VAN A"]
        let draft = try RefundDraft([
            "payment_request_id": .string(request.reference), "amount": 5000, "reason": "overpaid",
            "beneficiary": payer,
        ])
        let asked = try await services.refunds.request(draft, by: TestPerson.finance)
        return (desk, try #require(try JSON.parse(asked.body)["id"]?.string))
    }

    private func broken(_ services: Services, _ sql: String) async -> String? {
        do {
            _ = try await services.database.query(Query(trustedSQL: sql))
            return nil
        } catch { return (error as? PostgresError)?.constraint }
    }

    @Test func `a refund is approved by a person who is in the table, and not by who asked for it`() async throws {
        try await TestDatabase.withServices { services in
            let (_, id) = try await refund(services)
            func approve(_ actor: String) async -> String? {
                await broken(
                    services,
                    """
                    update refund set state = 'approved', approved_by = '\(actor)', approved_by_name = 'x',
                        approved_at = now() where id = '\(id)'
                    """
                )
            }
            #expect(await approve("key:\(UUID().uuidString.lowercased())") == "refund_approved_check")
            #expect(await approve("cli:root") == "refund_approved_check")
            #expect(await approve(TestPerson.finance.id) == "refund_two_persons_check")
            // Another way to write the same person is the same person.
            #expect(
                await approve("person:" + TestPerson.finance.id.dropFirst(7).uppercased()) == "refund_two_persons_check"
            )
            #expect(await approve("person:\(UUID().uuidString)") == "refund_approved_by_person_fkey")
            #expect(await approve(TestPerson.approver.id) == nil)
        }
    }

    @Test func `who approved a refund is not written as who took its payment file`() async throws {
        try await TestDatabase.withServices { services in
            let (desk, text) = try await refund(services)
            let id = try #require(UUID(uuidString: text))
            _ = try await services.refunds.approve(id, by: TestPerson.approver)
            _ = try await services.refunds.execute(id, by: TestPerson.finance)
            let refused = await refused {
                try await services.refunds.paymentFile(account: desk.account, by: TestPerson.approver)
            }
            #expect(refused?.reason?.code == .approverCannotTakeFile)
            let byHand = await broken(
                services,
                """
                with f as (insert into refund_file (account_number, message_id, created_at, created_by, created_by_id)
                    values ('\(desk.account)', 'KHOPX', now(), 'x', '\(TestPerson.approver.id)') returning id)
                update refund set file_id = f.id from f where refund.id = '\(text)'
                """
            )
            #expect(byHand == "refund_file_person_check")
            let file = try await services.refunds.paymentFile(account: desk.account, by: TestPerson.finance)
            #expect(file.items.count == 1)
        }
    }

    @Test func `nobody who works with the database's rights, and no key, proposes, confirms or signs off`() async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await desk.settle("LOST", 10_000, nil)
            let id = try await desk.only("unknown_reference")
            let cli = try Person(commandLine: "root")
            let writeOff = CaseDecision(.writeOff(amount: nil), note: "x")
            for actor in [cli, Person(id: "key:1", name: "key"), .system] {
                await #expect(throws: (any Error).self) {
                    try await services.caseActions.resolve(id, writeOff, by: actor)
                }
                await #expect(throws: (any Error).self) {
                    try await services.reports.signOff(
                        account: desk.account,
                        day: Instant.now().day.previous,
                        by: actor,
                        acknowledging: "x"
                    )
                }
            }
            _ = try await services.caseActions.resolve(id, writeOff, by: TestPerson.first)
            // The second person too needs a code given just before.
            let stale = Person(id: TestPerson.second.id, name: "Second")
            let refused = await refused { try await services.caseActions.approve(id, by: stale) }
            #expect(refused?.code == .secondFactorNeeded)
            _ = try await services.caseActions.approve(id, by: TestPerson.second)
        }
    }

    @Test func `persons and roles are never deleted, nor are roles rewritten`() async throws {
        try await TestDatabase.withServices { services in
            for sql in [
                "delete from person_role", "delete from person", "update person_role set role = 'admin'",
                "truncate person_role cascade",
            ] {
                await #expect(throws: PostgresError.self, "\(sql)") {
                    try await services.database.asOwner(Query(trustedSQL: sql))
                }
            }
        }
    }
}
