import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// People at the console in a real browser.
@Suite(.serialized) struct ConsoleBrowserTests {
    /// A hundred cases of which each has its suggestion, a refund that somebody asked for, and a paid request.
    private func province(_ desk: ConsoleDesk) async throws -> (asked: [ConsoleDesk.Asked], file: String) {
        let asked = try await desk.ask(100)
        return (asked, try ConsoleDesk.file(ConsoleDesk.statement(asked)))
    }

    @Test(arguments: ["vi", "en"])
    func `a clerk drops a statement, clears a hundred cases, an approver approves, and the day is signed`(
        _ language: String
    ) async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let (asked, file) = try await province(desk)
            let clerk = try await desk.session(.finance, name: "Nguyễn Thị Lan")
            try await Browser.with(language: language) { browser in
                try await browser.open(server.baseURL + "/login")
                try await browser.use(clerk, at: server.baseURL + "/")
                try await browser.open(server.baseURL + "/console")
                try await browser.look("today-empty-\(language)")
                try await browser.open(server.baseURL + "/console/statements")
                try await browser.choose([file], for: "#files")
                try await browser.click("#account option[value='\(ConsoleDesk.account)']")
                try await browser.click("main form button")
                #expect(try await browser.text("main").contains("sao-ke.csv"))
                try await browser.look("preview-\(language)")
                try await browser.click("[data-accept]")
                // What takes longer than two seconds goes on by itself, and its page leads here in the end.
                try await until("the import") {
                    try await browser.url().contains("/console/statements/1?done=imported")
                }
                try await browser.look("statement-\(language)")
                try await browser.open(server.baseURL + "/console/cases?kind=unmatched&state=open")
                try await browser.look("cases-\(language)")
                // By keys: down, open, take the suggestion, and on to the next one.
                try await browser.open(server.baseURL + "/console/cases?kind=unmatched&state=open")
                try await browser.press("j")
                try await browser.press("\u{E007}")
                try await until("the case") { try await browser.url().contains("/console/cases/1") }
                try await browser.look("case-\(language)")
                try await browser.press("a")
                try await until("the proposal") { try await browser.url().contains("done=proposed") }
                // All the others, a page of fifty at a time: choose all, preview, send.
                for _ in 1...2 {
                    try await browser.open(server.baseURL + "/console/cases?kind=unmatched&state=open")
                    try await browser.click("[data-all]")
                    try await browser.click(".actions button")
                    try await browser.click(".actions button")
                    #expect(try await browser.text("[role=status]").contains(language == "vi" ? "Đã xong" : "are done"))
                }
                try await browser.open(server.baseURL + "/console/cases?state=awaiting_approval")
                #expect(try await browser.text("main").contains("#50"))
                let found = asked[41]
                try await browser.open(server.baseURL + "/console")
                try await browser.press("/")
                try await browser.press("nguyen van an 42")
                try await until("what is found") {
                    try await browser.text("[data-found]").contains(found.reference)
                }
                try await browser.photograph("console-found-\(language)-1366")
            }
            try await approve(desk, language, asked)
            for finding in try await server.services.ledger.verify() { #expect(finding.ok, "\(finding.name)") }
        }
    }

    private func approve(_ desk: ConsoleDesk, _ language: String, _ asked: [ConsoleDesk.Asked]) async throws {
        let base = desk.server.baseURL
        let approver = try await desk.session(.approver, name: "Trần Văn Nam")
        try await Browser.with(language: language) { browser in
            try await browser.open(base + "/login")
            try await browser.use(approver, at: base + "/")
            try await browser.open(base + "/console")
            try await browser.look("today-\(language)")
            for _ in 1...2 {
                try await browser.open(base + "/console/cases?state=awaiting_approval")
                try await browser.click("[data-all]")
                try await browser.click(".actions button")
                try await browser.look("case-approval-\(language)")
                try await browser.click(".actions button")
                #expect(try await browser.text("[role=status]").isEmpty == false)
            }
            let paid: Int64 = try await desk.server.services.database.query(
                "select count(*) from payment_request where status = 'paid'"
            ).row().get(0)
            #expect(paid == 100)
            let day = base + "/console/days/\(ConsoleDesk.account)/\(Instant.now().day)"
            try await browser.open(day)
            try await browser.look("day-\(language)")
            try await browser.click("form[action$=sign] button")
            #expect(try await browser.text("main").contains("Trần Văn Nam"))
            try await browser.use(try await desk.session(.finance, name: "Lê Thị Mai"), at: base + "/")
            try await browser.open(day)
            try await browser.click("form[action$=countersign] button")
            #expect(try await browser.text("main").contains("Lê Thị Mai"))
            try await browser.look("day-signed-\(language)")
            try await browser.open(base + "/console/days")
            try await browser.look("days-\(language)")
            try await browser.open(base + "/console/payments/\(asked[0].id)")
            try await browser.look("payment-\(language)")
            try await browser.open(base + "/console/refunds")
            try await browser.look("refunds-\(language)")
            try await browser.open(
                base + "/console/rates?period=\(Instant.now().day.description.prefix(7))&level=commune"
            )
            try await browser.look("rates-\(language)")
            try await browser.click("td a[href*='/console/reports/payments']")
            try await browser.look("paid-\(language)")
            try await lookAtReports(browser, base, language)
            try await browser.use(try await desk.session(.auditor, name: "Lê Kiểm Toán"), at: base + "/")
            try await browser.open(base + "/console/operations")
            try await browser.look("operations-\(language)")
            try await browser.open(base + "/rates")
            try await browser.look("open-rates-\(language)")
            try await browser.open(base + "/console/find?q=H44-26-10")
            try await browser.look("find-\(language)")
        }
    }

    /// From the index to a report, from a figure to a payment, and a view kept on the way.
    private func lookAtReports(_ browser: Browser, _ base: String, _ language: String) async throws {
        try await browser.open(base + "/console/reports")
        try await browser.look("reports-\(language)")
        try await browser.click("a[href='/console/reports/hours']")
        try await browser.look("report-hours-\(language)")
        try await browser.open(base + "/console/reports/non-cash-rates?by=locality&level=province")
        try await browser.look("report-rates-\(language)")
        try await browser.click("aside summary")
        try await browser.type(language == "vi" ? "Tháng này" : "This month", into: "aside input[name=name]")
        try await browser.click("aside button")
        #expect(try await browser.text("main").contains(language == "vi" ? "Tháng này" : "This month"))
        try await browser.look("views-\(language)")
        try await browser.click("main .catalogue h2 a")
        try await browser.click("td a[href*='counted=paid']")
        try await browser.click("[data-open]")
        try await until("the payment") { try await browser.url().contains("/console/payments/") }
        try await browser.open(base + "/console/rates?level=province")
        try await browser.look("rates-map-\(language)")
    }

    @Test func `everything that is not live by nature works without scripts`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(1)
            let file = try ConsoleDesk.file(ConsoleDesk.statement(asked))
            let clerk = try await desk.session(.finance, name: "Lan")
            try await Browser.with(language: "vi") { browser in
                try await browser.open(server.baseURL + "/login")
                try await browser.use(clerk, at: server.baseURL + "/")
                try await browser.allowScripts(false)
                try await browser.open(server.baseURL + "/console/statements")
                try await browser.choose([file], for: "#files")
                try await browser.click("#account option[value='\(ConsoleDesk.account)']")
                try await browser.click("main form button")
                try await until("the preview") { try await browser.text("main").contains("sao-ke.csv") }
                try await browser.click("[data-accept]")
                try await until("the import") {
                    try await browser.url().contains("/console/statements/1?done=imported")
                }
                try await browser.open(server.baseURL + "/console/cases")
                try await browser.click("[data-open]")
                try await until("the case") { try await browser.url().contains("/console/cases/1") }
                try await browser.click("[data-accept]")
                try await until("the proposal") { try await browser.url().contains("done=proposed") }
                try await browser.type("H44-26-1001", into: "[data-find]")
                try await browser.press("\u{E007}")
                #expect(try await browser.text("main").contains(asked[0].reference))
            }
        }
    }
}
