import Foundation
import PaymentQR
import TestSupport
import Testing
import Values

/// Baskets over HTTP: made, shown, paid by a signed callback, cancelled; and their page as it is sent.
@Suite struct BasketRouteTests {
    @Test func `a basket is made, read by id and reference, paid, and told by its page`() async throws {
        try await PayDesk.with { desk in
            let (basket, requests) = try await desk.basket()
            for name in [basket.id, basket.reference, basket.reference.lowercased()] {
                let read = try await desk.server.send("GET", "/v1/baskets/\(name)", key: desk.portal)
                #expect(try read.status == 200 && read.json["id"]?.string == basket.id, "\(name)")
            }
            let shown = try await desk.server.send("GET", "/v1/baskets/\(basket.id)", key: desk.portal).json
            #expect(shown["status"] == "open" && shown["amount_remaining"] == 30_000)
            let payload = try #require(shown["qr_payload"]?.string)
            let code = try VietQR(parsing: payload)
            #expect(code.billNumber == basket.reference && code.amount == Money(30_000))
            let svg = try await desk.server.send("GET", basket.path + "/qr.svg")
            #expect(svg.status == 200 && svg.text.contains("<svg"))

            let page = try await desk.page(basket.path).text
            #expect(page.contains("3 dossiers, one payment") && page.contains("<p class=\"amount\">30,000 ₫</p>"))
            for request in requests { #expect(page.contains("href=\"\(request.path)?lang=en\"")) }
            #expect(page.contains("data-copy=\"\(basket.reference)\"") && page.contains("data-copy=\"30000\""))
            let vietnamese = try await desk.page(basket.path + "?lang=vi").text
            #expect(vietnamese.contains("Nộp chung 3 hồ sơ") && !vietnamese.contains("one payment"))

            for (paper, type) in [("picture.png", "image/png"), ("notice.pdf", "application/pdf")] {
                #expect(page.contains("href=\"\(basket.path)/\(paper)?lang=en\""))
                let drawn = try await desk.server.send("GET", "\(basket.path)/\(paper)?lang=en")
                #expect(drawn.status == 200 && drawn.headers["content-type"] == type)
            }

            #expect(try await desk.pay(14_000, basket.reference) == "partial")
            let part = try await desk.page(basket.path).text
            #expect(part.contains("<title>16,000 ₫ · Part of it has arrived") && part.contains("−14,000 ₫"))
            #expect(try await desk.page(requests[0].path).text.contains("tabindex=\"-1\">Paid</h1>"))
            #expect(try await desk.page(requests[1].path).text.contains("4,000 ₫ of 10,000 ₫ has arrived"))
            #expect(try await desk.pay(16_000, basket.reference, id: "B2") == "settled")
            let paid = try await desk.page(basket.path).text
            #expect(paid.contains("tabindex=\"-1\">Paid</h1>") && !paid.contains("<svg"))
            // The bank's own id of the whole transfer, on the page of a request that it paid.
            #expect(try await desk.page(requests[2].path).text.contains("FT-B2"))
            #expect(try await desk.server.send("GET", basket.path + "/qr.svg").status == 409)
            let again = try await desk.server.send("POST", "/v1/baskets/\(basket.id)/cancel", key: desk.portal)
            #expect(try again.status == 409 && again.json["reason"]?["code"] == "basket_not_open")
        }
    }

    @Test func `the list of a basket says of each request what its own page says`() async throws {
        try await PayDesk.with { desk in
            let (basket, requests) = try await desk.basket()
            #expect(try await desk.pay(14_000, requests[0].reference) == "overpaid")
            #expect(try await desk.pay(10_000, requests[1].reference, id: "B2") == "settled")
            let page = try await desk.page(basket.path).text
            func told(_ place: Int) -> String {
                let row = page.split(separator: "<tr>").first { $0.contains(requests[place].path) } ?? ""
                return row.matches(of: /<span class="soft">([^<]*)<\/span>/).last.map { String($0.1) } ?? ""
            }
            #expect(told(0) == "Paid, and more than was due" && told(1) == "Paid", "\(page)")
            for place in 0..<2 {
                let own = try await desk.page(requests[place].path).text
                #expect(own.contains("tabindex=\"-1\">\(told(place))</h1>"), "\(own)")
            }
        }
    }

    @Test func `money for a cancelled basket is told on the page of each of its dossiers`() async throws {
        try await PayDesk.with { desk in
            let (basket, requests) = try await desk.basket(of: 2)
            let path = "/v1/baskets/\(basket.id)/cancel"
            #expect(try await desk.server.send("POST", path, key: desk.portal).status == 200)
            #expect(try await desk.pay(20_000, basket.reference) == "late")
            for request in requests {
                let page = try await desk.page(request.path).text
                #expect(page.contains("We hold 20,000 ₫ that came by the code for several dossiers"), "\(page)")
                #expect(page.contains("Ask before you pay again") && !page.contains("<svg"))
            }
            let visitor = PageVisitor(desk.server.baseURL)
            let sought = try await visitor.post("/lookup?lang=en", ["reference": basket.reference]).text
            #expect(sought.contains("We hold 20,000 ₫ that came by the code for several dossiers"), "\(sought)")
            let cashier = try await ConsoleDesk(server: desk.server).visitor(.cashier, name: "Mai")
            let counter = try await cashier.get("/console/counter/payments/" + requests[0].id.lowercased())
            #expect(counter.text.contains("it came by the code for several dossiers"), "\(counter.text)")
        }
    }

    @Test func `what is wrong with a basket is said at its place`() async throws {
        try await PayDesk.with { desk in
            let (first, second) = (try await desk.ask(), try await desk.ask("H44-26-0002"))
            func faults(_ json: JSON) async throws -> (Int, [String]) {
                let answer = try await desk.server.send("POST", "/v1/baskets", key: desk.portal, json: json)
                return (answer.status, (try answer.json["errors"]?.array ?? []).compactMap { $0["pointer"]?.string })
            }
            #expect(try await faults([:]) == (422, ["/payment_requests"]))
            #expect(try await faults(["payment_requests": [.string(first.id)]]) == (422, ["/payment_requests"]))
            let wrong: JSON = ["payment_requests": [.string(first.id), "x", 7], "expires_in": 5, "colour": "red"]
            let several = try await faults(wrong)
            #expect(several.0 == 422)
            #expect(
                Set(several.1) == ["/payment_requests/1", "/payment_requests/2", "/expires_in", "/colour"],
                "\(several.1)"
            )
            let absent: JSON = ["payment_requests": [.string(first.id), .string(UUID().uuidString)]]
            #expect(try await faults(absent) == (404, ["/payment_requests/1"]))
            let twice: JSON = ["payment_requests": [.string(first.id), .string(first.reference)]]
            #expect(try await faults(twice) == (422, ["/payment_requests/1"]))
            // Another portal has no such requests, and no such basket.
            let stranger = try await desk.server.key(.portal)
            let good: JSON = ["payment_requests": [.string(first.id), .string(second.id)]]
            #expect(try await desk.server.send("POST", "/v1/baskets", key: stranger, json: good).status == 404)
            let made = try await desk.server.send("POST", "/v1/baskets", key: desk.portal, json: good)
            #expect(made.status == 201)
            let id = try #require(try made.json["id"]?.string)
            #expect(try await desk.server.send("GET", "/v1/baskets/\(id)", key: stranger).status == 404)
            #expect(try await desk.server.send("GET", "/v1/baskets/nobody", key: desk.portal).status == 404)
            let cancelled = try await desk.server.send("POST", "/v1/baskets/\(id)/cancel", key: desk.portal)
            #expect(try cancelled.status == 200 && cancelled.json["status"] == "cancelled")
            #expect(try cancelled.json["qr_payload"]?.isNull == true)
            // Money that comes all the same is held, and its payer is told.
            let reference = try #require(try made.json["reference"]?.string)
            #expect(try await desk.pay(20_000, reference) == "late")
            let held = try await desk.server.send("GET", "/v1/baskets/\(id)", key: desk.portal).json
            #expect(held["amount_held"] == 20_000 && held["amount_received"] == 0)
            let path = try #require(held["pay_url"]?.string.flatMap { URL(string: $0)?.path })
            #expect(try await desk.page(path).text.contains("We hold 20,000 ₫ of yours"))
        }
    }

    @Test func `staff find the requests of a basket by its reference, and its notice in their story`() async throws {
        try await PayDesk.with { desk in
            let (basket, requests) = try await desk.basket()
            _ = try await desk.pay(14_000, basket.reference)
            let finance = try await desk.server.person(.finance)
            let found = try await desk.server.send("GET", "/v1/search?q=\(basket.reference)", key: finance).json
            let references = found["payment_requests"]?.array?.compactMap { $0["reference"]?.string } ?? []
            #expect(Set(references) == Set(requests.map(\.reference)))
            // The payer finds the same, by the note of the transfer.
            let looked = try await desk.server.services.payerPages.find(.reference(basket.reference))
            #expect(looked.map(\.request.reference) == requests.map(\.reference))
            let id = try #require(UUID(uuidString: requests[1].id))
            let story = try await desk.server.services.paymentStories.read(id, within: nil)
            #expect(story.baskets.map(\.reference) == [basket.reference])
            #expect(story.notices.map(\.amount) == [Money(14_000)] && story.notices.map(\.share) == [Money(4000)])
            #expect(story.postings.map(\.amount) == [Money(4000)])
        }
    }
}
