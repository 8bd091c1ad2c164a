import Casework
import Collection
import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// Random payments of a year, some gone back in part or whole, with orders made, rejected and sent in between: what is due is
/// what was collected, less what went back, less what was retained, less what was remitted.
@Suite struct RemittanceYearTests {
    private static let agencies = ["H44.01", "H44.02"]

    /// A payment, as the database holds it.
    private struct Paid {
        let number: Int
        let agency: String
        let day: Day
        let hour: Int
        let isOnline: Bool
        /// Of a fee with a retained share, and of a charge.
        let parts: [Int64]
        let retained: Int64?
        let refunded: Int64

        var amount: Int64 { parts[0] + parts[1] }
        var status: String { refunded == 0 ? "paid" : refunded == amount ? "refunded" : "partially_refunded" }

        /// What is left of each part after what went back, by largest remainders.
        var left: [Int64] {
            guard refunded < amount else { return [0, 0] }
            let exact = parts.map { Double(refunded) * Double($0) / Double(amount) }
            var taken = exact.map { Int64($0) }
            let rest = refunded - taken[0] - taken[1]
            if rest == 1 { taken[(refunded * parts[0]) % amount >= (refunded * parts[1]) % amount ? 0 : 1] += 1 }
            return [parts[0] - taken[0], parts[1] - taken[1]]
        }

        var lines: String {
            let share = retained.map { "\"\($0 / 100).\(String($0 % 100 + 100).dropFirst())\"" } ?? "null"
            return """
                [{"fee_code":"CC-BANSAO","name_vi":"A","kind":"fee","quantity":1,"payable":\(parts[0]),"budget_code":"2716",\
                "retained_percent":\(share),"applied":[]},\
                {"fee_code":"CT-THUONGTRU","name_vi":"B","kind":"charge","quantity":1,"payable":\(parts[1]),\
                "budget_code":"2767","retained_percent":null,"applied":[]}]
                """
        }
    }

    private static func payments(_ random: inout Seeded) -> [Paid] {
        (0..<400).map { number in
            let parts = [Int64.random(in: 1...90_000, using: &random), Int64.random(in: 1...90_000, using: &random)]
            let amount = parts[0] + parts[1]
            return Paid(
                number: number,
                agency: random.pick(agencies),
                // From before the first day that is remitted here.
                day: Treasury.yearStart.adding(days: Int.random(in: -20..<320, using: &random)),
                hour: Int.random(in: 0..<24, using: &random),
                isOnline: random.chance(50),
                parts: parts,
                retained: random.pick([nil, 8500, 3333]),
                refunded: random.pick([0, 0, 0, 0, amount, Int64.random(in: 1..<amount, using: &random)])
            )
        }
    }

    private static func write(_ payments: [Paid], _ services: Services) async throws {
        let rows = payments.map { paid in
            CSV.line([
                String(paid.number), paid.agency, paid.isOnline ? "online" : "counter_cash", paid.day.description,
                String(paid.hour), String(paid.amount), paid.lines, paid.status, String(paid.refunded),
            ]) + "\n"
        }
        let csv = Array(rows.joined().utf8)
        let person = TestPerson.finance.id
        let other = TestPerson.approver.id
        try await services.database.transaction { tx in
            try tx.script(
                """
                create temporary table year (n integer, agency text, channel text, day date, hour integer, amount bigint,
                    lines json, status text, refunded bigint) on commit drop
                """
            )
            try tx.copyIn("copy year from stdin (format csv)") { try $0.write(csv) }
            try tx.script(
                """
                insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                    assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number,
                    account_name, revenue_account, catalogue_version, lines)
                select gen_random_uuid(), 'RF00' || lpad(n::text, 12, '0'), 'y' || n, 'D', agency, '1.004222', channel, day,
                    amount, 0, 'pending', now() + interval '1 day', day::timestamp at time zone 'Asia/Ho_Chi_Minh',
                    '970436', b.account_number, 'A',
                    (select id from ledger_account where kind = 'revenue' and owner = agency), 1, lines
                from year, lateral (select account_number from agency a where a.code = year.agency limit 1) b;
                update payment_request r set status = 'paid', amount_received = amount_due, amount_applied = amount_due,
                    paid_on = day, settled_by = 'notice',
                    paid_at = day::timestamp at time zone 'Asia/Ho_Chi_Minh' + hour * interval '1 hour'
                from year w where r.token = 'y' || w.n;
                """
            )
            try tx.query(
                """
                insert into refund (id, end_to_end_id, payment_request_id, account_number, amount, reason, paid_by_hand,
                    state, requested_by, requested_by_name, requested_at, approved_by, approved_by_name, approved_at,
                    executed_by, executed_by_name, executed_at, executed_on)
                select gen_random_uuid(), 'KHR' || lpad(w.n::text, 14, '0'), r.id, r.account_number, w.refunded, 'x', true,
                    'executed', \(person), 'f', now(), \(other), 'a', now(), \(person), 'f', now(), now()::date
                from year w join payment_request r on r.token = 'y' || w.n where w.refunded > 0
                """
            )
            try tx.script(
                """
                insert into refund_part (refund_id, part, payment_request_id, amount)
                select f.id, 1, f.payment_request_id, f.amount from refund f;
                update payment_request r set status = w.status, amount_refunded = w.refunded
                from year w where r.token = 'y' || w.n and w.refunded > 0;
                """
            )
        }
    }

    /// What is due of the year, by agency and sub-item, of payments from the first day on.
    private static func due(_ payments: [Paid], less orders: [Remittance]) -> [String: Int64] {
        var sums: [String: (collected: Int64, share: Int128)] = [:]
        for paid in payments where paid.day >= Treasury.yearStart && paid.refunded < paid.amount {
            let left = paid.left
            sums["\(paid.agency) 2716", default: (0, 0)].collected += left[0]
            sums["\(paid.agency) 2716", default: (0, 0)].share += Int128(left[0]) * Int128(paid.retained ?? 0)
            sums["\(paid.agency) 2767", default: (0, 0)].collected += left[1]
        }
        var due = sums.mapValues { $0.collected - Int64(($0.share * 2 + 10_000) / 20_000) }
        for order in orders where order.state != .rejected && order.state != .returned {
            for line in order.lines {
                due["\(order.key.agencyCode) \(line.code.budgetCode)", default: 0] -= line.amount.dong
            }
        }
        return due
    }

    private static func expect(_ payments: [Paid], _ services: Services, _ step: String) async throws {
        let outlook = try await services.remittances.due(within: nil)
        let orders = try await services.remittances.list(within: nil, limit: 500)
        var found: [String: Int64] = [:]
        for item in outlook.items {
            found["\(item.key.agencyCode) \(item.code.budgetCode)", default: 0] += item.due.dong
            #expect(item.parts.map(\.amount).total() == max(item.due, .zero))
        }
        #expect(found == due(payments, less: orders), "\(step)")
    }

    @Test func `what is due is what was collected, less what went back, was retained and was remitted`() async throws {
        try await TestDatabase.withServices { services in
            var random = Seeded("remittance year")
            for agency in Self.agencies {
                try await services.remittances.set(Treasury.payer(agency), by: .system)
            }
            let payments = Self.payments(&random)
            try await Self.write(payments, services)
            try await Self.expect(payments, services, "at first")
            let orders = services.remittances
            for step in 0..<6 {
                let agency = random.pick(Self.agencies)
                let day = Treasury.yearStart.adding(days: 60 * step + Int.random(in: 0..<60, using: &random))
                let made = try? await orders.make(agency: agency, dueBy: day, by: TestPerson.lan, within: nil)
                for order in made ?? [] {
                    // It takes exactly what is to be remitted by then, and nothing more.
                    let after = try await orders.due(within: [agency])
                    let until = day.next.start
                    let own = after.items.filter { $0.key == order.key }
                    #expect(own.allSatisfy { $0.due(by: until) == .zero }, "\(step)")
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: _ = try await orders.reject(order.id, note: "x", by: TestPerson.nam, within: nil)
                    case 1: break
                    default:
                        _ = try await orders.approve(order.id, by: TestPerson.nam, within: nil)
                        _ = try await orders.send(order.id, by: TestPerson.hoa, within: nil)
                        if random.chance(30) {
                            _ = try await orders.comeBack(order.id, note: "x", by: TestPerson.nam, within: nil)
                        }
                    }
                }
                try await Self.expect(payments, services, "after step \(step)")
            }
            let findings = try await services.ledger.verify().filter { $0.name == "remittances_are_booked" }
            #expect(findings.count == 1 && findings.allSatisfy(\.ok), "\(findings)")
        }
    }

    @Test func `the report of what was collected takes what went back off the lines in whole đồng`() async throws {
        try await TestDatabase.withServices { services in
            var random = Seeded("collected year")
            let payments = Self.payments(&random)
            try await Self.write(payments, services)
            let period = try ReportPeriod(
                from: Treasury.yearStart.adding(days: -20),
                to: Treasury.yearStart.adding(days: 320)
            )
            var expected: [String: Int64] = [:]
            for paid in payments where paid.refunded < paid.amount {
                expected["\(paid.agency) CC-BANSAO", default: 0] += paid.left[0]
                expected["\(paid.agency) CT-THUONGTRU", default: 0] += paid.left[1]
            }
            var found: [String: Int64] = [:]
            for line in try await services.reports.collections(period, locality: nil).lines {
                found["\(line.agencyCode) \(line.feeCode)", default: 0] += line.collected.dong
            }
            #expect(found == expected)
        }
    }
}
