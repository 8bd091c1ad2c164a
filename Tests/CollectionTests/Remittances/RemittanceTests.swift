import Casework
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

@testable import Collection

/// Orders to the State Treasury, from what was collected to the bank's line.
@Suite struct RemittanceTests {
    @Test func `what was collected is ordered, approved, taken, and shown by the bank's line`() async throws {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services)
            for number in 0..<3 { try await treasury.paid("FT\(number)") }
            #expect(try await treasury.due() == Money(30_000))
            let order = try await treasury.made()
            #expect(order.amount == Money(30_000) && order.state == .made && order.lines.count == 1)
            #expect(order.lines[0].code == RemittanceCode(chapter: "860", budgetCode: "2767"))
            #expect(order.memo.hasPrefix("(NSNN!0100000000!1054449!01!(\(order.mark) "))
            #expect(try await treasury.due() == .zero)
            try await Drawer.expect("nothing_to_remit") { _ = try await treasury.made() }
            _ = try await services.remittances.approve(order.id, by: TestPerson.nam, within: nil)
            _ = try await services.remittances.send(order.id, by: TestPerson.hoa, within: nil)
            #expect(try await treasury.desk.balance("budget", Treasury.agency) == 30_000)
            #expect(try await treasury.desk.balance("remittance", treasury.desk.account) == -30_000)
            try await treasury.desk.expectCleanBooks()
            var lines = StatementLines()
            for number in 0..<3 { lines.add("FT\(number)", 10_000, "x") }
            lines.add("OUT1", -30_000, order.memo)
            lines.add("OUT2", -30_000, "another payment")
            let imported = try await lines.imported(into: treasury.desk)
            let counts = try await treasury.run()
            #expect(counts["matched"] == 4 && counts["cases_opened"] == 1, "\(counts)")
            let settled = try await treasury.find(order)
            #expect(settled.state == .settled && settled.lineID != nil)
            #expect(try await treasury.desk.balance("remittance", treasury.desk.account) == 0)
            try await treasury.desk.expectCleanBooks()
            #expect(try await services.explanations.residuals(on: Instant.now().day).allSatisfy { $0.1 == .zero })
            // Its statement was wrong: the order waits for its line again.
            let undone = try await services.statementUndos.undo(imported.id, note: "wrong file", by: TestPerson.finance)
            #expect(undone.remittances == 1)
            #expect(try await treasury.find(order).state == .sent)
            #expect(try await treasury.desk.balance("remittance", treasury.desk.account) == -30_000)
            try await treasury.desk.expectCleanBooks()
        }
    }

    @Test func `three hands, and each is told why not`() async throws {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services)
            try await treasury.paid("FT1")
            let (orders, order) = (services.remittances, try await treasury.made())
            try await Drawer.expect("maker_cannot_approve") {
                _ = try await orders.approve(order.id, by: TestPerson.lan, within: nil)
            }
            try await Drawer.expect("remittance_cannot") {
                _ = try await orders.send(order.id, by: TestPerson.lan, within: nil)
            }
            _ = try await orders.approve(order.id, by: TestPerson.nam, within: nil)
            try await Drawer.expect("approver_cannot_take_order") {
                _ = try await orders.send(order.id, by: TestPerson.nam, within: nil)
            }
            try await Drawer.expect("order_not_taken") {
                _ = try await orders.file(of: order.id, by: TestPerson.lan, within: nil)
            }
            _ = try await orders.send(order.id, by: TestPerson.lan, within: nil)
            try await Drawer.expect("approver_cannot_take_order") {
                _ = try await orders.file(of: order.id, by: TestPerson.nam, within: nil)
            }
            let xml = String(
                decoding: try await orders.file(of: order.id, by: TestPerson.hoa, within: nil),
                as: UTF8.self
            )
            #expect(xml.contains("<MA_THAMCHIEU>\(order.mark)</MA_THAMCHIEU>") && xml.contains("<TONG_TIEN>10000<"))
            try await Drawer.expect("taker_cannot_return") {
                _ = try await orders.comeBack(order.id, note: "x", by: TestPerson.lan, within: nil)
            }
            // Whoever acts for other agencies sees nothing of it.
            try await Drawer.expect("not-found") {
                _ = try await orders.comeBack(order.id, note: "x", by: TestPerson.nam, within: ["H44.02"])
            }
            _ = try await orders.comeBack(order.id, note: "sai tài khoản", by: TestPerson.nam, within: nil)
            #expect(try await treasury.due() == Money(10_000))
            #expect(try await treasury.desk.balance("budget", Treasury.agency) == 0)
            try await treasury.desk.expectCleanBooks()
            let again = try await treasury.made()
            _ = try await orders.reject(again.id, note: "chờ", by: TestPerson.hoa, within: nil)
            #expect(try await treasury.due() == Money(10_000))
        }
    }

    @Test func `what went back to a payer since is no longer ordered`() async throws {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services)
            let request = try await treasury.paid("FT1")
            try await treasury.paid("FT2")
            let order = try await treasury.made()
            let draft = RefundDraft(
                source: .request(request.id),
                amount: Money(10_000),
                reason: "not eligible",
                payee: .byHand(nil)
            )
            let told = try JSON.parse(try await services.refunds.request(draft, by: TestPerson.finance).body)
            let refund = try #require(told["id"]?.string.flatMap { UUID(uuidString: $0) })
            _ = try await services.refunds.approve(refund, by: TestPerson.approver)
            _ = try await services.refunds.execute(refund, by: TestPerson.finance)
            #expect(try await treasury.due() == Money(-10_000))
            try await Drawer.expect("remittance_exceeds") {
                _ = try await services.remittances.approve(order.id, by: TestPerson.nam, within: nil)
            }
            _ = try await services.remittances.reject(order.id, note: "lập lại", by: TestPerson.nam, within: nil)
            #expect(try await treasury.made().amount == Money(10_000))
        }
    }

    @Test func `nothing is ordered twice, however many make orders at once`() async throws {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services)
            try await treasury.paid("FT1")
            let made = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let orders = try? await services.remittances.make(
                            agency: Treasury.agency,
                            dueBy: Treasury.farDay,
                            by: TestPerson.lan,
                            within: nil
                        )
                        return orders?.count ?? 0
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(made == 1)
        }
    }

    @Test func `an agency that has not said how it pays remits nothing, and the first day stays`() async throws {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services, since: Instant.now().day)
            try await treasury.paid("FT1")
            try await Drawer.expect("agency_remits_elsewhere") { _ = try await treasury.made("H44.02") }
            try await Drawer.expect("remits_since") {
                try await services.remittances.set(Treasury.payer(Treasury.agency, Treasury.yearStart), by: .system)
            }
            // What it says changes for orders from now on.
            let changed = Treasury.payer(Treasury.agency, Instant.now().day, chapter: "412")
            try await services.remittances.set(changed, by: .system)
            #expect(try await treasury.made().lines[0].code.chapter == "412")
            try await Drawer.expect("invalid-parameter") {
                try await services.remittances.set(Treasury.payer(Treasury.agency, nil, chapter: "86"), by: .system)
            }
        }
    }

    @Test func `what is late opens a case of its agency, once`() async throws {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services)
            try await treasury.paid("FT1")
            let later = Instant.now().adding(seconds: 20 * 86_400)
            let late = try await services.remittances.due(within: nil, now: later).overdueByAgency
            #expect(late.map(\.amount) == [Money(10_000)] && late.map(\.agency) == [Treasury.agency])
            let today = Instant.now().day
            #expect(try await services.alarms.raise(on: today, overdue: late).map(\.kind) == [.overdueRemittance])
            #expect(try await services.alarms.raise(on: today, overdue: late).isEmpty)
            let cases = try await treasury.desk.cases("alarm")
            #expect(cases.count == 1 && cases[0]["agency_code"]?.string == Treasury.agency)
        }
    }

    @Test func `the form and the report say what the order says`() async throws {
        try await TestDatabase.withServices { services in
            let treasury = try await Treasury(services)
            try await treasury.paid("FT1")
            let order = try await treasury.sent()
            let pdf = Data(try order.pdf())
            let text = String(
                decoding: try OtherProgram.run("pdftotext", ["-layout", "-", "-"], input: pdf),
                as: UTF8.self
            )
            for words in ["C1-02/NS", order.mark, "0100000000", "7111", "2767", "Mười nghìn đồng", "002HH"] {
                #expect(text.contains(words), "\(words) in \(text)")
            }
            // One line is one sheet of paper; of many, the sum and the last line stand with the signatures.
            #expect(text.filter { $0 == "\u{0C}" }.count == 1, "\(text)")
            for count in 2...14 {
                var long = order
                long.lines = Array(repeating: order.lines[0], count: count)
                let printed = try OtherProgram.run("pdftotext", ["-layout", "-", "-"], input: Data(try long.pdf()))
                let pages = String(decoding: printed, as: UTF8.self).split(separator: "\u{0C}")
                let signed = try #require(pages.last { $0.contains("NGƯỜI NỘP TIỀN") })
                #expect(
                    signed.contains("Tổng số tiền ghi bằng chữ") && signed.contains("Tổng cộng"),
                    "\(count): \(signed)"
                )
                #expect(signed.contains("GIAO DỊCH VIÊN") && signed.contains("2767"), "\(count): \(signed)")
            }
            let sheet = try await services.remittances.due(within: nil).sheet
            #expect(sheet.csv.contains("H44.01") && sheet.csv.contains("2767"))
        }
    }
}
