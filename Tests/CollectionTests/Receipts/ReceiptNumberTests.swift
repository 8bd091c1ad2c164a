import Collection
import Foundation
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// Numbers of receipts: from 1, without gaps or twins, whatever happens meanwhile.
@Suite struct ReceiptNumberTests {
    /// What stands of a series: its last number, and its receipts' lowest and highest, how many, and how many different.
    private static func series(_ database: Database) async throws -> [[Int64]] {
        try await database.query(
            """
            select s.last_number, min(r.number), max(r.number), count(*), count(distinct r.number)
            from receipt_series s join receipt r on r.series_id = s.id group by s.id order by s.id
            """
        ).map { row in try (0..<5).map { try row.get($0, as: Int64.self) } }
    }

    /// Whether each paid request has exactly its receipts.
    private static func unreceipted(_ database: Database) async throws -> Int64 {
        try await database.query(
            """
            select count(*) from payment_request p
            where p.amount_due > 0 and (p.status = 'paid')
                is distinct from (p.amount_due = coalesce((
                    select sum(r.amount) from receipt r where r.payment_request_id = p.id), 0))
            """
        ).row().get(0)
    }

    @Test func `thousands of payments by 32 writers, whose connections are cut, leave numbers 1 to n`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let other = try await Desk(services, name: "other", account: "9990012345678")
            let database = services.database
            let desks = [desk, other]
            var requests: [[(reference: String, amount: Int64)]] = [[], []]
            for place in 0..<2 {
                let agency = place == 0 ? "H44.01" : "H44.02"
                requests[place] = try await Self.insert(1500, agency, desks[place], database)
            }
            let all = requests
            let cuts = Task {
                // Twenty times, every connection that is settling is cut, wherever it is.
                for _ in 0..<20 {
                    try await Task.sleep(for: .milliseconds(40))
                    try await TestDatabase.with(.superuser, of: database) { admin in
                        _ = try await admin.query(
                            """
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
                            """
                        )
                    }
                }
            }
            await withTaskGroup(of: Void.self) { group in
                for writer in 0..<32 {
                    group.addTask {
                        for number in stride(from: writer / 2, to: all[writer % 2].count, by: 16) {
                            let (reference, amount) = all[writer % 2][number]
                            // As a bank does: until it is told that the notice was settled.
                            while true {
                                do {
                                    _ = try await desks[writer % 2].settle("T\(number)", amount, reference)
                                    break
                                } catch { continue }
                            }
                        }
                    }
                }
            }
            try await cuts.value
            let found = try await Self.series(database)
            #expect(found.count == 4)
            for series in found {
                let last = series[0]
                #expect(series == [last, 1, last, last, last])
            }
            #expect(found.reduce(0) { $0 + $1[0] } == 6000)
            #expect(try await Self.unreceipted(database) == 0)
            try await desk.expectCleanBooks()
        }
    }

    /// Requests of a fee of 30.000 and a charge of 20.000 each, as portals make them.
    private static func insert(_ count: Int, _ agency: String, _ desk: Desk, _ database: Database) async throws
        -> [(reference: String, amount: Int64)]
    {
        let model = try await desk.request()
        return try await TestDatabase.asOwner(database) { owner in
            try await owner.query(
                """
                insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                    assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number,
                    account_name, revenue_account, catalogue_version, lines, charge_due)
                select gen_random_uuid(), 'RF' || right(\(agency), 2) || lpad(n::text, 12, '0'),
                    \(agency) || '-' || n, 'D', \(agency), p.procedure_code, p.channel, p.assessed_on, 50000, 0,
                    'pending', p.expires_at, p.created_at, p.bank_bin, p.account_number, p.account_name,
                    p.revenue_account, p.catalogue_version,
                    '[{"kind":"fee","payable":30000},{"kind":"charge","payable":20000}]',
                    case when n % 3 > 0 then 20000 end
                from payment_request p, generate_series(1, \(count)::integer) n where p.id = \(model.id)::uuid
                returning reference
                """
            ).map { (try $0.get(0), 50_000) }
        }
    }

    @Test func `numbers begin again each year, and times never go back`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let agency = "H44.01"
            _ = try await Self.insert(6, agency, desk, services.database)
            let ids = try await services.database.query(
                "select id from payment_request where token like 'H44.01-%' order by token"
            ).map { try $0.get(0, as: UUID.self) }
            // Clocks of several servers: a later call may name an earlier time.
            let times = [
                "2026-12-30T10:00:00+07:00", "2026-12-31T23:59:59.9+07:00", "2026-12-31T23:59:58+07:00",
                "2027-01-01T00:00:00.1+07:00", "2026-12-31T23:59:59.95+07:00", "2027-01-01T00:00:00+07:00",
            ]
            for (id, time) in zip(ids, times) {
                _ = try await services.database.transaction { tx in
                    try tx.query("select issue_receipts(\([id])::uuid[], \(time)::timestamptz)")
                }
            }
            let found = try await services.database.query(
                """
                select s.serial, r.number, r.issued_at from receipt r join receipt_series s on s.id = r.series_id
                where s.kind = 'fee' order by s.year, r.number
                """
            ).map {
                "\(try $0.get(0, as: String.self)) \(try $0.get(1, as: Int32.self)) \(try $0.get(2, as: Instant.self))"
            }
            #expect(
                found == [
                    "26TAA 1 2026-12-30T10:00:00+07:00", "26TAA 2 2026-12-31T23:59:59.9+07:00",
                    "26TAA 3 2026-12-31T23:59:59.9+07:00", "26TAA 4 2026-12-31T23:59:59.95+07:00",
                    "27TAA 1 2027-01-01T00:00:00.1+07:00", "27TAA 2 2027-01-01T00:00:00.1+07:00",
                ]
            )
        }
    }

    @Test func `the database refuses a gap, a twin, and a change`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("T1", 10_000, request.reference) == .settled)
            func refusal(_ query: Query) async -> String? {
                do {
                    _ = try await services.database.query(query)
                    return nil
                } catch { return (error as? PostgresError).map { "\($0.constraint ?? "") \($0)" } ?? "\(error)" }
            }
            let skipped = await refusal(
                """
                insert into receipt (series_id, number, payment_request_id, amount, issued_at, code)
                select series_id, 3, payment_request_id, amount, issued_at, code from receipt
                """
            )
            #expect(skipped?.contains("receipt_series_continued_check") == true, "\(skipped ?? "taken")")
            let twin = await refusal(
                """
                insert into receipt (series_id, number, payment_request_id, amount, issued_at, code)
                select series_id, 1, payment_request_id, amount, issued_at, code from receipt
                """
            )
            #expect(twin?.contains("receipt_number_key") == true, "\(twin ?? "taken")")
            for change in ["update receipt set amount = 1", "delete from receipt", "delete from receipt_series"] {
                #expect(await refusal(Query(trustedSQL: change)) != nil)
                await #expect(throws: PostgresError.self) {
                    try await services.database.asOwner(Query(trustedSQL: change))
                }
            }
        }
    }
}
