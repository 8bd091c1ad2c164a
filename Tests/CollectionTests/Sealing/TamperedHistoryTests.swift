import Collection
import Postgres
import TestSupport
import Testing
import Values

/// What the owner of the database changes behind everybody's back, column by column.
@Suite struct TamperedHistoryTests {
    /// Columns that tell nothing of the history: totals and states that follow from facts, which `ledger verify` derives.
    static let derived: [String: Set<String>] = [
        "payment_request": [
            "amount_received", "amount_applied", "amount_refunded", "fee_refund_claimed", "status", "paid_at",
            "paid_on",
            "settled_by", "charge_due",
        ],
        "receipt_series": ["last_number", "last_issued_at"],
        "payment_request_event": ["paid_on", "agency_code"],
        "api_key": ["last_used_at", "last_used_from"],
        "person": ["totp_last_step"],
        "event_endpoint": ["consecutive_failures", "failing_since", "last_success_at"],
    ]

    @Test func `a changed byte in any column of any row is found`() async throws {
        try await SealedWorld.with { world in
            var random = Seeded("tampered columns")
            try await world.fill(days: 4, &random)
            #expect(try await world.services.ledger.verify().allSatisfy(\.ok))
            let versioned = try await world.query("select name from versioned_table order by name").map {
                try $0.get(0, as: String.self)
            }
            var tried = 0
            for table in SealTests.tables + versioned {
                let columns = try await world.query(
                    """
                    select attname, format_type(atttypid, null) from pg_attribute
                    where attrelid = '\(table)'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
                    order by attnum
                    """
                )
                guard try await world.query("select exists (select 1 from \(table))").row().get(0, as: Bool.self) else {
                    continue
                }
                for row in columns {
                    let (column, type) = try row.decode(String.self, String.self)
                    guard TamperedHistoryTests.derived[table]?.contains(column) != true else { continue }
                    try await expectFound(table, column, type, world)
                    tried += 1
                }
            }
            #expect(tried > 200)
            #expect(try await world.faults() == [])
        }
    }

    private func expectFound(_ table: String, _ column: String, _ type: String, _ world: SealedWorld) async throws {
        let other =
            switch type {
            case "payment_reference": "translate(\(column), '0123456789', '9876543210')"
            case "text": "coalesce(\(column), '') || 'x'"
            case "bytea": "coalesce(set_byte(\(column), 0, get_byte(\(column), 0) # 1), '\\x01')"
            case "uuid": "gen_random_uuid()"
            case "boolean": "not coalesce(\(column), false)"
            case "jsonb", "json": "'{\"tampered\": 1}'"
            case "text[]": "array_append(\(column), 'x')"
            case "date": "coalesce(\(column), '2020-01-01') + 1"
            case "timestamp with time zone": "coalesce(\(column), now()) + interval '1 microsecond'"
            default: "coalesce(\(column), 0) + 1"
            }
        // The last row that there is; the constraints of the schema are out of the way, as an owner could put them.
        let found = try await world.asSuperuser { tx -> Bool in
            try TamperedHistoryTests.unguard(table, tx)
            try tx.script("alter table \(table) alter column \(column) drop identity if exists")
            try tx.script(
                """
                update \(table) set \(column) = \(other)
                where ctid = (select ctid from \(table) order by ctid desc limit 1)
                """
            )
            let found = try !world.faultsNow(tx).isEmpty
            try tx.script("rollback; begin")
            return found
        }
        #expect(found, "\(table).\(column) was changed and nobody saw it")
    }

    @Test func `a removed row, and one put between, are found`() async throws {
        try await SealedWorld.with { world in
            var random = Seeded("tampered rows")
            try await world.fill(days: 3, &random)
            for table in SealTests.tables {
                guard try await world.query("select exists (select 1 from \(table))").row().get(0, as: Bool.self) else {
                    continue
                }
                // An id that a transaction was given and did not use; sealed once a higher one is, else the last id gets a twin.
                let gap = try await world.asSuperuser { tx in
                    try tx.query(Query(trustedSQL: "select nextval(pg_get_serial_sequence('\(table)', 'id'))")).row()
                        .get(0, as: Int64.self)
                }
                try await world.sealAll()
                _ = try await world.query(SealTests.entry("after the gap"))
                try await world.sealAll()
                try await expectFound(table, "delete from \(table) where id = (select min(id) from \(table))", world)
                try await expectFound(
                    table,
                    """
                    insert into \(table) overriding system value
                    select (jsonb_populate_record(t, jsonb_build_object(
                        'id', least(\(gap), (select max(id) from \(table)))))).* from \(table) t order by id limit 1
                    """,
                    world
                )
            }
            #expect(try await world.faults() == [])
        }
    }

    private func expectFound(_ table: String, _ change: String, _ world: SealedWorld) async throws {
        let found = try await world.asSuperuser { tx -> Bool in
            try TamperedHistoryTests.unguard(table, tx)
            try tx.script(change)
            let found = try !world.faultsNow(tx).isEmpty
            try tx.script("rollback; begin")
            return found
        }
        #expect(found, "\(change): nobody saw it")
    }

    /// Takes every constraint and unique index of a table out of the way, as its owner could.
    private static func unguard(_ table: String, _ tx: borrowing Transaction) throws {
        func names(_ sql: String) throws -> [String] {
            try tx.query(Query(trustedSQL: sql)).map { try $0.get(0, as: String.self) }
        }
        let constraints = try names(
            """
            select quote_ident(conname) from pg_constraint
            where conrelid = '\(table)'::regclass and contype in ('c', 'x', 'p', 'u')
            """
        )
        for name in constraints { try tx.script("alter table \(table) drop constraint \(name) cascade") }
        let indexes = try names(
            """
            select indexrelid::regclass::text from pg_index
            where indrelid = '\(table)'::regclass and indisunique
            """
        )
        for name in indexes { try tx.script("drop index \(name)") }
    }
}
