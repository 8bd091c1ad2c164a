import Casework
import Collection
import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// Shifts of cashiers: what goes in, what comes out, how they end.
@Suite struct ShiftTests {
    private func withDrawer(_ body: (Drawer) async throws -> Void) async throws {
        try await TestDatabase.withServices { services in try await body(try await Drawer(services)) }
    }

    @Test func `a person takes cash in an open shift of her own, and a program as before`() async throws {
        try await withDrawer { drawer in
            let (one, two) = (try await drawer.request(), try await drawer.request())
            try await Drawer.expect("shift_needed") { try await drawer.take(one) }
            // A card is taken without a drawer.
            let card = try await drawer.request()
            try await drawer.take(card, .counterCard, slip: "S-1")
            let shift = try await drawer.open()
            try await Drawer.expect("shift_open_already") { _ = try await drawer.open() }
            try await Drawer.expect("shift_needed") { try await drawer.take(one, by: Drawer.hien) }
            let elsewhere = try await drawer.request("H44.02")
            try await Drawer.expect("shift_needed") { try await drawer.take(elsewhere) }
            try await Drawer.expect("cash_too_little") { try await drawer.take(one, tendered: 19_999) }
            try await drawer.take(one, tendered: 50_000)
            _ = try await drawer.services.counterPayments.take(
                CounterPayments.Taken(.id(two.id), by: .counterCash, amount: Money(20_000)),
                caller: nil
            )
            let found = try await drawer.services.shifts.find(shift.id, within: nil)
            #expect(found.expected == Money(520_000) && found.sums.map(\.count) == [1])
            let takings = try await drawer.services.shifts.takings(of: shift.id)
            #expect(takings.map(\.change) == [Money(30_000)] && takings[0].receipts.count == 1)
            #expect(try await drawer.desk.balance("desk", Drawer.agency) == 40_000)
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test func `a drawer that meets closes at once, and takes nothing more`() async throws {
        try await withDrawer { drawer in
            let shift = try await drawer.open()
            try await drawer.take(try await drawer.request())
            let closed = try await drawer.close(shift, 520_000)
            #expect(closed.state == .closed && closed.difference == .zero && closed.toDeposit == Money(20_000))
            let late = try await drawer.request()
            try await Drawer.expect("shift_needed") { try await drawer.take(late) }
            try await Drawer.expect("shift_cannot") { _ = try await drawer.close(shift, 520_000) }
            // The next day begins with another.
            _ = try await drawer.open()
            try await drawer.take(late)
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test(arguments: [519_000, 523_500]) func `a difference is explained, decided on by another person, and booked`(
        _ counted: Int64
    ) async throws {
        try await withDrawer { drawer in
            let shift = try await drawer.open()
            try await drawer.take(try await drawer.request())
            try await Drawer.expect("shift_unexplained") { _ = try await drawer.close(shift, counted) }
            let waiting = try await drawer.close(shift, counted, why: "trả nhầm tiền lẻ")
            #expect(waiting.state == .counted && waiting.difference == Money(counted - 520_000))
            let own = try await Drawer.refusal {
                _ = try await drawer.services.shifts.approve(shift.id, note: "x", by: Drawer.mai, within: nil)
            }
            #expect(own == "shift_own_difference")
            #expect(try await drawer.desk.balance("desk", Drawer.agency) == 20_000)
            let closed = try await drawer.services.shifts.approve(
                shift.id,
                note: "đã kiểm tra lại",
                by: TestPerson.approver,
                within: nil
            )
            #expect(closed.state == .closed && closed.approvedByName == TestPerson.approver.name)
            #expect(try await drawer.desk.balance("desk", Drawer.agency) == counted - 500_000)
            #expect(try await drawer.desk.balance("cash_difference", Drawer.agency) == 520_000 - counted)
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test func `what was counted wrong is counted again, and each count is kept`() async throws {
        try await withDrawer { drawer in
            let shift = try await drawer.open()
            _ = try await drawer.close(shift, 490_000, why: "chưa rõ")
            let closed = try await drawer.close(shift, 500_000)
            #expect(closed.state == .closed && closed.explanation == nil && closed.count?.total == Money(500_000))
            let turns: Int64 = try await drawer.services.database.query(
                "select count(distinct turn) from shift_count"
            ).row().get(0)
            #expect(turns == 2)
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test func `a refund that is paid by hand leaves the drawer once`() async throws {
        try await withDrawer { drawer in
            let refund = try await drawer.refundByHand("T1", 7000)
            let shift = try await drawer.open(float: 5000)
            func give(_ id: UUID, by person: Person = Drawer.mai) async throws -> String? {
                try await Drawer.refusal {
                    _ = try await drawer.services.shifts.giveBack(id, in: shift.id, by: person, within: nil)
                }
            }
            let waiting = try await drawer.services.shifts.handouts(at: Drawer.agency)
            #expect(waiting.map(\.id) == [refund] && waiting.map(\.amount) == [Money(7000)])
            #expect(try await drawer.services.shifts.handouts(at: "H44.02").isEmpty)
            #expect(try await give(refund) == "drawer_holds_less")
            try await drawer.take(try await drawer.request())
            #expect(try await give(refund, by: Drawer.hien) == "shift_of_another")
            #expect(try await give(refund) == nil)
            #expect(try await drawer.services.shifts.handouts(at: Drawer.agency).isEmpty)
            #expect(try await give(refund) == "refund_not_by_hand")
            #expect(try await give(UUID()) == "not-found")
            let found = try await drawer.services.shifts.find(shift.id, within: nil)
            #expect(found.expected == Money(18_000) && found.givenBack == Money(7000))
            #expect(try await drawer.services.refunds.find(refund).state == .settled)
            #expect(try await drawer.desk.balance("desk", Drawer.agency) == 13_000)
            #expect(try await drawer.desk.balance("refund", drawer.desk.account) == 0)
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test func `who takes while the drawer is counted is in the count, or refused`() async throws {
        try await withDrawer { drawer in
            let shift = try await drawer.open()
            var requests: [PaymentRequest] = []
            for _ in 0..<8 { requests.append(try await drawer.request()) }
            let taken = try await withThrowingTaskGroup(of: Bool?.self) { group in
                for request in requests {
                    group.addTask { try await Drawer.refusal { try await drawer.take(request) } == nil }
                }
                group.addTask {
                    // What comes out of it depends on the moment; the sums never do.
                    _ = try await drawer.close(shift, 500_000, why: "đang đếm")
                    return nil
                }
                var count = 0
                for try await result in group where result == true { count += 1 }
                return count
            }
            let found = try await drawer.services.shifts.find(shift.id, within: nil)
            #expect(found.expected == Money(500_000 + 20_000 * Int64(taken)))
            try await drawer.desk.expectCleanBooks()
        }
    }
}
