import Casework
import Collection
import Postgres
import TestSupport
import Testing
import Values

/// What the database refuses of shifts, whoever writes it.
@Suite struct ShiftGuardTests {
    private func refused(_ drawer: Drawer, _ query: Query) async throws -> String? {
        do {
            _ = try await drawer.services.database.asOwner(query)
            return nil
        } catch let error as PostgresError { return error.constraint ?? error.description }
    }

    @Test func `shifts, counts, takings and deposits are held together by the database itself`() async throws {
        try await TestDatabase.withServices { services in
            let drawer = try await Drawer(services)
            let shift = try await drawer.open()
            try await drawer.take(try await drawer.request())
            let (id, notice) = (
                shift.id, try await services.shifts.takings(of: shift.id)[0].noticeID
            )
            // Nobody writes that the drawer held what was neither taken nor counted.
            #expect(
                try await refused(
                    drawer,
                    """
                    update shift set state = 'closed', count_turn = 1, expected_cash = 1, counted_cash = 1,
                        counted_at = now(), closed_at = now() where id = \(id)
                    """
                ) == "shift_sums_check"
            )
            #expect(
                try await refused(drawer, "update shift set float_amount = 0 where id = \(id)") == "shift_facts_check"
            )
            #expect(try await refused(drawer, "update shift_taking set amount = 1") != nil)
            #expect(try await refused(drawer, "delete from shift_taking") != nil)
            #expect(try await refused(drawer, "delete from shift") != nil)
            let waiting = try await drawer.close(shift, 510_000, why: "thiếu")
            #expect(waiting.state == .counted)
            let own: Query = """
                update shift set state = 'closed', approved_by = cashier, approved_by_name = 'x', approval_note = 'x',
                    closed_at = now() where id = \(id)
                """
            #expect(try await refused(drawer, own) == "shift_two_persons_check")
            let nobody: Query = "update shift set state = 'closed', closed_at = now() where id = \(id)"
            #expect(try await refused(drawer, nobody) == "shift_approved_check")
            // Nothing more goes in once it was counted.
            let other = try await drawer.open(Drawer.hien)
            let late: Query = """
                insert into shift_taking (notice_id, shift_id, channel, amount, taken_by, taken_at)
                select notice_id + 1000, shift_id, channel, amount, taken_by, now() from shift_taking
                """
            #expect(try await refused(drawer, late) == "shift_taking_open_check")
            let twice: Query = """
                insert into shift_taking (notice_id, shift_id, channel, amount, taken_by, taken_at)
                values (\(notice), \(other.id), 'counter_cash', 20000, \(try Drawer.id(Drawer.hien))::uuid, now())
                """
            #expect(try await refused(drawer, twice) == "shift_taking_pkey")
            _ = try await services.shifts.approve(id, note: "ok", by: TestPerson.approver, within: nil)
            #expect(
                try await refused(drawer, "update shift set counted_cash = 1 where id = \(id)") == "shift_facts_check"
            )
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test func `the check of the books finds a taking and a count that were changed unseen`() async throws {
        try await TestDatabase.withServices { services in
            let drawer = try await Drawer(services)
            let shift = try await drawer.open()
            try await drawer.take(try await drawer.request())
            _ = try await drawer.close(shift, 520_000)
            try await services.database.scriptAsOwner(
                """
                alter table shift_taking disable trigger user;
                update shift_taking set amount = 15000;
                """
            )
            let found = try await services.ledger.verify().filter { !$0.ok }.map(\.name)
            #expect(found.contains("shifts_add_up"), "\(found)")
        }
    }
}
