import Foundation
import TestSupport
import Testing
import Values

/// A receipt in the console: found from its payment, told of an error, replaced.
@Suite struct ConsoleReceiptTests {
    private static func receipt(_ page: PageVisitor.Page) throws -> String {
        String(try #require(page.text.firstMatch(of: /\/console\/receipts\/EBL[0-9A-Z-]+/), "\(page.text)").0)
    }

    @Test func `a clerk makes a notice of an error and puts another receipt in the place of a wrong one`() async throws
    {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await desk.pay(10_000, asked.reference)
            let town = ConsoleDesk(server: desk.server)
            let clerk = try await town.visitor(.finance)
            let path = try Self.receipt(try await clerk.get("/console/payments/" + asked.id.lowercased()))
            let page = try await clerk.get(path)
            #expect(page.text.contains(">valid<") && page.text.contains("10,000 ₫"), "\(page.text)")
            let missing = ["csrf": page.csrf, "error": "payer_name", "note": "  "]
            let empty = try await clerk.post(path + "/notice", missing)
            #expect(empty.status == 422 && empty.text.contains("value=\"payer_name\" selected"), "\(empty.text)")
            #expect(
                try await clerk.post(path + "/notice", ["csrf": page.csrf, "error": "x", "note": "y"]).status == 422
            )
            let told = ["csrf": page.csrf, "error": "payer_name", "note": "An là Anh"]
            #expect(try await clerk.post(path + "/notice", told).location == path + "?done=noticed")
            let corrected = try await clerk.get(path)
            #expect(corrected.text.contains("valid, with a notice of an error") && corrected.text.contains("An là Anh"))
            let place = try await clerk.post(path + "/replace", ["csrf": page.csrf, "reason": "sai cơ quan"])
            let other = try #require(place.location?.split(separator: "?").first.map(String.init), "\(place.text)")
            #expect(other != path && other.hasPrefix("/console/receipts/EBL"))
            #expect(try await clerk.get(other).text.contains("sai cơ quan"))
            let replaced = try await clerk.get(path)
            #expect(replaced.text.contains(">replaced<") && !replaced.text.contains("name=\"reason\""))
            let again = try await clerk.post(path + "/replace", ["csrf": page.csrf, "reason": "x"])
            #expect(again.status == 409 && again.text.contains("correct that one"), "\(again.text)")
            let auditor = try await town.visitor(.auditor)
            let read = try await auditor.get(other)
            #expect(read.status == 200 && !read.text.contains("name=\"reason\""))
            let refused = try await auditor.post(other + "/replace", ["csrf": read.csrf, "reason": "x"])
            #expect(refused.status == 403)
            let numbers = try await desk.server.services.receipts.list(of: try #require(UUID(uuidString: asked.id)))
            #expect(numbers.count == 2)
        }
    }
}
