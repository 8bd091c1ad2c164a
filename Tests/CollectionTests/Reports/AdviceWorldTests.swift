import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

@testable import Collection

/// The advice of Decision 766, done in the database, brings what it promised there.
@Suite struct AdviceWorldTests {
    private static let agencies = ["H44.01", "H44.02", "H26.01", "H26.02"]
    /// The last day of the period on which a dossier can still come.
    private static let day = max(Day("2026-11-01")!, min(Instant.now().day, Day("2026-11-30")!))

    /// Dossiers of November 2026 in one database: paid online, in cash, or not at all.
    private static func fill(_ services: Services, _ random: inout Seeded, _ procedures: [String]) async throws {
        let used = procedures.filter { _ in random.chance(40) }
        var number = 0
        for procedure in used {
            for _ in 0..<Int.random(in: 1...9, using: &random) {
                number += 1
                let isOnline = random.chance(50)
                try await add(
                    services,
                    dossier: "D-\(number)",
                    agency: random.pick(agencies),
                    procedure: procedure,
                    channel: isOnline ? "online" : "counter_cash",
                    isPaid: random.chance(70)
                )
            }
        }
    }

    private static func add(
        _ services: Services,
        dossier: String,
        agency: String,
        procedure: String,
        channel: String,
        isPaid: Bool
    ) async throws {
        let id = UUID.version7(at: .now())
        let reference = String(id.text.filter { $0 != "-" }.suffix(12).uppercased())
        try await services.database.transaction { tx in
            try tx.query(
                """
                insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                    assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number,
                    account_name, revenue_account, catalogue_version, lines)
                select \(id), 'RF00' || \(reference), \(id.text), \(dossier), \(agency), \(procedure), \(channel),
                    '2026-11-10', 10000, 0, 'pending', now() + interval '1 day', '2026-11-10T09:00:00+07', '970436',
                    a.account_number, 'A',
                    (select l.id from ledger_account l where l.kind = 'revenue' and l.owner = a.code), 1, '[]'
                from agency a where a.code = \(agency) limit 1
                """
            )
            guard isPaid else { return }
            try pay(id, tx)
        }
    }

    private static func pay(_ id: UUID, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            update payment_request set status = 'paid', amount_received = amount_due, paid_on = '2026-11-11',
                paid_at = '2026-11-11T10:00:00+07', settled_by = 'notice' where id = \(id)
            """
        )
    }

    /// Does what a step says: a first dossier that is paid online, or all dossiers of the procedure paid online.
    private static func perform(_ step: Decision766.Step, _ services: Services, within agencies: [String]) async throws
    {
        let procedure = step.procedure
        guard procedure.dossiers > 0 else {
            try await add(
                services,
                dossier: "FIRST-\(procedure.code)",
                agency: agencies[0],
                procedure: procedure.code,
                channel: "online",
                isPaid: true
            )
            return
        }
        try await services.database.transaction { tx in
            try tx.query(
                """
                update payment_request set channel = 'online' where procedure_code = \(procedure.code)
                    and agency_code = any(\(agencies)::text[])
                """
            )
            let unpaid = try tx.query(
                """
                select id from payment_request where procedure_code = \(procedure.code) and status = 'pending'
                    and agency_code = any(\(agencies)::text[])
                """
            )
            for row in unpaid { try pay(try row.get(0), tx) }
        }
    }

    @Test(arguments: 0..<3) func `each step of the plan brings the score that it promises`(_ world: Int) async throws {
        try await TestDatabase.withServices { services in
            var random = Seeded("advice world \(world)")
            let schedule = try await services.tariff.current().schedule
            let procedures = schedule.procedures.keys.sorted()
            try await Self.fill(services, &random, procedures)
            // A third world asks about one province alone.
            let locality = world == 2 ? "25" : nil
            let own = locality == nil ? Self.agencies : Array(Self.agencies.prefix(2))
            func ask() async throws -> Decision766 {
                try await services.reports.decision766(
                    .init(
                        period: try ReportPeriod("2026-11", basis: .calendar),
                        level: .province,
                        locality: locality,
                        asOf: .recorded
                    )
                )
            }
            let before = try await ask()
            let plan = before.steps(bringing: 1000, most: 30)
            #expect(plan.count > 2 && plan.contains { $0.procedure.dossiers == 0 }, "\(random.seed): \(plan)")
            var known = before.total.score
            // What the plan wants a first dossier of can owe something online, at a price that still holds.
            for step in plan where step.procedure.dossiers == 0 {
                let prices = try own.map { agency in
                    try schedule.assess(
                        .init(agencyCode: agency, procedureCode: step.procedure.code, channel: .online, day: Self.day)
                    ).amountDue
                }
                #expect(
                    prices.contains { $0 > .zero } || schedule.hasPercentFee(step.procedure.code, on: Self.day),
                    "\(random.seed): \(step)"
                )
            }
            for step in plan {
                try await Self.perform(step, services, within: own)
                let after = try await ask().total.score
                #expect(after == step.score && after - known == step.procedure.gain, "\(random.seed): \(step)")
                #expect(step.procedure.gains.values.reduce(0, +) == step.procedure.gain)
                known = after
            }
        }
    }

    @Test func `a procedure that costs nothing online is not advised`() async throws {
        try await TestDatabase.withServices { services in
            // A household business is registered in Hà Nội online for nothing, and at the counter for a price.
            let figures = try await services.reports.decision766(
                .init(
                    period: try ReportPeriod("2026-11", basis: .calendar),
                    level: .province,
                    locality: "01",
                    asOf: .recorded
                )
            )
            let free = try #require(figures.procedures.first { $0.code == "1.001612" })
            #expect(free.hasFee && free.dossiers == 0 && !free.isOwedOnline && free.gain == 0 && free.gains.isEmpty)
            #expect(figures.procedures.contains { $0.isOwedOnline && $0.gain > 0 })
        }
    }
}
