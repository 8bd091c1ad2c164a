import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// The whole way from an unknown table to an imported statement, in a real browser.
@Suite(.serialized) struct ConsoleMappingBrowserTests {
    @Test(arguments: ["vi", "en"])
    func `a clerk drops an unknown table, changes a column, stores the mapping and imports`(_ language: String)
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let file = try ConsoleDesk.file(ConsoleMappingTests.table(), named: "la.csv")
            try await Browser.with(language: language) { browser in
                try await browser.open(server.baseURL + "/login")
                try await browser.use(try await desk.session(.finance, name: "Nguyễn Lan"), at: server.baseURL + "/")
                // As without scripts: every step is a link or a form.
                try await browser.allowScripts(language == "en")
                try await browser.open(server.baseURL + "/console/statements")
                try await browser.choose([file], for: "#files")
                try await browser.click("#account option[value='\(ConsoleDesk.account)']")
                try await browser.click("main form button")
                try await browser.click("a[href^='/console/statements/mappings/new/']")
                #expect(try await browser.value("#c3") == "credit")
                #expect(try await browser.value("#account") == ConsoleDesk.account)
                if language == "en" { try await browser.look("mapping-draft-\(language)") }
                // Somebody errs, is told, and puts it right.
                try await browser.click("#c2 option[value=credit]")
                try await browser.click("#c3 option[value=debit]")
                try await browser.click("form[method=get] button")
                #expect(try await browser.text(".faults").contains(language == "vi" ? "không khớp" : "does not follow"))
                try await browser.click("#c2 option[value=debit]")
                try await browser.click("#c3 option[value=credit]")
                try await browser.click("form[method=get] button")
                try await browser.type("ngan-hang-la", into: "#name")
                try await browser.type("Ngân hàng lạ", into: "#title")
                try await browser.click("form[action^='/console/statements/mappings/new/'] button[data-accept]")
                #expect(try await browser.text("main").contains("ngan-hang-la"))
                try await browser.click("[data-accept]")
                try await until("the import") { try await browser.url().contains("/console/statements/1") }
                #expect(try await browser.text("main").contains("ngan-hang-la"))
                try await browser.open(server.baseURL + "/console/statements/mappings")
                if language == "en" { try await browser.look("mappings-\(language)") }
                try await browser.click("a[href='/console/statements/mappings/1']")
                if language == "en" { try await browser.look("mapping-\(language)") }
                #expect(try await browser.text("h1").contains("ngan-hang-la"))
            }
        }
    }
}
