import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// What the program says at a terminal, and what it refuses at once.
@Suite struct CommandLineTests {
    private func program(_ services: Services) -> KhopProgram { KhopProgram(services.database.pool.options) }

    private func order(_ services: Services) async throws -> JSON {
        let draft = try PaymentRequestDraft(
            ["dossier_code": "D-1", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"],
            today: Instant.now().day
        )
        return try JSON.parse(try await services.paymentRequests.create(draft, caller: nil, idempotency: nil).body)
    }

    @Test func `the version names the commit that the program was built from`() throws {
        let told = try KhopProgram().run(["--version"])
        // Sources in no repository have none.
        let isRepository = FileManager.default.fileExists(atPath: Repository.root + "/.git/HEAD")
        #expect(told.status == 0)
        let commit = told.output.wholeMatch(of: /0\.1\.0 \(commit ([0-9a-f]{12}|unknown)\)\n/)?.1
        #expect(commit != nil && (commit == "unknown") != isRepository, "\(told.output)")
    }

    @Test func `messages and headings follow the locale, Vietnamese first`() async throws {
        try await TestDatabase.withServices { services in
            let khop = program(services)
            for (environment, heading, refusal) in [
                (["LANG": "vi_VN.UTF-8"], "trạng thái", "phải là một trong các giá trị"),
                (["LANG": "C"], "trạng thái", "phải là một trong các giá trị"),
                (["LANG": "en_US.UTF-8"], "state", "must be one of"),
                (["LANG": "en_US.UTF-8", "KHOP_LANG": "vi"], "trạng thái", "phải là một trong các giá trị"),
            ] {
                #expect(try khop.run(["case", "list"], environment).output.contains(heading), "\(environment)")
                let refused = try khop.run(["case", "list", "--state", "nix"], environment)
                #expect(refused.status == 2 && refused.errors.contains(refusal), "\(refused.errors)")
            }
            let help = try khop.run(["case", "--help"], ["LANG": "vi_VN.UTF-8"])
            #expect(help.status == 0 && help.output.contains("Liệt kê vụ việc"))
        }
    }

    @Test func `a statement is undone by a person with a note, and the refusal says what stands in the way`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let khop = program(services)
            let file = Repository.root + "/Fixtures/statements/banks/bidv.csv"
            let imported = try khop.run(["statement", "import", file, "--account", "42710001234567", "--json"])
            let id = try #require(try JSON.parse(Array(imported.output.utf8))["id"]?.integer)
            #expect(try khop.run(["statement", "undo", "\(id)"]).status != 0)
            let undo = ["statement", "undo", "\(id)", "--note", "wrong account"]
            let stranger = try khop.run(undo, ["KHOP_LANG": "en"])
            #expect(stranger.status == 2 && stranger.errors.contains("run `khop login` first"), "\(stranger.errors)")
            let session = try await TestPerson.sessionFile(.finance, name: "Hoa", services.database)
            defer { unlink(session) }
            let english = ["KHOP_LANG": "en", "KHOP_SESSION_FILE": session]
            let undone = try khop.run(undo, english)
            #expect(undone.status == 0 && undone.output.contains("Statement \(id) is undone"), "\(undone.errors)")
            let again = try khop.run(undo, english)
            #expect(again.status != 0 && again.errors.contains("was undone already, by Hoa"), "\(again.errors)")
            let shown = try khop.run(["statement", "show", "\(id)"], english)
            #expect(shown.output.contains("by Hoa: “wrong account”"), "\(shown.output)")
        }
    }

    @Test func `a database that does not exist is reported at once`() async throws {
        try await TestDatabase.with { options in
            let url = options.url.replacing(/\/test_[0-9a-f]+/, with: "/no_such_database")
            let clock = ContinuousClock()
            let start = clock.now
            let failed = try KhopProgram(DatabaseOptions(url: url)).run(["serve", "--allow-root", "--port", "0"])
            #expect(failed.status == 1 && failed.errors.contains("no_such_database"), "\(failed.errors)")
            #expect(clock.now - start < .seconds(15))
        }
    }

    @Test func `a port in use and a foreign host are named`() async throws {
        try await LiveServer.with { server in
            let port = try #require(server.baseURL.split(separator: ":").last)
            let khop = program(server.services)
            let taken = try khop.run(["serve", "--allow-root", "--port", String(port)])
            #expect(taken.status == 2)
            #expect(
                taken.errors.contains("port \(port) is taken: choose another with KHOP_PORT or --port"),
                "\(taken.errors)"
            )
            let elsewhere = try khop.run(
                ["serve", "--allow-root", "--host", "192.0.2.1", "--port", "0"],
                ["KHOP_PUBLIC_URL": "https://pay.example.vn", "KHOP_METRICS_PORT": "0"]
            )
            #expect(elsewhere.status == 2 && elsewhere.errors.contains("no address 192.0.2.1"), "\(elsewhere.errors)")
        }
    }

    @Test func `a request is shown and cancelled by its reference`() async throws {
        try await TestDatabase.withServices { services in
            let reference = try #require(try await order(services)["reference"]?.string)
            let ended = try program(services).run(["request", "cancel", reference, "--json"])
            #expect(ended.status == 0, "\(ended.errors)")
            #expect(try JSON.parse(ended.output)["status"] == "cancelled")
            let refused = try program(services).run(["refund", "request", "--payment-request", "x", "--reason", "y"])
            #expect(
                refused.errors
                    == "khop: /payment_request_id: must be the id or the reference (RF…) of a payment request\n"
            )
        }
    }

    @Test func `amounts and days are entered as they are printed`() async throws {
        try await TestDatabase.withServices { services in
            let reference = try #require(try await order(services)["reference"]?.string)
            let khop = program(services)
            // The money is not there yet: what is refused is the amount, which was read.
            let session = try await TestPerson.sessionFile(.finance, services.database)
            defer { unlink(session) }
            let refund = try khop.run(
                ["refund", "request", "--payment-request", reference, "--amount", "10.000", "--reason", "x"],
                ["KHOP_SESSION_FILE": session]
            )
            #expect(refund.status != 0 && !refund.errors.contains("is not an amount"), "\(refund.errors)")
            for wrong in ["10.00", "1e4", "-5", "0"] {
                let refused = try khop.run(["refund", "request", "--case", "1", "--amount=\(wrong)", "--reason", "x"])
                #expect(refused.status == 2 && refused.errors.contains("--amount"), "\(wrong): \(refused.errors)")
            }
            for day in ["25/11/2026", "2026-11-25"] {
                let report = try khop.run([
                    "report", "reconciliation", "--account", "0801000567890", "--day", day, "--json",
                ])
                #expect(report.status == 0, "\(report.errors)")
                #expect(try JSON.parse(report.output)["day"] == "2026-11-25")
            }
            let wrong = try khop.run(["report", "reconciliation", "--account", "0801000567890", "--day", "31/02/2026"])
            #expect(
                wrong.errors == "khop: --day: 31/02/2026 is not a day that exists: write 25/11/2026 or 2026-11-25\n"
            )
        }
    }

    @Test func `an outcome that is unknown is refused with the outcomes`() async throws {
        try await TestDatabase.withServices { services in
            let khop = program(services)
            let recorded = try khop.run(["callback", "list", "--outcome", "nonsense"])
            #expect(recorded.status == 2 && recorded.errors.contains("settled, partial, overpaid"))
            let refused = try khop.run(["callback", "list", "--refused", "--outcome", "nonsense"])
            #expect(refused.status == 2 && refused.errors.contains("signature_missing"))
            #expect(try khop.run(["callback", "list", "--outcome", "settled"]).status == 0)
        }
    }
}
