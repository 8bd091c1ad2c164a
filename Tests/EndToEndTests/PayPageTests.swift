import Collection
import Foundation
import PaymentQR
import Server
import TestSupport
import Testing
import Values

/// The payment page as it is sent: what it says in each state, in one language, and what it allows.
@Suite struct PayPageTests {
    @Test func `a page speaks one language, the one that was asked for`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            let vietnamese = try await desk.page(asked.path, language: "fr")
            #expect(vietnamese.headers["content-language"] == "vi" && vietnamese.text.contains("<html lang=\"vi\">"))
            #expect(vietnamese.text.contains("Chờ thanh toán") && !vietnamese.text.contains("Waiting for"))
            let english = try await desk.page(asked.path)
            #expect(english.text.contains("<html lang=\"en\">") && english.text.contains("Waiting for your payment"))
            #expect(!english.text.contains("Chờ thanh toán"))
            // The switch, whatever the browser says.
            #expect(try await desk.page(asked.path + "?lang=vi").text.contains("Chờ thanh toán"))
            #expect(english.text.contains("href=\"\(asked.path)?lang=vi\" lang=\"vi\""))
        }
    }

    @Test func `the bill adds up: list price, what each rule takes off, what remains`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            let page = try await desk.page(asked.path).text
            for part in ["<td>20,000 ₫</td>", "Online discount", "lang=\"vi\">Thông tư 75/2022", "<td>−10,000 ₫</td>"] {
                #expect(page.contains(part), "\(part)")
            }
            #expect(try await desk.pay(8000, asked.reference) == "partial")
            let part = try await desk.page(asked.path).text
            #expect(part.contains("<title>2,000 ₫ · Part of it has arrived"))
            #expect(part.contains("data-copy=\"2000\"") && part.contains("<td>−8,000 ₫</td>"))
            #expect(part.contains("8,000 ₫ of 10,000 ₫ has arrived"))
        }
    }

    @Test func `paid, paid too much, and paid again are told apart`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            #expect(try await desk.pay(10_000, asked.reference, id: "77") == "settled")
            let paid = try await desk.page(asked.path).text
            #expect(paid.contains("<h1 id=\"heading\" tabindex=\"-1\">Paid</h1>") && paid.contains("FT-77"))
            #expect(!paid.contains("<svg"))
            #expect(try await desk.pay(10_000, asked.reference) == "overpaid")
            let twice = try await desk.page(asked.path).text
            #expect(twice.contains("You paid 10,000 ₫ more than was due"))
            #expect(twice.contains("<p class=\"amount\">10,000 ₫</p>"))
        }
    }

    @Test func `an expired page leads to one fresh price, however often the button is pressed`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask(more: [.init("return_url", "https://dichvucong.example.vn/x")])
            try await desk.expire(asked)
            let page = try await desk.page(asked.path).text
            #expect(page.contains("Expired") && page.contains("Get a new payment code") && !page.contains("<svg"))
            let visitor = PageVisitor(desk.server.baseURL)
            let first = try #require(try await visitor.post(asked.path + "/renew?lang=en", [:]).location)
            let second = try #require(try await visitor.post(asked.path + "/renew?lang=en", [:]).location)
            #expect(first == second && first.hasPrefix("/pay/") && !first.hasPrefix(asked.path))
            let fresh = try await desk.page(first).text
            #expect(fresh.contains("Waiting for your payment") && fresh.contains("https://dichvucong.example.vn/x"))
            let old = try await desk.page(asked.path).text
            #expect(old.contains("Open the new payment code") && !old.contains("Get a new payment code"))
            // The new one is the portal's, as the old one was.
            let listed = "/v1/payment-requests?dossier_code=H44-26-0001"
            let list = try await desk.server.send("GET", listed, key: desk.portal)
            #expect(try list.json["items"]?.array?.count == 2)
            // Nobody else's page presses it.
            let foreign = try await visitor.post(asked.path + "/renew", [:], ["Sec-Fetch-Site": "cross-site"])
            #expect(foreign.status == 403)
            // A page that can be paid stays what it is.
            let pressed = try await visitor.post(first.replacing("?lang=en", with: "/renew?lang=en"), [:])
            #expect(pressed.location == first)
        }
    }

    @Test func `two tabs that press at once get the same request`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await desk.expire(asked)
            let places = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await PageVisitor(desk.server.baseURL).post(asked.path + "/renew", [:]).location
                    }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(places.count == 1 && !places.contains(nil))
        }
    }

    @Test func `money for a request that ended is told as held, with whom to ask`() async throws {
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.installation.helpPhone = "0210 3846 868"
        try await PayDesk.with(options) { desk in
            let asked = try await desk.ask()
            let cancel = "/v1/payment-requests/\(asked.id)/cancel"
            #expect(try await desk.server.send("POST", cancel, key: desk.portal).status == 200)
            #expect(try await desk.page(asked.path).text.contains("This request was withdrawn"))
            #expect(try await desk.pay(10_000, asked.reference) == "late")
            let held = try await desk.page(asked.path).text
            #expect(held.contains("We hold 10,000 ₫ of yours") && held.contains("<a href=\"tel:02103846868\">"))
            #expect(held.contains(asked.reference))
            let late = try await desk.ask("H44-26-0002")
            try await desk.expire(late, secondsAgo: 3 * 86_400)
            #expect(try await desk.pay(10_000, late.reference) == "late")
            #expect(try await desk.page(late.path, language: "vi").text.contains("Chúng tôi đang giữ 10.000 ₫"))
        }
    }

    @Test func `a wrong link and a database that is away end in a page for people and a problem for programs`()
        async throws
    {
        try await PayDesk.with { desk in
            for path in ["/pay/nobody", "/pay/", "/pay/nobody/picture.png", "/lookup/x"] {
                let page = try await desk.page(path, language: "vi")
                #expect(page.status == 404 && page.headers["content-type"]?.hasPrefix("text/html") == true, "\(path)")
                #expect(page.text.contains("Không tìm thấy khoản nộp này") && page.text.contains("lang=\"vi\""))
            }
            let problem = try await desk.server.send("GET", "/pay/nobody")
            #expect(problem.status == 404 && problem.headers["content-type"] == "application/problem+json")
        }
    }

    @Test func `an installation says who it is, links apps only if told to, and names who may frame it`() async throws {
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.installation.name = Phrase(vi: "Tỉnh Phú Thọ", en: "Phú Thọ Province")
        options.installation.mark = Installation.Mark(Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8))
        options.installation.bankApps = .fill
        options.installation.frameOrigins = ["https://dichvucong.example.vn"]
        try await PayDesk.with(options) { desk in
            let asked = try await desk.ask()
            let page = try await desk.page(asked.path)
            #expect(page.text.contains("Phú Thọ Province"))
            let mark = try #require(page.text.firstMatch(of: /src="(\/assets\/mark-[0-9a-f]+\.svg)"/))
            #expect(try await desk.server.send("GET", String(mark.1)).headers["content-type"] == "image/svg+xml")
            let filled =
                "https://dl.vietqr.io/pay?app=mb&amp;ba=0801000567890@vcb&amp;am=10000&amp;tn=\(asked.reference)"
            #expect(page.text.contains(filled))
            #expect(page.text.contains("https://dl.vietqr.io/pay?app=vcb\""))
            let policy = page.headers["content-security-policy"] ?? ""
            #expect(policy.contains("frame-ancestors https://dichvucong.example.vn"))
        }
        try await PayDesk.with { desk in
            let page = try await desk.page(try await desk.ask().path)
            #expect(!page.text.contains("vietqr.io") && !page.text.contains("unsafe-inline"))
            #expect(page.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
            #expect(page.headers["referrer-policy"] == "no-referrer")
        }
    }

    @Test func `the whole page with its style and script is small`() async throws {
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.installation.bankApps = .fill
        try await PayDesk.with(options) { desk in
            let page = try await desk.page(try await desk.ask().path)
            var bytes = page.body.count
            let files = page.text.matches(of: /(?:href|src)="(\/assets\/[^"]+)"/).map { String($0.1) }
            #expect(files.count == 2)
            for file in files { bytes += try await desk.server.send("GET", file).body.count }
            #expect(bytes < 60_000, "\(bytes)")
        }
    }
}
