import Collection
import Foundation
import Identity
import Postgres
import PureSupport
import TestSupport
import Testing
import Values

@testable import Server

/// What the server really answers, held against the document of the API by another program.
@Suite struct OpenAPIAnswerTests {
    /// GET addresses whose answers are no JSON, or are asked for by other tests with a world of their own.
    private static let elsewhere: Set = [
        "/v1/callbacks/:connection", "/v1/shifts/:id/slip.pdf", "/v1/cases/:id/inquiry", "/v1/inquiry-letters/:bank",
        "/v1/remittances/:id/order.pdf",
    ]

    @Test func `every answer has the fields and types that the document says, and no others`() async throws {
        try await LiveServer.with { server in
            let answers = RecordedAnswers()
            try await RecordedAnswers.$current.withValue(answers) {
                let calls = try await RecordedCalls(server)
                try await AuditCoverageTests.makeEveryChange(calls)
                try await Self.readEverything(calls)
                try await Self.askWrongly(calls)
                try await Self.leaveEmpty(calls)
            }
            #expect(answers.count > 150)
            let file = try answers.file()
            defer { do { try FileManager.default.removeItem(atPath: file) } catch {} }
            let printed = try OtherProgram.run(
                OtherProgram.python,
                [
                    Repository.root + "/Fixtures/openapi/check_answers.py",
                    Repository.root + "/Sources/Server/Documents/openapi.yaml", file,
                ]
            )
            #expect(printed.isEmpty, "\(String(decoding: printed, as: UTF8.self))")
        }
    }

    /// What each address is asked: the ids of what there is, and the query that it takes.
    private static func questions(_ calls: RecordedCalls) async throws -> [String: [String]] {
        let database = calls.server.services.database
        func ids(_ sql: String) async throws -> [String] {
            try await database.query(Query(trustedSQL: sql, binding: [])).map { try $0.get(0, as: String.self) }
        }
        let (account, today) = (RecordedCalls.account, Instant.now().day)
        let period = "?period=\(today.components.year)"
        let requests = try await ids("select id::text from payment_request order by created_at")
        let cases = try await ids("select id::text from reconciliation_case order by id")
        let receipts = try await ids(
            """
            select case s.kind when 'fee' then 'EBL01' else 'EBL02' end || '-' || s.serial || '-' || r.number
            from receipt r join receipt_series s on s.id = r.series_id
            """
        )
        func each(_ path: String, _ ids: [String]) -> [String] { ids.map { path.replacing("*", with: $0) } }
        let runs = each("/v1/reconciliations/*", try await ids("select id::text from reconciliation_run"))
        let mappings = each("/v1/statement-mappings/*", try await ids("select id::text from statement_mapping"))
        return [
            "/v1/payment-requests": ["/v1/payment-requests?dossier_code=D-1&limit=2"],
            "/v1/payment-requests/:id": each("/v1/payment-requests/*", requests),
            "/v1/baskets/:id": each("/v1/baskets/*", try await ids("select id::text from basket")),
            "/v1/remittances/due": ["/v1/remittances/due"],
            "/v1/remittances": ["/v1/remittances", "/v1/remittances?limit=1"],
            "/v1/remittances/:id": each("/v1/remittances/*", try await ids("select id::text from remittance")),
            "/v1/platform-files": ["/v1/platform-files", "/v1/platform-files?limit=1"],
            "/v1/platform-files/:id": each("/v1/platform-files/*", try await ids("select id::text from platform_file")),
            "/v1/shifts": ["/v1/shifts", "/v1/shifts?limit=1"],
            "/v1/shifts/:id": each("/v1/shifts/*", try await ids("select id::text from shift")),
            "/v1/shifts/:id/takings": each("/v1/shifts/*/takings", try await ids("select id::text from shift")),
            "/v1/cash-deposits": ["/v1/cash-deposits"],
            "/v1/statements": ["/v1/statements", "/v1/statements?limit=1"],
            "/v1/statements/:id": each("/v1/statements/*", try await ids("select id::text from statement")),
            "/v1/statement-mappings": ["/v1/statement-mappings"], "/v1/statement-mappings/:id": mappings,
            "/v1/reconciliations/:id": runs,
            "/v1/cases": ["/v1/cases", "/v1/cases?limit=2"],
            "/v1/cases/:id": each("/v1/cases/*", cases),
            "/v1/inquiry-letters": ["/v1/inquiry-letters?cases=\(cases.joined(separator: ","))"],
            "/v1/refunds": ["/v1/refunds", "/v1/refunds?limit=1"],
            "/v1/refunds/:id": each("/v1/refunds/*", try await ids("select id::text from refund")),
            "/v1/receipts/:number": each("/v1/receipts/*", receipts),
            "/v1/events": ["/v1/events"],
            "/v1/events/:id": each("/v1/events/*", try await ids("select id::text from event")),
            "/v1/event-endpoints": ["/v1/event-endpoints"],
            "/v1/audit": ["/v1/audit?limit=300"], "/v1/seals": ["/v1/seals"], "/v1/connections": ["/v1/connections"],
            "/v1/search": each("/v1/search?q=*", ["RF", "D-1", "10000", "0801", "FT3", "NGUYEN"]),
            "/v1/catalogue/agencies": ["/v1/catalogue/agencies", "/v1/catalogue/agencies?limit=2"],
            "/v1/catalogue/procedures": ["/v1/catalogue/procedures"],
            "/v1/catalogue/fees": ["/v1/catalogue/fees", "/v1/catalogue/fees?agency=H44.01"],
            "/v1/catalogue/categories": ["/v1/catalogue/categories"],
            "/v1/catalogue/proposals": ["/v1/catalogue/proposals"],
            "/v1/catalogue/proposals/:id": each("/v1/catalogue/proposals/*", ["1", "2"]),
            "/v1/accounts/:number/days/:day/explanation": ["/v1/accounts/\(account)/days/\(today)/explanation"],
            "/v1/reports/non-cash-rates":
                each(
                    "/v1/reports/non-cash-rates\(period)*",
                    ["", "&by=procedure", "&by=field", "&by=channel", "&level=commune&locality=25"]
                ),
            "/v1/reports/non-cash-rates/payments": ["/v1/reports/non-cash-rates/payments\(period)"],
            "/v1/reports/decision766": ["/v1/reports/decision766\(period)"],
            "/v1/reports/decision766/dossiers": ["/v1/reports/decision766/dossiers\(period)"],
            "/v1/reports/collections": ["/v1/reports/collections\(period)"],
            "/v1/reports/discounts": ["/v1/reports/discounts\(period)"],
            "/v1/reports/exemptions": ["/v1/reports/exemptions\(period)"],
            "/v1/reports/hours": ["/v1/reports/hours\(period)"],
            "/v1/reports/receipts": ["/v1/reports/receipts?day=\(today)"],
            "/v1/reports/reconciliation": ["/v1/reports/reconciliation?account=\(account)&day=\(today)"],
            "/v1/sessions": ["/v1/sessions"],
        ]
    }

    /// Reads every address of the API as an administrator, and as a portal what a portal may read.
    private static func readEverything(_ calls: RecordedCalls) async throws {
        let questions = try await questions(calls)
        let options = ServerOptions(publicURL: "http://127.0.0.1:1")
        let addresses = try KhopServer.addresses(
            calls.server.services,
            options: options,
            registry: PrometheusRegistry()
        )
        for (path, method) in addresses where method == .get && path.hasPrefix("/v1/") && !elsewhere.contains(path) {
            let asked = try #require(questions[path], "nobody asks \(path)")
            #expect(!asked.isEmpty, "there is nothing to ask \(path) about")
            for question in asked {
                let answer = try await calls.server.send("GET", question, key: calls.admin)
                #expect(answer.status == 200, "\(question): \(answer.text)")
                let byPortal = try await calls.server.send("GET", question, key: calls.portal)
                // A key has no sessions.
                let refusals = path == "/v1/sessions" ? [401] : [200, 403, 404]
                #expect(refusals.contains(byPortal.status), "\(question): \(byPortal.text)")
            }
        }
    }

    /// Some of what is refused: each refusal is a problem that the document describes.
    private static func askWrongly(_ calls: RecordedCalls) async throws {
        let server = calls.server
        for (method, path, body, status) in [
            ("GET", "/v1/cases/999999", nil, 404), ("GET", "/v1/reports/non-cash-rates?period=x", nil, 400),
            ("POST", "/v1/quotes", "{", 400), ("POST", "/v1/quotes", "{\"agency_code\":1}", 422),
            ("POST", "/v1/refunds", "{}", 403),
        ] as [(String, String, String?, Int)] {
            let answer = try await server.send(method, path, key: calls.admin, body: body.map { Array($0.utf8) })
            #expect(answer.status == status, "\(path): \(answer.status) \(answer.text)")
        }
        #expect(try await server.send("GET", "/v1/cases", key: "khop_no").status == 401)
    }

    /// A number, a day or a word of a list that is given empty is refused, never taken for left out.
    private static func leaveEmpty(_ calls: RecordedCalls) async throws {
        let typed = try TypedParameters()
        var count = 0
        for (path, questions) in try await questions(calls) {
            let question = try #require(questions.first)
            for name in typed.names(ofGet: path) {
                let parts = question.split(separator: "?")
                let rest = parts.dropFirst().joined().split(separator: "&").filter { !$0.hasPrefix(name + "=") }
                let asked = "\(parts[0])?" + (rest + ["\(name)="]).joined(separator: "&")
                let answer = try await calls.server.send("GET", asked, key: calls.admin)
                #expect(answer.status == 400 || answer.status == 422, "\(asked): \(answer.status) \(answer.text)")
                count += 1
            }
        }
        #expect(count > 60)
    }
}
