import Foundation
import Migrations
import Postgres
import TestSupport
import Testing

/// What the role of the service may do to each table: `Migrations/privileges.txt` shows it, `Migrations/grants` gives it.
@Suite struct PrivilegesTests {
    private static let golden = Repository.root + "/Migrations/privileges.txt"

    /// A table's name and rights: for the whole table, or the columns if only some of them may be updated.
    private struct Privileges {
        let table: String
        let rights: String
    }

    private func privileges() async throws -> [Privileges] {
        try await TestDatabase.with { options in
            let database = Database(options)
            let rows = try await database.query(
                """
                select c.relname::text, concat_ws(', ',
                    (select string_agg(lower(p), ', ' order by o) from
                        unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
                            with ordinality as g (p, o)
                        where has_table_privilege('khop_app', c.oid, p)),
                    (select 'update (' || string_agg(a.attname, ', ' order by a.attnum) || ')' from pg_attribute a
                        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                            and has_column_privilege('khop_app', c.oid, a.attnum, 'UPDATE')
                            and not has_table_privilege('khop_app', c.oid, 'UPDATE')))
                from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
                order by c.relname collate "C"
                """
            ).map { row in Privileges(table: try row.get(0), rights: try row.get(1)) }
            await database.close()
            return rows
        }
    }

    @Test func `the rights of the service are what privileges.txt shows`() async throws {
        let text = try await privileges().map { "\($0.table): \($0.rights)\n" }.joined()
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try text.write(toFile: Self.golden, atomically: true, encoding: .utf8)
        }
        let known = try String(contentsOfFile: Self.golden, encoding: .utf8)
        let added = text.split(separator: "\n").filter { !known.contains($0 + "\n") }
        #expect(text == known, "ops/schema writes it again; new: \(added)")
    }

    @Test func `every table has its rights, and none may be updated as a whole`() async throws {
        for one in try await privileges() {
            #expect(one.rights.hasPrefix("select"), "\(one.table) has none: add it to Migrations/grants")
            let words = one.rights.split(separator: ", ")
            #expect(!words.contains { ["update", "truncate", "references", "trigger"].contains($0) }, "\(one.table)")
        }
    }

    @Test func `the role of the service owns nothing and may make nothing`() async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let owned = try await database.query(
                """
                select count(*) from pg_class where pg_has_role('khop_app', relowner, 'member')
                union all select count(*) from pg_proc where pg_has_role('khop_app', proowner, 'member')
                union all select count(*) from pg_database where pg_has_role('khop_app', datdba, 'member')
                union all select count(*) from pg_roles
                    where rolname = 'khop_app' and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
                union all select has_schema_privilege('khop_app', 'public', 'create')::integer
                union all select has_database_privilege('khop_app', current_database(), 'create')::integer
                """
            ).map { try $0.get(0, as: Int64.self) }
            try await Migrations.migrator.verify(database)
            try await Migrations.migrator.verifyRights(database)
            await database.close()
            #expect(owned == [0, 0, 0, 0, 0, 0])
        }
    }

    @Test(arguments: [DatabaseRole.owner, .superuser])
    func `a service that connects as the owner is refused`(_ role: DatabaseRole) async throws {
        try await TestDatabase.with(as: role) { options in
            let database = Database(options)
            let refused = await #expect(throws: MigrationError.self) {
                try await Migrations.migrator.verifyRights(database)
            }
            await database.close()
            let failure = try #require(refused)
            #expect("\(failure)".contains("the role \(role.rawValue) owns the tables"))
        }
    }

    /// What an attacker tries who has everything that the service has.
    @Test func `the service cannot rewrite the history`() async throws {
        let facts = [
            "audit_entry", "bank_notice", "case_event", "catalogue_decision", "catalogue_proposal", "catalogue_version",
            "erased_entry", "issuer", "ledger_account",
            "ledger_transfer", "line_notice", "line_outcome", "reconciliation_countersignature",
            "reconciliation_sign_off", "refund_file", "refund_part",
            "row_version", "seal_node", "seal_range", "statement_line", "suspense_use", "undone_row",
        ]
        let kept =
            facts + ["case_proposal", "payment_request", "payment_request_event", "reconciliation_case", "refund"]
        try await TestDatabase.with { options in
            let database = Database(options)
            func attempt(_ sql: String) async -> SQLState? {
                let error = await #expect(throws: PostgresError.self, "\(sql)") {
                    try await database.transaction { tx in try tx.script(sql) }
                }
                return error?.sqlState
            }
            for table in facts {
                let column = try await database.query(
                    """
                    select attname::text from pg_attribute
                    where attrelid = to_regclass(\(table)) and attnum > 0 and attgenerated = ''
                    order by attnum desc limit 1
                    """
                ).row().get(0, as: String.self)
                #expect(await attempt("update \(table) set \(column) = \(column)") == .init("42501"))
            }
            for table in kept {
                for sql in [
                    "delete from \(table)", "truncate \(table) cascade", "drop table \(table)",
                    "alter table \(table) disable trigger all", "alter table \(table) add column x text",
                    "create trigger x before insert on \(table) execute function refuse_change()",
                    "lock table \(table) in access exclusive mode",
                ] { #expect(await attempt(sql) == .init("42501"), "\(sql)") }
            }
            for sql in [
                "set session_replication_role = replica", "set role khop_owner", "set session authorization khop_owner",
                "create table public.x (n integer)", "drop function refuse_change()",
                "create or replace function refuse_change() returns trigger language plpgsql as 'begin return null; end'",
                "drop trigger ledger_transfer_append_only on ledger_transfer",
                "update refund set beneficiary_account = '66666666', beneficiary_name = 'EVIL'",
                "update refund set amount = 1", "update state_transition set to_state = 'paid'",
                "insert into state_transition values ('refund', 'requested', 'x', 'executed')",
                "update schema_routine set checksum = ''", "update api_key set role = 'admin'",
                "alter role khop_app superuser", "create role x", "copy (select 1) to program 'id'",
                "copy ledger_transfer to '/tmp/x'", "select pg_read_file('/etc/passwd')",
            ] { #expect(await attempt(sql) == .init("42501"), "\(sql)") }
            await database.close()
        }
    }
}
