import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// A person at a real browser.
@Suite(.serialized) struct BrowserLoginTests {
    /// A page as people see it: on a phone and at a desk, without scrolling sideways and without complaints.
    private func look(_ browser: Browser, _ name: String) async throws {
        for size in Browser.Size.allCases {
            try await browser.resize(size)
            let (page, window) = try await browser.widths()
            #expect(page <= window, "\(name) is \(page) wide at \(window)")
            try await browser.photograph("\(name)-\(size.rawValue)")
        }
        #expect(try await browser.complaints().isEmpty, "\(name)")
    }

    @Test(arguments: ["vi", "en"])
    func `a person accepts an invitation, logs in with password and code, and sees their account`(_ language: String)
        async throws
    {
        try await LiveServer.with { server in
            let invited = try await server.services.persons.add(
                name: "Nguyễn Thị Lan",
                email: "lan@laocai.gov.vn",
                grants: [RoleGrant(.finance, in: "10")],
                by: try Person(commandLine: "root")
            )
            let phone = try await Authenticator(server.services, invited.token)
            let password = "ba con mèo trắng"
            try await Browser.with(language: language) { browser in
                try await browser.open(server.baseURL + "/invite/\(invited.token)")
                try await look(browser, "invite-\(language)")
                try await browser.type(password, into: "#password")
                try await browser.type(password, into: "#repeated")
                try await browser.type(phone.code(), into: "#code")
                try await browser.click("main button")
                #expect(try await browser.text("ol.codes").split(separator: "\n").count == 10)
                try await look(browser, "recovery-\(language)")

                try await browser.open(server.baseURL + "/")
                #expect(try await browser.url() == server.baseURL + "/login")
                try await look(browser, "login-\(language)")
                try await browser.type("lan@laocai.gov.vn", into: "#email")
                try await browser.type("a wrong password", into: "#password")
                try await browser.click("main button")
                #expect(try await browser.text("[role=alert]").isEmpty == false)
                // The browser notes the status of the refusal, and nothing else.
                #expect(try await browser.complaints().allSatisfy { $0.contains("401") })
                try await browser.type(password, into: "#password")
                try await browser.click("main button")
                try await look(browser, "code-\(language)")
                try await browser.type(phone.code(after: 1), into: "#code")
                try await browser.click("main button")
                #expect(try await browser.url() == server.baseURL + "/console")
                try await look(browser, "start-\(language)")
                try await browser.click("header a[href='/account']")
                let account = try await browser.text("main")
                #expect(
                    account.contains("Nguyễn Thị Lan") && account.contains(language == "vi" ? "phiên này" : "this one")
                )
                try await look(browser, "account-\(language)")
                // In the other language, by the link in the head of the page.
                try await browser.click("header a[hreflang]")
                #expect(try await browser.text("main").contains(language == "vi" ? "this one" : "phiên này"))
                try await browser.click("header button")
                #expect(try await browser.url() == server.baseURL + "/login")
            }
        }
    }
}
