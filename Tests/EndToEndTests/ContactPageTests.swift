import Casework
import Collection
import Foundation
import Server
import TestSupport
import Testing
import Values

/// A payer asks on the page to be told, is told by a real mail server, and asks for silence.
@Suite(.serialized) struct ContactPageTests {
    private static let form = ["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"]

    @Test func `from the form on the page to the letter, and to silence by one press`() async throws {
        try await MailHost.with("plain") { host in
            try await PayDesk.with(telling: [.email]) { desk in
                let asked = try await desk.ask()
                let page = try await desk.page(asked.path).text
                #expect(page.contains("Tell me by e-mail") && page.contains("action=\"\(asked.path)/notify?lang=en\""))
                let posted = try await desk.server.send(
                    "POST",
                    asked.path + "/notify?lang=en",
                    headers: Self.form,
                    body: Array("email=An%40Example.vn".utf8)
                )
                // The client follows to the page.
                #expect(posted.status == 200 && posted.text.contains("a***@example.vn"))
                #expect(!posted.text.contains("an@example.vn"))
                #expect(try await desk.pay(10_000, asked.reference) == "settled")
                let templates = try MessageTemplates(Installation(), publicURL: "https://pay.example.vn")
                let sender = MailSender(try host.server(), name: Phrase(same: "Khớp"))
                let delivery = desk.server.services.messageDelivery([.email: sender], composer: templates)
                while try await delivery.step() > 0 {}
                let letter = try #require(try host.letters().first)
                #expect(letter["rcpt_tos"] == ["an@example.vn"])
                #expect(letter["headers"]?["Subject"]?.string == "10,000 ₫ received in full for \(asked.reference)")
                let body = try #require(letter["body"]?.string)
                #expect(body.contains("https://pay.example.vn\(asked.path)?lang=en") && body.contains("/r/EBL02-"))
                let link = try #require(letter["headers"]?["List-Unsubscribe"]?.string)
                let path = try #require(URL(string: String(link.dropFirst().dropLast()))?.path)
                let shown = try await desk.page(path).text
                #expect(shown.contains("Stop these messages?") && shown.contains("a***@example.vn"))
                // As a mail program presses it: no cookies, no language, nothing but the token.
                let pressed = try await desk.server.send(
                    "POST",
                    path,
                    headers: ["Content-Type": "application/x-www-form-urlencoded"],
                    body: Array("List-Unsubscribe=One-Click".utf8)
                )
                #expect(pressed.status == 200)
                #expect(try await desk.page(path).text.contains("You will be told nothing more"))
                #expect(try await desk.pay(10_000, asked.reference) == "overpaid")
                while try await delivery.step() > 0 {}
                #expect(try host.letters().count == 1)
            }
        }
    }

    @Test func `what is wrong is told beside what was typed, and nothing is kept`() async throws {
        try await PayDesk.with(telling: [.email]) { desk in
            let asked = try await desk.ask()
            for typed in ["", "an", "an@", "an@example", "a%20b%40example.vn", "%3Cscript%3E%40example.vn"] {
                let answer = try await desk.server.send(
                    "POST",
                    asked.path + "/notify?lang=en",
                    headers: Self.form,
                    body: Array("email=\(typed)".utf8)
                )
                #expect(answer.status == 422 && answer.text.contains("must be an e-mail address"), "\(typed)")
                #expect(!answer.text.contains("<script>@"))
            }
            let id = try #require(UUID(uuidString: asked.id))
            #expect(try await desk.server.services.messages.told(of: id).isEmpty)
            // From another site, to another's link, and where nothing is sent.
            let foreign = Self.form.merging(["Sec-Fetch-Site": "cross-site"]) { $1 }
            let body = Array("email=an%40example.vn".utf8)
            #expect(
                try await desk.server.send("POST", asked.path + "/notify", headers: foreign, body: body).status == 403
            )
            #expect(
                try await desk.server.send("POST", "/pay/nobody/notify", headers: Self.form, body: body).status == 404
            )
            for wrong in ["1-ab", "x", "1-" + String(repeating: "0", count: 32)] {
                #expect(try await desk.page("/unsubscribe/" + wrong).status == 404)
                #expect(
                    try await desk.server.send("POST", "/unsubscribe/" + wrong, headers: Self.form, body: []).status
                        == 404
                )
            }
        }
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            let page = try await desk.page(asked.path).text
            #expect(!page.contains("Tell me by e-mail"))
            let body = Array("email=an%40example.vn".utf8)
            #expect(
                try await desk.server.send("POST", asked.path + "/notify", headers: Self.form, body: body).status == 404
            )
        }
    }

    @Test func `in a browser the form is there for everybody, and what is typed outlives the news`() async throws {
        try await PayDesk.with(telling: [.email]) { desk in
            let asked = try await desk.ask()
            try await Browser.with(language: "vi") { browser in
                try await browser.open(desk.server.baseURL + asked.path)
                for (name, width) in [("notify-390", 390), ("notify-1366", 1366)] {
                    try await browser.resize(width: width, height: 1900, isPhone: width < 1000)
                    let (page, window) = try await browser.widths()
                    #expect(page <= window)
                    #expect(try await browser.barriers() == [])
                    try await browser.photograph(name)
                }
                try await until("the stream") { desk.server.services.pageWatch.count == 1 }
                try await browser.type("an@exam", into: "#email")
                try await desk.pay(4000, asked.reference)
                try await until("the news") { try await browser.text("h1") == "Đã nhận một phần" }
                #expect(try await browser.value("#email") == "an@exam")
                try await browser.type("an@example.vn", into: "#email")
                try await browser.click("aside button")
                try await until("the page") { try await browser.text("aside").contains("a***@example.vn") }
                try await browser.photograph("notify-told-1366")
                let id = try #require(UUID(uuidString: asked.id))
                #expect(try await desk.server.services.messages.told(of: id).map(\.masked) == ["a***@example.vn"])
                let token = try await Self.token(desk, asked)
                try await browser.open(desk.server.baseURL + "/unsubscribe/" + token)
                for (name, width) in [("unsubscribe-390", 390), ("unsubscribe-1366", 1366)] {
                    try await browser.resize(width: width, height: 700, isPhone: width < 1000)
                    #expect(try await browser.barriers() == [])
                    try await browser.photograph(name)
                }
                try await browser.click("main button")
                try await until("silence") { try await browser.text("h1") == "Đã thôi gửi tin" }
                #expect(try await browser.barriers() == [])
            }
        }
    }

    /// What the link of the next message ends in.
    private static func token(_ desk: PayDesk, _ asked: PayDesk.Asked) async throws -> String {
        let keeper = KeptMessages()
        #expect(try await desk.pay(1000, asked.reference) == "partial")
        let templates = try MessageTemplates(Installation(), publicURL: "https://x")
        let delivery = desk.server.services.messageDelivery([.email: keeper], composer: templates)
        while try await delivery.step() > 0 {}
        let url = try #require(await keeper.sent.first?.unsubscribeURL)
        return try #require(URL(string: url)?.lastPathComponent)
    }
}
