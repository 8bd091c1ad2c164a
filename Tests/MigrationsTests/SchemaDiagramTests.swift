import Foundation
import Migrations
import Postgres
import TestSupport
import Testing

@Suite struct SchemaDiagramTests {
    private static let page = Repository.root + "/docs/database.md"
    private static let mark =
        "<!-- From here on written by `khop database diagram`; ops/schema writes it again. -->\n\n"

    @Test func `the pictures in docs are what the command prints`() async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let text = try await SchemaDiagram(database).text
            await database.close()
            let parts = try String(contentsOfFile: Self.page, encoding: .utf8)
                .split(separator: Self.mark, omittingEmptySubsequences: false)
            try #require(parts.count == 2)
            if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
                try (parts[0] + Self.mark + text).write(toFile: Self.page, atomically: true, encoding: .utf8)
                return
            }
            #expect(String(parts[1]) == text, "ops/schema writes them again")
        }
    }

    @Test func `a reference that only a comment names is dotted`() async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let text = try await SchemaDiagram(database).text
            await database.close()
            #expect(text.contains("    bank_notice |o..o{ ledger_transfer : notice_id\n"))
            #expect(text.contains("    bank_account ||--o{ statement : account_number\n"))
            #expect(text.contains("    reconciliation_case ||--o| case_money : case_id\n"))
        }
    }

    /// A name that is misspelt in a comment would vanish from the picture.
    @Test func `what a comment refers to is a table`() async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let lost = try await database.query(
                """
                select objoid::regclass || ': ' || description from pg_description
                where classoid = 'pg_class'::regclass and objsubid > 0 and description like 'References %'
                    and to_regclass((regexp_match(description, '^References (\\w+)'))[1]) is null
                """
            ).map { try $0.get(0, as: String.self) }
            await database.close()
            #expect(lost == [])
        }
    }
}
