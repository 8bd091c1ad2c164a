import Collection
import Foundation
import Identity
import Postgres
import Server
import TestSupport
import Testing
import Values

/// An import that takes longer than a page may: how far it has come is told as it goes, and what came of it in the end.
@Suite struct ConsoleProgressTests {
    /// The console shows how far an import has come at once, without waiting for its end.
    ///
    /// - Parameter most: how many statements one may import a day.
    private static func with(most: Int = 0, _ body: @Sendable (ConsoleDesk) async throws -> Void) async throws {
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.importPatience = .zero
        let given = options
        var limits = ServiceOptions(publicURL: "http://127.0.0.1:1")
        limits.limits.statementsPerDay = most
        try await TestDatabase.withServices(options: limits) { services in
            try await LiveServer.over(services, given) { try await body(ConsoleDesk(server: $0)) }
        }
    }

    /// Drops a statement and says which account it is of: the form that imports it.
    private static func form(_ statement: String, _ clerk: PageVisitor, _ csrf: String) async throws -> [String: String]
    {
        let preview = try await clerk.drop([("sao-ke.csv", statement)], csrf: csrf)
        let kept = try #require(preview.text.firstMatch(of: /name="preview" value="([^"]+)"/), "\(preview.text)").1
        let asked = [
            "csrf": csrf, "token": try token(preview), "preview": String(kept), "account": ConsoleDesk.account,
        ]
        let place = try #require(try await clerk.post("/console/statements/look", asked).location)
        let looked = try await clerk.get(place)
        return asked.merging(["token": try token(looked)]) { $1 }
    }

    private static func token(_ page: PageVisitor.Page) throws -> String {
        String(try #require(page.text.firstMatch(of: /name="token" value="([^"]+)"/), "\(page.text)").1)
    }

    @Test func `a page that is loaded again tells the stage, and leads on to the statement in the end`() async throws {
        try await Self.with { desk in
            let asked = try await desk.ask(3)
            let clerk = try await desk.visitor(.finance)
            let csrf = try await clerk.get("/console/statements").csrf
            let form = try await Self.form(ConsoleDesk.statement(asked), clerk, csrf)
            let database = desk.server.services.database
            // The run waits for another hand on the account's settlement.
            let held = try await HeldLock("settle", of: ConsoleDesk.account, database)
            let sent = try await clerk.post("/console/statements/import", form)
            let address = try #require(sent.location, "\(sent.text)")
            #expect(sent.status == 303 && address.hasPrefix("/console/statements/progress/"))
            try await until("the statement is stored and its run waits") {
                try await clerk.get(address).text.contains("<b>Reconciling</b> <span class=\"badge wait\">under way")
            }
            let page = try await clerk.get(address)
            #expect(page.text.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"))
            #expect(page.text.contains("<span class=\"soft\">1 / 1 KiB"), "\(page.text)")
            let stranger = try await desk.visitor(.finance, name: "Hoa")
            #expect(try await stranger.get(address).status == 404)
            #expect(try await stranger.get(address + "/events").status == 404)
            // The same person's browser, with the page open.
            let open = PageVisitor(desk.server.baseURL)
            open.jar = clerk.jar
            async let events = open.get(address + "/events")
            try await held.release()
            let news = try await events
            #expect(news.headers["content-type"]?.hasPrefix("text/event-stream") == true)
            #expect(
                news.text.contains("event: progress\ndata: {\"html\"")
                    && news.text.hasSuffix("event: done\ndata: {}\n\n")
            )
            let over = try await clerk.get(address)
            #expect(over.status == 303 && over.location == "/console/statements/1?done=imported", "\(over.text)")
        }
    }

    @Test func `what went wrong is told on the page of the work`() async throws {
        try await Self.with(most: 1) { desk in
            let asked = try await desk.ask(2)
            let clerk = try await desk.visitor(.finance)
            let csrf = try await clerk.get("/console/statements").csrf
            var pages: [String] = []
            for part in [Array(asked.prefix(1)), Array(asked.suffix(1))] {
                let form = try await Self.form(ConsoleDesk.statement(part), clerk, csrf)
                pages.append(try #require(try await clerk.post("/console/statements/import", form).location))
                // A previewed file is imported once.
                #expect(try await clerk.post("/console/statements/import", form).status == 404)
                let page = try #require(pages.last)
                try await until("it has ended") { try await clerk.get(page).status != 200 }
            }
            #expect(try await clerk.get(pages[0]).location == "/console/statements/1?done=imported")
            let refused = try await clerk.get(pages[1])
            #expect(refused.status == 429 && refused.text.contains("go on tomorrow"), "\(refused.text)")
            #expect(try await clerk.get("/console/statements/progress/none").status == 404)
        }
    }
}
