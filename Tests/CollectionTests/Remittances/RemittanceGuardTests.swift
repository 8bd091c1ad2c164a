import Casework
import Collection
import Postgres
import TestSupport
import Testing
import Values

/// What the database refuses of orders to the Treasury, whoever writes it.
@Suite struct RemittanceGuardTests {
    private func refused(_ services: Services, _ query: Query) async throws -> String? {
        do {
            _ = try await services.database.asOwner(query)
            return nil
        } catch let error as PostgresError { return error.constraint ?? error.description }
    }

    @Test func `orders, their lines and who decided are held together by the database itself`() async throws {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services)
            try await treasury.paid("FT1")
            let order = try await treasury.made()
            let id = order.id
            let own: Query = """
                update remittance set state = 'approved', approved_by = made_by, approved_by_name = 'x', approved_at = now()
                where id = \(id)
                """
            #expect(try await refused(services, own) == "remittance_two_persons_check")
            let jump: Query = """
                update remittance set state = 'sent', approved_by = \(try Drawer.id(TestPerson.nam))::uuid,
                    approved_by_name = 'x', approved_at = now(), sent_by = made_by, sent_by_name = 'x', sent_at = now(),
                    sent_on = current_date
                where id = \(id)
                """
            #expect(try await refused(services, jump) == "remittance_transition_check")
            #expect(
                try await refused(services, "update remittance set amount = 1 where id = \(id)")
                    == "remittance_facts_check"
            )
            let line: Query = """
                insert into remittance_line (remittance_id, line, chapter, budget_code, name, amount)
                values (\(id), 9, '860', '9999', 'x', 5)
                """
            #expect(try await refused(services, line) == "remittance_lines_check")
            #expect(try await refused(services, "update remittance_line set amount = 1") != nil)
            #expect(try await refused(services, "delete from remittance") != nil)
            #expect(try await refused(services, "update treasury_payer set tax_code = '0100000001'") != nil)
            _ = try await services.remittances.approve(id, by: TestPerson.nam, within: nil)
            let taker: Query = """
                update remittance set state = 'sent', sent_by = approved_by, sent_by_name = 'x', sent_at = now(),
                    sent_on = current_date
                where id = \(id)
                """
            #expect(try await refused(services, taker) == "remittance_taker_check")
            _ = try await services.remittances.send(id, by: TestPerson.lan, within: nil)
            try await treasury.desk.expectCleanBooks()
        }
    }

    @Test func `the check of the books finds an order that was changed unseen`() async throws {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services)
            try await treasury.paid("FT1")
            let order = try await treasury.sent()
            try await services.database.scriptAsOwner(
                """
                alter table remittance disable trigger user;
                update remittance set amount = 15000 where id = \(order.id);
                """
            )
            let found = try await services.ledger.verify().filter { !$0.ok }.map(\.name)
            #expect(found.contains("remittances_are_booked"), "\(found)")
        }
    }
}
