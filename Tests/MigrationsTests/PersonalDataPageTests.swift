import Foundation
import Postgres
import TestSupport
import Testing

/// docs/personal-data.md and the schema say the same.
@Suite struct PersonalDataPageTests {
    /// What a section of the page names: `table.column`, or `table.*` for all of a table that is not named elsewhere.
    private static func named(in section: String) throws -> [String] {
        let page = try String(contentsOfFile: Repository.root + "/docs/personal-data.md", encoding: .utf8)
        let start = try #require(page.range(of: "\n## \(section)\n"), "no section \(section)")
        let rest = page[start.upperBound...]
        let text = rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
        return text.matches(of: /`([a-z_]+\.(?:[a-z_]+|\*))`/).map { String($0.1) }
    }

    /// The columns that can hold text or bytes.
    private static func columns() async throws -> [String] {
        try await TestDatabase.with { options in
            let database = Database(options)
            let rows = try await database.query(
                """
                select c.relname || '.' || a.attname
                from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                    join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                    and (t.typcategory in ('S', 'U') and t.typname not in ('uuid') or e.typcategory = 'S'
                        or t.typname in ('json', 'jsonb', 'bytea'))
                order by 1
                """
            ).map { try $0.get(0, as: String.self) }
            await database.close()
            return rows
        }
    }

    @Test func `every column that can hold text is told, or declared free of personal data, once`() async throws {
        let kept = try Self.named(in: "What is kept")
        let free = try Self.named(in: "Free of personal data")
        #expect(Set(kept).count == kept.count && Set(free).count == free.count)
        #expect(Set(kept).isDisjoint(with: free))
        let columns = try await Self.columns()
        #expect(columns.count > 150)
        for column in columns where !kept.contains(column) && !free.contains(column) {
            let table = column.prefix { $0 != "." }
            #expect(free.contains(table + ".*"), "\(column) is not in docs/personal-data.md")
        }
        let tables = Set(columns.map { String($0.prefix { $0 != "." }) })
        for name in kept + free where !name.hasSuffix(".*") {
            #expect(columns.contains(name), "docs/personal-data.md names \(name), which is no column that holds text")
        }
        for name in free where name.hasSuffix(".*") {
            #expect(tables.contains(String(name.dropLast(2))), "docs/personal-data.md names \(name)")
        }
    }

    @Test func `no table that is declared free as a whole holds what the page calls personal`() async throws {
        let personal = /name|address|memo|email|phone|identity|counterparty|beneficiary|payer|evidence|headers|body/
        let whole = try Self.named(in: "Free of personal data").filter { $0.hasSuffix(".*") }.map { $0.dropLast(2) }
        // The agencies' own names and those of the catalogue, connections, endpoints and what portals are told.
        let known: Set<String> = [
            "agency.account_name", "agency.name_en", "agency.name_vi", "bank_account.name", "bank_holiday.name",
            "connection.name", "connection.signature_header", "event.body", "event_endpoint.name", "fee.name_en",
            "fee.name_vi", "job_state.name", "locality.name_en", "locality.name_vi", "procedure.name_en",
            "procedure.name_vi", "reduction.payer_category", "schema_migration.name", "schema_routine.name",
            "versioned_table.name", "erased_entry.personal_hash",
        ]
        let found = try await Self.columns().filter { column in
            whole.contains { column.hasPrefix($0 + ".") } && column.contains(personal) && !known.contains(column)
        }
        #expect(found == [])
    }
}
