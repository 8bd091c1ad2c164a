import Collection
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// Goal: a callback costs the same whatever the database has been through. A plan that fits an empty table and is kept while
/// the table fills would read it whole for each batch: so what is read is counted, not the time.
@Suite struct HotStatementTests {
    /// What a database has been through before the first callback.
    enum History: String, CaseIterable, Sendable {
        /// Requests that nothing has analysed yet.
        case fresh
        /// Many requests and no notice, just analysed: the day on which a province goes live.
        case analysedBeforeTheFirstNotice
        /// Many requests and notices without statistics, as after a restore.
        case restored
        /// Many requests and notices, analysed.
        case old
    }

    /// Index entries and rows that a notice may cost in all tables together: about twenty look-ups, each of a few.
    private static let most: Int64 = 80

    @Test(arguments: History.allCases)
    func `a callback reads a few rows by their keys, whatever came before`(_ history: History) async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let box = try SecretBox(base64: SecretBox.newKeyBase64())
            let count = 1024
            try await Self.settle(count, after: history, database, box)
            let read = try await Self.entriesRead(database)
            let each = read.map(\.count).reduce(0, +) / Int64(count)
            #expect(each < Self.most, "\(history.rawValue): \(each) read for each callback, most by \(read.prefix(3))")
            await database.close()
        }
    }

    /// Makes the history and settles so many callbacks by a server that starts then and ends, so that all it read is known.
    private static func settle(
        _ count: Int,
        after history: History,
        _ database: Database,
        _ box: SecretBox
    ) async throws {
        let services = Services(database, options: ServiceOptions(publicURL: ""), box: box)
        _ = try await services.catalogue.importFiles(TestDatabase.demonstrationCatalogue(), by: "test")
        let desk = try await Desk(services)
        try await TestDatabase.with(.superuser, of: database) { superuser in
            try await make(history, superuser)
            _ = try await superuser.query("select pg_stat_reset()")
        }
        // The first callback, and then the first batches, plan the statements; the tables grow under these plans.
        #expect(try await desk.settle("HOT1", 10_000, reference(1)) == .settled)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 2...count {
                group.addTask {
                    let outcome = try await desk.settle("HOT\(number)", 10_000, reference(number))
                    #expect(outcome == .settled)
                }
            }
            try await group.waitForAll()
        }
        await services.close()
    }

    private static func reference(_ number: Int) -> String {
        let digits = String(number)
        let check = String(number % 100)
        return "RF" + String(repeating: "0", count: 2 - check.count) + check
            + String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// Leaves statistics of use that are complete and empty.
    private static func make(_ history: History, _ database: Database) async throws {
        try await database.autocommit { tx in
            // No statistics but those that the history has.
            for table in ["payment_request", "bank_notice", "ledger_transfer"] {
                try tx.script("alter table \(table) set (autovacuum_enabled = false)")
            }
            try requests(history == .fresh ? 2000 : 20_000, tx)
            if history == .restored || history == .old { try notices(tx) }
            if history == .analysedBeforeTheFirstNotice || history == .old { try tx.script("vacuum analyze") }
            try tx.query("select pg_stat_force_next_flush()")
        }
    }

    private static func requests(_ count: Int, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number,
                account_name, revenue_account, catalogue_version, lines)
            select gen_random_uuid(), 'RF' || lpad((n % 100)::text, 2, '0') || lpad(n::text, 12, '0'), 't' || n, 'D',
                'H44.01', '1.004222', 'online', current_date, 10000, 0, 'pending', now() + interval '1 day',
                now() - interval '1 day', '970436', '0801000567890', 'A',
                (select id from ledger_account where kind = 'revenue' and owner = 'H44.01'), 1, '[]'
            from generate_series(1, \(count)::integer) n
            """
        )
    }

    /// A notice for each of the older requests, as if each had been paid.
    private static func notices(_ tx: borrowing Transaction) throws {
        try tx.script(
            """
            insert into bank_notice (source, connection_id, issuer_id, provider_transaction_id, content_hash, outcome,
                amount, account_number, bank_reference, payment_request_id, applied_amount, occurred_at, booked_on)
            select 'callback', c.id, c.issuer_id, 'OLD' || r.reference, '\\x00', 'settled', 10000, r.account_number,
                'OLD' || r.reference, r.id, 10000, now(), current_date
            from payment_request r, connection c;
            """
        )
    }

    /// The index entries and rows read since the reset by index and table, most first, once the server's sessions have told
    /// them.
    private static func entriesRead(_ database: Database) async throws -> [(name: String, count: Int64)] {
        let written: Query = "select n_tup_upd from pg_stat_user_tables where relname = 'payment_request'"
        try await until("the statistics") { try await database.query(written).row().get(0, as: Int64.self) >= 1024 }
        return try await database.query(
            """
            select indexrelname, idx_tup_read from pg_stat_user_indexes
            union all
            select relname || ' by index', idx_tup_fetch from pg_stat_user_tables where idx_tup_fetch is not null
            union all
            select relname || ' in sequence', seq_tup_read from pg_stat_user_tables
            order by 2 desc
            """
        ).map { (try $0.get(0, as: String.self), try $0.get(1, as: Int64.self)) }
    }
}
