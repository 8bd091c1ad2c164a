import Foundation
import Postgres
import TestSupport
import Testing

/// As whom the program works, and what it refuses to work as.
@Suite struct LeastRightsTests {
    private static let isRoot = geteuid() == 0

    @Test(.enabled(if: isRoot)) func `the service does not run as root unless told to`() throws {
        let refused = try KhopProgram().run(["serve", "--port", "0"])
        #expect(refused.status == 2 && refused.errors.contains("the service does not run as root"), "\(refused.errors)")
    }

    @Test func `the service does not run as the owner of the tables`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            for command in [["serve", "--allow-root", "--port", "0"], ["case", "list"]] {
                let refused = try KhopProgram(options).run(command)
                #expect(refused.status == 1, "\(command)")
                #expect(refused.errors.contains("the role khop_owner owns the tables"), "\(refused.errors)")
            }
        }
    }

    @Test func `the service does not make the schema`() throws {
        // A database that nobody migrates.
        let empty = DatabaseOptions(url: TestDatabase.cluster.url(database: "postgres"))
        let refused = try KhopProgram(empty).run(["serve", "--allow-root", "--port", "0"])
        #expect(refused.status == 1 && refused.errors.contains("run `khop migrate`"), "\(refused.errors)")
    }

    @Test func `the schema is made as its owner alone`() async throws {
        try await TestDatabase.with { options in
            let khop = KhopProgram(options)
            let refused = try khop.run(["migrate"])
            #expect(refused.status == 2 && refused.errors.contains("KHOP_OWNER_DATABASE_URL: "), "\(refused.errors)")
            let owner = options.url.replacing("khop_app@", with: "khop_owner@")
            let done = try khop.run(["migrate"], ["KHOP_OWNER_DATABASE_URL": owner])
            #expect(done.status == 0 && done.output.contains("Nothing to do"), "\(done.errors)")
        }
    }

    @Test(arguments: [
        ("postgresql://khop_app:p%40ss:w@db.example/khop?sslmode=verify-full", "khop_app:***@db.example/khop?sslmode"),
        ("host=db password=hunter2 dbname=khop", "host=db password=*** dbname=khop"),
        ("host=db password = 'hun ter\\'2' dbname=khop", "host=db password = *** dbname=khop"),
        ("postgresql://db/khop?user=khop_app&password=hunter2", "user=khop_app&password=***"),
    ])
    func `the address of the database is shown without its password`(_ url: String, _ shown: String) throws {
        let printed = try KhopProgram(DatabaseOptions(url: url)).run(["database", "url"])
        #expect(printed.status == 0 && printed.output.contains(shown), "\(printed.output)")
        #expect(!printed.output.contains("hun") && !printed.output.contains("p%40ss"))
    }
}
