import Collection
import Foundation
import Server
import TestSupport
import Testing
import Values

/// A payer who asked for a new code pays once, whichever code the money comes by.
@Suite struct RenewalTests {
    /// Presses the button of an expired page; the new request's page and reference.
    private func renew(_ desk: PayDesk, _ path: String) async throws -> (path: String, reference: String) {
        let visitor = PageVisitor(desk.server.baseURL)
        let place = try #require(try await visitor.post(path + "/renew?lang=en", [:]).location)
        let fresh = String(place.prefix { $0 != "?" })
        let reference = try #require(try await desk.page(fresh).text.firstMatch(of: /RF[0-9]{2}[0-9A-Z]{12}/)).output
        return (fresh, String(reference))
    }

    @Test func `money for the old code ends the new one, and what comes for that is held`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await desk.expire(asked)
            let fresh = try await renew(desk, asked.path)
            #expect(fresh.reference != asked.reference)
            #expect(try await desk.pay(10_000, asked.reference) == "settled")
            let ended = try await desk.page(fresh.path).text
            #expect(ended.contains("Your earlier transfer, by the older code, has paid this already"))
            #expect(ended.contains("href=\"\(asked.path)?lang=en\">Open what you paid") && !ended.contains("<svg"))
            #expect(try await desk.page(asked.path).text.contains(">Paid</h1>"))
            #expect(try await desk.pay(10_000, fresh.reference) == "late")
            #expect(try await desk.page(fresh.path).text.contains("We hold 10,000 ₫ of yours"))
        }
    }

    @Test func `money for the new code makes money for the old one too much`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await desk.expire(asked)
            let first = try await renew(desk, asked.path)
            #expect(try await desk.pay(10_000, first.reference) == "settled")
            #expect(try await desk.pay(10_000, asked.reference) == "overpaid")
        }
    }

    @Test func `a part of the money for the old code ends the new one as well`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await desk.expire(asked)
            let fresh = try await renew(desk, asked.path)
            #expect(try await desk.pay(4000, asked.reference) == "partial")
            #expect(try await desk.page(fresh.path).text.contains("has paid this already"))
            // The rest of the old one is still its own.
            #expect(try await desk.pay(6000, asked.reference) == "settled")
        }
    }

    @Test func `another request for the same dossier that nobody renewed stays`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await desk.expire(asked)
            let other = try await desk.ask()
            #expect(try await desk.pay(10_000, asked.reference) == "settled")
            #expect(try await desk.page(other.path).text.contains("Waiting for your payment"))
            #expect(try await desk.pay(10_000, other.reference) == "settled")
        }
    }
}
