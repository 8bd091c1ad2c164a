import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

@testable import Server

/// A person at a real browser, who logs in at a provider that others made.
@Suite(.serialized) struct BrowserProviderTests {
    @Test(arguments: ["vi", "en"])
    func `a person logs in through the provider's page, gives a code where it asked for none, and logs out`(
        _ language: String
    ) async throws {
        let accounts: [JSON] = [
            ["sub": "lan", "email": "lan@laocai.gov.vn", "email_verified": true, "amr": ["pwd", "otp"]],
            ["sub": "hoa", "email": "hoa@laocai.gov.vn", "email_verified": true],
            ["sub": "stranger", "email": "stranger@laocai.gov.vn", "email_verified": true],
        ]
        try await RealProvider.with(accounts) { provider in
            let port = try FreePort.find()
            var terms = ServiceOptions(publicURL: "http://127.0.0.1:\(port)")
            terms.hasProvider = true
            var options = ServerOptions(publicURL: terms.publicURL)
            options.provider = ProviderOptions(issuer: provider.issuer, clientID: "khop", secret: "secret")
            options.provider?.limits = .patient
            let given = options
            try await TestDatabase.withServices(options: terms) { services in
                let actor = try Person(commandLine: "root")
                _ = try await services.persons.add(
                    name: "Nguyễn Thị Lan",
                    email: "lan@laocai.gov.vn",
                    grants: [RoleGrant(.finance, in: "10")],
                    by: actor
                )
                try await LiveServer.over(services, given, port: port) { server in
                    let hoa = try await Newcomer(
                        server.services,
                        [RoleGrant(.approver, in: "10")],
                        name: "Hoa",
                        email: "hoa@laocai.gov.vn"
                    )
                    try await Browser.with(language: language) { browser in
                        try await Self.visit(browser, server, provider, hoa, language)
                    }
                }
                let audit = try await services.database.query(
                    """
                    select action from audit_entry where action like 'login%' or action like '%identity'
                        or action = 'session.logout' order by id
                    """
                ).map { try $0.get(0, as: String.self) }
                #expect(
                    audit == [
                        "person.link_identity", "login", "session.logout", "person.link_identity", "login",
                        "session.logout", "login.failed",
                    ]
                )
            }
        }
    }

    /// Goes from the login of khop to the provider's page, and chooses an account there.
    private static func logIn(_ browser: Browser, _ server: LiveServer, _ provider: RealProvider, as account: String)
        async throws
    {
        try await browser.open(server.baseURL + "/")
        #expect(try await browser.url() == server.baseURL + "/login")
        try await browser.click("main a.button")
        #expect(try await browser.url().hasPrefix(provider.issuer + "/oauth2/authorize"))
        try await browser.type(account, into: "input[name=sub]")
        try await browser.click("form button[type=submit]:not([name])")
    }

    private static func visit(
        _ browser: Browser,
        _ server: LiveServer,
        _ provider: RealProvider,
        _ hoa: Newcomer,
        _ language: String
    ) async throws {
        try await logIn(browser, server, provider, as: "lan")
        // The page in between leads on by itself.
        try await until("the console") { try await browser.url() == server.baseURL + "/console" }
        #expect(try await browser.text("header").contains("Nguyễn Thị Lan"))
        try await browser.photograph("provider-console-\(language)")
        try await browser.click("header button")
        #expect(try await browser.url() == server.baseURL + "/login")

        try await logIn(browser, server, provider, as: "hoa")
        try await until("the code") { try await browser.url().hasPrefix(server.baseURL + "/login/code") }
        try await browser.type(hoa.code(), into: "#code")
        try await browser.click("main button")
        #expect(try await browser.url() == server.baseURL + "/console")
        try await browser.click("header button")

        try await logIn(browser, server, provider, as: "stranger")
        #expect(try await browser.url().hasPrefix(server.baseURL + "/login/oidc/callback"))
        #expect(try await browser.text("main").contains("khop person add"))
        for size in Browser.Size.allCases {
            try await browser.resize(size)
            let (page, window) = try await browser.widths()
            #expect(page <= window)
            try await browser.photograph("provider-refused-\(language)-\(size.rawValue)")
        }
        // The browser notes the status of the refusal, and nothing else of ours.
        let complaints = try await browser.complaints().filter { $0.contains(server.baseURL) && !$0.contains("403") }
        #expect(complaints.isEmpty, "\(complaints)")
    }
}
