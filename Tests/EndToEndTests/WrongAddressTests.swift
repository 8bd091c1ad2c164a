import TestSupport
import Testing

/// Whoever opens a wrong address in a browser sees a page; a program gets a problem.
@Suite struct WrongAddressTests {
    @Test func `a wrong address is a page for a browser and a problem for a program`() async throws {
        try await PayDesk.with { desk in
            for (path, title) in [
                ("/r", "This receipt was not found"), ("/r/EBL01-26TAA-1/receipt.pdf", "This receipt was not found"),
                ("/r/EBL01-26TAA-1/notice.pdf", "This receipt was not found"),
                ("/Pay/abc", "This payment was not found"), ("/nothing", "There is no such page"),
            ] {
                let page = try await desk.page(path)
                #expect(page.status == 404 && page.headers["content-type"]?.hasPrefix("text/html") == true, "\(path)")
                #expect(page.text.contains(title), "\(path)")
                let problem = try await desk.server.send("GET", path)
                #expect(problem.status == 404 && problem.headers["content-type"] == "application/problem+json")
            }
            let api = try await desk.page("/v1/nothing")
            #expect(api.headers["content-type"] == "application/problem+json")
        }
    }

    @Test func `the address of the button for a fresh price leads to its page`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            let opened = try await PageVisitor(desk.server.baseURL).get(asked.path + "/renew?lang=en")
            #expect(opened.status == 303 && opened.location == asked.path + "?lang=en")
        }
    }
}
