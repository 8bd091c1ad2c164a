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
            let old = try await desk.page(asked.path).text
            #expect(old.contains("We hold 10,000 ₫ of yours") && old.contains("paid by another code already"))
            #expect(old.contains("Do not pay again") && !old.contains("<svg") && !old.contains("it will still count"))
            let sought = try await PageVisitor(desk.server.baseURL).post(
                "/lookup?lang=en",
                ["reference": asked.reference]
            ).text
            #expect(sought.contains("We hold 10,000 ₫ of yours"), "\(sought)")
            try await atTheCounter(desk, asked)
        }
    }

    /// A cashier is told of the other money, and takes more only after having said so.
    private func atTheCounter(_ desk: PayDesk, _ asked: PayDesk.Asked) async throws {
        let cashier = try await ConsoleDesk(server: desk.server).visitor(.cashier, name: "Mai")
        let path = "/console/counter/payments/" + asked.id.lowercased()
        let page = try await cashier.get(path)
        #expect(page.text.contains("has been paid by another code, made after this one"), "\(page.text)")
        #expect(page.text.contains("10,000 ₫ of the payer is held") && page.text.contains("name=\"seen\""))
        let once = try #require(page.text.firstMatch(of: /name="once" value="([^"]+)"/)).1
        var form = [
            "csrf": page.csrf, "once": String(once), "channel": "counter_cash", "amount": "20000", "tendered": "20000",
        ]
        let refused = try await cashier.post(path + "/take", form)
        #expect(refused.status == 409 && refused.text.contains("There is other money for this"), "\(refused.text)")
        form["seen"] = "1"
        let heard = try await cashier.post(path + "/take", form)
        #expect(!heard.text.contains("There is other money for this"))
    }

    @Test func `what is paid twice is told as too much, and no rest is asked for`() async throws {
        try await PayDesk.with { desk in
            let database = desk.server.services.database
            let asked = try await desk.ask(more: [.init("notify", ["email": "an@example.vn"])])
            try await desk.expire(asked)
            let fresh = try await renew(desk, asked.path)
            #expect(try await desk.pay(10_000, fresh.reference) == "settled")
            #expect(try await desk.pay(10_000, asked.reference) == "overpaid")
            let told = try await database.query(
                """
                select m.kind from payer_message m join payer_contact c on c.id = m.contact_id
                where c.payment_request_id = \(try #require(UUID(uuidString: asked.id)))::uuid order by m.id
                """
            ).map { try $0.get(0, as: String.self) }
            #expect(told.last == "too_much" && !told.contains("part_paid"), "\(told)")
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
