import Collection
import Postgres
import TestSupport
import Testing
import Values

/// Counts of dossiers: indicator 3.6 is the same from requests, from counts, and from counts with what is behind them.
@Suite struct DossierSumTests {
    private static let agencies = ["H44.01", "H44.02", "H26.01"]
    private static let procedures = ["1.004222", "1.002820", "2.000488"]

    /// Requests over a hundred days, several to a dossier; some paid, some given back, some of nothing.
    private static func add(_ count: Int, _ round: Int, to world: SealedWorld, _ random: inout Seeded) async throws {
        var rows: [String] = []
        for number in 0..<count {
            let (agency, procedure) = (random.pick(agencies), random.pick(procedures))
            let channel = random.pick(["online", "online", "counter_qr"])
            let dossier = Int.random(in: 0..<(count / 2), using: &random)
            let day = Int.random(in: 0..<100, using: &random)
            let amount = random.chance(5) ? 0 : 10_000
            let status = random.pick(["paid", "paid", "paid", "pending", "refunded"])
            rows.append(
                """
                ('\(round)N\(number)', '\(agency)', '\(procedure)', '\(channel)', 'D-\(dossier)',
                    date '2026-01-01' + \(day), \(amount), '\(status)')
                """
            )
        }
        let values = rows.joined(separator: ", ")
        try await world.services.database.transaction { tx in
            try tx.script(
                """
                create temporary table world on commit drop as
                select * from (values \(values)) w (token, agency, procedure, channel, dossier, day, amount, status);
                insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                    assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number,
                    account_name, revenue_account, catalogue_version, lines)
                select gen_random_uuid(), 'RF00' || lpad(replace(token, 'N', '0'), 12, '0'), token, dossier, agency,
                    procedure, channel, day, amount, 0, 'pending', now() + interval '1 day',
                    day::timestamp at time zone 'Asia/Ho_Chi_Minh', '970436', '0801000567890', 'A',
                    (select id from ledger_account where kind = 'revenue' and owner = agency), 1, '[]'
                from world;
                """
            )
            try pay(tx, where: "w.status <> 'pending'")
            try tx.script(
                """
                update payment_request r set status = 'refunded', amount_refunded = amount_received
                from world w where r.token = w.token and w.status = 'refunded' and r.amount_due > 0;
                """
            )
        }
    }

    private static func pay(_ tx: borrowing Transaction, where which: String) throws {
        try tx.script(
            """
            update payment_request r set status = 'paid', amount_received = amount_due, paid_on = assessed_on,
                paid_at = assessed_on::timestamp at time zone 'Asia/Ho_Chi_Minh' + interval '10 hours',
                settled_by = case when amount_due > 0 then 'notice' else 'nothing_due' end
            from world w where r.token = w.token and r.status = 'pending' and \(which);
            """
        )
    }

    /// What the report says of several stretches of days.
    private static func told(_ world: SealedWorld) async throws -> [String] {
        var told: [String] = []
        for (from, to) in [
            ("2026-01-01", "2026-04-30"), ("2026-01-01", "2026-01-31"), ("2026-02-10", "2026-02-10"),
            ("2026-03-01", "2026-04-30"),
        ] {
            let period = try ReportPeriod(from: try #require(Day(from)), to: try #require(Day(to)))
            let report = try await world.services.reports.decision766(
                .init(period: period, level: .commune, locality: nil, asOf: .current)
            )
            told += report.lines.map { "\(from) \($0.unit?.code ?? ""): \($0.indicators)" }
            told += report.procedures.map { "\(from) \($0.code): \($0.dossiers), \($0.paidOnline)" }.sorted()
        }
        return told
    }

    private static func expectCounts(_ world: SealedWorld, hold: Bool) async throws {
        let finding = try #require(
            try await world.services.ledger.verify().first { $0.name == "dossiers_are_counted" }
        )
        #expect(finding.ok == hold, "\(finding.detail[.english])")
    }

    @Test func `dossiers are counted alike, however far the counts have come`() async throws {
        var random = Seeded("dossier sums")
        try await SealedWorld.with { world in
            for round in 1...4 {
                try await Self.add(150, round, to: world, &random)
                let behind = try await Self.told(world)
                try await world.tamper(
                    """
                    truncate dossier, dossier_day;
                    update day_sum_progress set summed_through = 0 where source = 'payment_request_event'
                    """
                )
                let counted = try await Self.told(world)
                #expect(counted == behind, "round \(round)")
                _ = try await world.sealAll()
                let summed = try await Self.told(world)
                #expect(summed == behind, "round \(round)")
                try await Self.expectCounts(world, hold: true)
            }
            let kept = try await world.query("select count(*) from dossier").row().get(0, as: Int64.self)
            #expect(kept > 100)
        }
    }

    @Test(arguments: [
        "update dossier set started_on = started_on - 1", "delete from dossier", "delete from dossier_day",
        "update dossier_day set dossiers = dossiers + 1",
    ])
    func `a count that is not that of the requests is found`(_ tampering: String) async throws {
        var random = Seeded("dossier tampering")
        try await SealedWorld.with { world in
            try await Self.add(20, 1, to: world, &random)
            _ = try await world.sealAll()
            try await Self.expectCounts(world, hold: true)
            try await world.tamper(tampering)
            try await Self.expectCounts(world, hold: false)
        }
    }
}
