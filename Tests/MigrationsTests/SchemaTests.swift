import Foundation
import Migrations
import Postgres
import TestSupport
import Testing

/// What a database looks like after `khop migrate`.
@Suite struct SchemaTests {
    private static let golden = Repository.root + "/Migrations/schema.sql"

    @Test func `a fresh database is what schema.sql shows`() async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let name = try await database.query("select current_database()::text").row().get(0, as: String.self)
            await database.close()
            let text = try SchemaDump(database: name, of: TestDatabase.cluster).text
            if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
                try text.write(toFile: Self.golden, atomically: true, encoding: .utf8)
            }
            let known = try String(contentsOfFile: Self.golden, encoding: .utf8)
            let added = text.split(separator: "\n").filter { !known.contains($0) }
            let gone = known.split(separator: "\n").filter { !text.contains($0) }
            #expect(text == known, "ops/schema writes it again; new: \(added), gone: \(gone)")
        }
    }

    @Test func `every table has a comment`() async throws {
        let bare = try await names(
            """
            select relname::text from pg_class
            where relnamespace = 'public'::regnamespace and relkind = 'r' and obj_description(oid, 'pg_class') is null
            """
        )
        #expect(bare == [])
    }

    /// Then all routines can be applied again, and one be dropped, whatever the tables hold.
    @Test func `no table depends on a routine`() async throws {
        let dependants = try await names(
            """
            select pg_describe_object(d.classid, d.objid, d.objsubid) from pg_depend d
            where d.refclassid = 'pg_proc'::regclass
                and d.classid in ('pg_constraint'::regclass, 'pg_attrdef'::regclass, 'pg_class'::regclass)
                and d.refobjid in (select oid from pg_proc where pronamespace = 'public'::regnamespace)
                and d.refobjid not in (select objid from pg_depend where classid = 'pg_proc'::regclass and deptype = 'e')
                -- They are made with the tables, for an index each, and never again.
                and d.refobjid not in ('folded(text)'::regprocedure, 'name_pairs(text)'::regprocedure)
            """
        )
        #expect(dependants == [])
    }

    /// Undoing a statement deletes notices and lines, by the hundred thousand. A foreign key whose column has no index makes
    /// PostgreSQL read its whole table for each of them.
    @Test func `what refers to rows that an undo deletes has an index to find it by`() async throws {
        let unindexed = try await names(
            """
            select format('%s.%s', k.conrelid::regclass, a.attname) from pg_constraint k
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
            where k.contype = 'f'
                and k.confrelid in ('bank_notice'::regclass, 'statement_line'::regclass, 'line_outcome'::regclass)
                and not exists (
                    select 1 from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1]
                        and coalesce(pg_get_expr(i.indpred, i.indrelid) = format('(%s IS NOT NULL)', a.attname), true))
            """
        )
        #expect(unindexed == [])
    }

    private func names(_ query: Query) async throws -> [String] {
        try await TestDatabase.with { options in
            let database = Database(options)
            let names = try await database.query(query).map { try $0.get(0, as: String.self) }
            await database.close()
            return names
        }
    }
}
