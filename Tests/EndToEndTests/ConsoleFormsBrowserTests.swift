import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// Forms of the console in a real browser: how they look, and what becomes of what was typed.
@Suite(.serialized) struct ConsoleFormsBrowserTests {
    @Test(arguments: ["vi", "en"])
    func `the form for a refund, persons and keys are for everybody's eyes and hands`(_ language: String) async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            // Events are made for whoever wants them.
            _ = try await server.services.eventEndpoints.add(
                name: "portal",
                url: "https://portal.example/",
                types: nil,
                secret: nil
            )
            let calls = try await RecordedCalls(server)
            let paid = try await calls.overpaid("FT1").request
            try await Browser.with(language: language) { browser in
                try await browser.open(server.baseURL + "/login")
                try await browser.use(try await desk.session(.finance, name: "Nguyễn Lan"), at: server.baseURL + "/")
                try await browser.open(server.baseURL + "/console/refunds/new")
                try await browser.look("refund-find-\(language)")
                try await browser.open(server.baseURL + "/console/refunds/new?reference=\(paid)")
                try await browser.look("refund-form-\(language)")
                try await browser.type("abc", into: "#amount")
                try await browser.click("main form button")
                #expect(try await browser.value("#amount") == "abc")
                try await browser.look("refund-form-fault-\(language)", status: 422)
                try await browser.use(try await desk.session(.admin, name: "Quản Trị"), at: server.baseURL + "/")
                try await lookAtRunning(browser, server, language)
                try await browser.open(server.baseURL + "/console/operations/persons")
                try await browser.look("persons-\(language)")
                try await browser.click("[data-open]")
                try await browser.look("person-\(language)")
                try await browser.open(server.baseURL + "/console/operations/events")
                try await browser.look("events-\(language)")
                try await browser.click("[data-open]")
                try await browser.look("event-\(language)")
                try await browser.open(server.baseURL + "/console/operations/keys")
                try await browser.look("keys-\(language)")
                try await browser.type("Cổng dịch vụ công", into: "#name")
                try await browser.click("form[action='/console/operations/keys'] button")
                #expect(try await browser.text("[role=status]").contains("khop_"))
                try await browser.look("key-\(language)")
            }
        }
    }

    /// Connections with a refused callback, the catalogue with a proposal, the check-up, letters to banks.
    private func lookAtRunning(_ browser: Browser, _ server: LiveServer, _ language: String) async throws {
        let connection = try #require(try await server.services.connections.list().first)
        let refused = try await server.send("POST", "/v1/callbacks/\(connection.name)", json: ["a": 1])
        #expect(refused.status == 401)
        try await server.services.callbackLog.flush()
        let fees = try #require(try await server.services.catalogue.export().first { $0.file == .fees })
        let proposal = try await server.services.catalogueProposals.propose(
            [(file: .fees, bytes: Array(fees.text.replacing(",20000,", with: ",30000,").utf8))],
            note: "Nghị quyết 12/2026/NQ-HĐND",
            by: TestPerson.finance
        )
        let operations = server.baseURL + "/console/operations"
        for (name, path) in [
            ("connections", "/connections"), ("connection", "/connections/\(connection.name)"),
            ("callback", "/callbacks/refused:1"), ("catalogue", "/catalogue"),
            ("catalogue-proposal", "/catalogue/proposals/\(proposal.id)"), ("catalogue-version", "/catalogue/1"),
            ("doctor", "/doctor"),
        ] {
            try await browser.open(operations + path)
            try await browser.look("\(name)-\(language)")
        }
        try await browser.open(server.baseURL + "/console/cases/inquiry?cases=1")
        try await browser.look("case-inquiry-\(language)")
    }

    @Test func `nothing that was typed is lost when the session ended`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let paid = try await RecordedCalls(server).overpaid("FT1").request
            try await Browser.with(language: "vi") { browser in
                try await browser.open(server.baseURL + "/login")
                try await browser.use(try await desk.session(.finance, name: "Lan"), at: server.baseURL + "/")
                try await browser.open(server.baseURL + "/console/refunds/new?reference=\(paid)")
                try await browser.click("#reason-kind option[value=other]")
                try await browser.type("nộp thừa", into: "#reason")
                try await browser.type("khách gọi điện", into: "#note")
                try await browser.click("#payee-account")
                try await browser.click("#bin option[value='970418']")
                try await browser.type("0011223344", into: "#account")
                try await browser.type("NGUYEN VAN AN", into: "#name")
                // The night comes, and the session ends.
                _ = try await server.services.database.asOwner(
                    "update person_session set ended_at = now(), ended_why = 'logout'"
                )
                try await browser.click("main form button")
                let away = try await browser.url()
                #expect(away.contains("/login?next=/console/refunds/new%3Freference%3D"), "\(away)")
                let next = try #require(away.firstMatch(of: /next=(.*)$/)).1.removingPercentEncoding
                try await browser.use(try await desk.session(.finance, name: "Lan"), at: server.baseURL + "/")
                try await browser.open(server.baseURL + (try #require(next)))
                #expect(try await browser.value("#reason-kind") == "other")
                #expect(try await browser.value("#reason") == "nộp thừa")
                #expect(try await browser.value("#note") == "khách gọi điện")
                #expect(try await browser.value("#bin") == "970418")
                #expect(try await browser.value("#name") == "NGUYEN VAN AN")
                try await browser.click("main form button")
                #expect(try await browser.url().hasSuffix("?done=asked"))
                // Sent: the next form is an empty one.
                try await browser.open(server.baseURL + (try #require(next)))
                #expect(try await browser.value("#note").isEmpty)
            }
        }
    }
}
