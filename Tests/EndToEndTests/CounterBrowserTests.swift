import Collection
import Foundation
import Identity
import PureSupport
import TestSupport
import Testing
import Values

/// The cashier's path in a real browser.
@Suite(.serialized) struct CounterBrowserTests {
    @Test func `a cashier finds, takes with change, shows the code, prints, and closes her shift`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(2)
            let counter = server.baseURL + "/console/counter"
            try await Browser.with(language: "vi") { browser in
                try await browser.open(server.baseURL + "/login")
                try await browser.use(try await desk.session(.cashier, name: "Trần Mai"), at: server.baseURL + "/")
                try await browser.open(counter)
                _ = try await browser.run("document.querySelector('#agency').value = 'H44.01'")
                try await browser.type("500.000", into: "#float")
                try await browser.click("form[action='/console/counter/shifts'] button")
                try await browser.type(asked[0].dossier, into: "#scan")
                try await browser.click(".scan button")
                try await browser.type("50.000", into: "#tendered")
                #expect(try await browser.text("[data-change]").contains("30.000 ₫"))
                try await browser.look("counter-payment-vi")
                try await browser.click("form:has(#tendered) button")
                #expect(try await browser.text(".taken").contains("30.000 ₫"))
                try await browser.look("counter-taken-vi")
                // The second payer pays by the code, and both screens change by themselves.
                try await browser.open(counter + "/payments/\(asked[1].id)")
                let display = try #require(
                    try await browser.run("return document.querySelector('[target=khop-display]').href").string
                )
                try await browser.open(display)
                try await browser.photograph("counter-display-1366")
                try await Self.pay(server, asked[1])
                try await until("the second screen to turn green") {
                    try await browser.run("return document.querySelector('.state.done') !== null") == true
                }
                #expect(try await browser.barriers().isEmpty)
                try await browser.photograph("counter-display-paid-1366")
                try await browser.open(counter)
                try await browser.look("counter-vi")
                try await browser.click("main ul.lines a[href*='/shifts/']")
                try await browser.type("26", into: "#note-20000")
                #expect(try await browser.text("[data-counted]").contains("520.000 ₫"))
                try await browser.look("shift-vi")
                try await browser.click("[data-count] button")
                #expect(try await browser.url().hasSuffix("?done=closed"))
                try await browser.look("shift-closed-vi")
            }
        }
    }

    @Test func `what was typed of one payer never stands in the form of the next`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let form = server.baseURL + "/console/counter/new"
            try await Browser.with(language: "vi") { browser in
                try await browser.open(server.baseURL + "/login")
                try await browser.use(try await desk.session(.cashier, name: "Trần Mai"), at: server.baseURL + "/")
                try await browser.open(form + "?procedure=1.004222&agency=H44.01")
                try await browser.type("H44-A", into: "#dossier")
                try await browser.type("Nguyễn Văn A", into: "#payer")
                try await browser.type("079", into: "#evidence-number")
                try await browser.click("[value=quote]")
                try await browser.look("counter-request-vi")
                // What was typed is still there after its price was worked out.
                #expect(try await browser.run("return document.querySelector('#payer').value") == "Nguyễn Văn A")
                // Left without being made.
                try await browser.open(form)
                for field in ["dossier", "payer", "evidence-number"] {
                    #expect(try await browser.run("return document.querySelector('#\(field)').value") == "", "\(field)")
                }
                try await browser.open(form + "?procedure=1.004222&agency=H44.01")
                try await browser.type("H44-B", into: "#dossier")
                try await browser.type("Trần Thị B", into: "#payer")
                try await browser.click("[value=create]")
                #expect(try await browser.url().contains("/console/counter/payments/"))
                try await browser.open(form)
                for field in ["dossier", "payer"] {
                    #expect(try await browser.run("return document.querySelector('#\(field)').value") == "", "\(field)")
                }
            }
        }
    }

    private static func pay(_ server: LiveServer, _ asked: ConsoleDesk.Asked) async throws {
        let calls = try await RecordedCalls(server)
        try await calls.pay(asked.due, "FT-DISPLAY", asked.reference)
    }
}
