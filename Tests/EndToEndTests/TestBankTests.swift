import BankCallbacks
import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// The bank to play with: from the button of a payment page to a day that is reconciled.
@Suite(.serialized) struct TestBankTests {
    @Test func `a live installation has neither the page nor the button`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            #expect(!(try await desk.page(asked.path).text.contains("/simulate")))
            #expect(try await desk.server.send("POST", asked.path + "/simulate", json: [:]).status == 404)
            let clerk = try await ConsoleDesk(server: desk.server).visitor(.finance)
            #expect(try await clerk.get("/console/test-bank").status == 404)
            #expect(!(try await clerk.get("/console").text.contains("test-bank")))
        }
    }

    @Test(arguments: [
        ("on-time", "Paid"), ("twice", "Paid"), ("short", "Part of it has arrived"),
        ("over", "Paid, and more than was due"), ("silent", "Waiting for your payment"),
    ])
    func `the button pays as was chosen`(_ kind: String, _ heading: String) async throws {
        try await PayDesk.with(mode: .test) { desk in
            let asked = try await desk.ask()
            let payer = PageVisitor(desk.server.baseURL)
            let page = try await payer.get(asked.path)
            #expect(page.text.contains("action=\"\(asked.path)/simulate") && page.text.contains("Simulate a payment"))
            #expect(!page.text.contains("dl.vietqr.io"))
            let foreign = try await payer.post(
                asked.path + "/simulate",
                ["kind": kind],
                ["Sec-Fetch-Site": "cross-site"]
            )
            #expect(foreign.status == 403)
            #expect(try await payer.post(asked.path + "/simulate", ["kind": "stolen"]).status == 400)
            let done = try await payer.post(asked.path + "/simulate?lang=en", ["kind": kind])
            #expect(done.status == 303 && done.location == asked.path + "?lang=en", "\(done.status) \(done.text)")
            let after = try await payer.get(asked.path + "?lang=en").text
            #expect(after.contains(heading), "\(after)")
            if kind == "on-time" {
                let again = try await payer.post(asked.path + "/simulate", ["kind": kind])
                #expect(again.status == 409, "\(again.status)")
            }
        }
    }

    @Test func `the button of a basket pays everything at once`() async throws {
        try await PayDesk.with { desk in
            let basket = try await desk.basket().basket
            #expect(!(try await desk.page(basket.path).text.contains("/simulate")))
        }
        try await PayDesk.with(mode: .test) { desk in
            let (basket, requests) = try await desk.basket()
            let payer = PageVisitor(desk.server.baseURL)
            let page = try await payer.get(basket.path)
            #expect(page.text.contains("action=\"\(basket.path)/simulate"), "\(page.text)")
            let part = try await payer.post(basket.path + "/simulate?lang=en", ["kind": "short"])
            #expect(part.status == 303 && part.location == basket.path + "?lang=en", "\(part.status) \(part.text)")
            #expect(try await payer.get(basket.path + "?lang=en").text.contains("Part of it has arrived"))
            let rest = try await payer.post(basket.path + "/simulate", ["kind": "on-time"])
            #expect(rest.status == 303, "\(rest.text)")
            #expect(try await payer.get(basket.path + "?lang=en").text.contains("tabindex=\"-1\">Paid</h1>"))
            for request in requests {
                #expect(try await payer.get(request.path + "?lang=en").text.contains("tabindex=\"-1\">Paid</h1>"))
            }
            #expect(try await payer.post(basket.path + "/simulate", ["kind": "on-time"]).status == 409)
            #expect(try await payer.post("/pay/nobody/simulate", ["kind": "on-time"]).status == 404)
        }
    }

    @Test func `a day is played in the console, its statement reconciled, and who played is in the audit`() async throws
    {
        try await PayDesk.with(mode: .test) { desk in
            for number in 0..<12 { _ = try await desk.ask("H44-26-\(1000 + number)") }
            let clerk = try await ConsoleDesk(server: desk.server).visitor(.finance)
            let page = try await clerk.get("/console/test-bank")
            #expect(page.status == 200 && page.text.contains("bank · standard"), "\(page.text)")
            var form = ["csrf": page.csrf, "connection": "bank", "count": "12", "seed": "7", "reference": ""]
            form["share-on-time"] = "2"
            form["share-silent"] = "1"
            form["share-forged"] = "1"
            let none = try await clerk.post("/console/test-bank/play", form.merging(["count": "0"]) { $1 })
            #expect(none.status == 400 && none.text.contains("value=\"7\""))
            let played = try await clerk.post("/console/test-bank/play", form)
            #expect(played.status == 303 && played.location == "/console/test-bank", "\(played.text)")
            try await until("the end of the play") {
                try await clerk.get("/console/test-bank").text.contains("200 settled")
            }
            let after = try await clerk.get("/console/test-bank").text
            #expect(after.contains("401") && after.contains("12 transfers"))
            for (format, head) in [("csv", "transaction_id,"), ("mt940", "{1:F01"), ("camt053", "<?xml")] {
                let address = "/console/test-bank/statement?account=\(PayDesk.account)&format=\(format)"
                let file = try await clerk.get(address)
                #expect(file.status == 200 && file.text.hasPrefix(head), "\(file.text.prefix(80))")
            }
            let imported = try await clerk.post(
                "/console/test-bank/import",
                ["csrf": page.csrf, "account": PayDesk.account]
            )
            #expect(imported.location?.hasPrefix("/console/statements/") == true, "\(imported.text)")
            let explained = try await desk.server.services.explanations.explain(
                account: PayDesk.account,
                day: Instant.now().day
            )
            #expect(explained.residual == .zero)
            // What a statement has is in no further one.
            #expect(try await clerk.get("/console/test-bank").text.contains("There is nothing to state yet."))
            let entries = try await desk.server.services.database.query(
                "select actor_name, subject, detail from audit_entry where action = 'bank.play'"
            )
            #expect(entries.count == 1)
            #expect(try entries.row().get(1, as: String.self) == "connection:bank")
            #expect(try entries.row().get(2, as: JSON.self)["requests"] == 12)
            let auditor = try await ConsoleDesk(server: desk.server).visitor(.auditor, name: "Kiểm")
            #expect(try await auditor.get("/console/test-bank").status == 403)
        }
    }

    @Test(arguments: ["vi", "en"])
    func `in a browser a payment is simulated, told at once, stated and reconciled`(_ language: String) async throws {
        try await PayDesk.with(mode: .test) { desk in
            let asked = try await desk.ask()
            let console = ConsoleDesk(server: desk.server)
            try await Browser.with(language: language) { browser in
                try await browser.open(desk.server.baseURL + asked.path)
                try await browser.look("test-mode-pay-\(language)")
                try await browser.click("form[action*='/simulate'] button")
                try await until("the page is paid") {
                    try await browser.text("h1").contains(language == "vi" ? "Đã thanh toán" : "Paid")
                }
                #expect(try await browser.text(".test-mode").contains("TEST MODE"))
                try await browser.use(
                    try await console.session(.finance, name: "Nguyễn Lan"),
                    at: desk.server.baseURL + "/",
                    mode: .test
                )
                try await browser.open(desk.server.baseURL + "/console/test-bank")
                try await browser.look("test-bank-\(language)")
                try await browser.click("form[action='/console/test-bank/import'] button")
                try await until("the statement") { try await browser.url().contains("/console/statements/") }
                try await browser.look("test-bank-imported-\(language)")
                try await browser.open(desk.server.baseURL + "/console/lab")
                try await browser.look("lab-\(language)")
            }
            let explained = try await desk.server.services.explanations.explain(
                account: PayDesk.account,
                day: Instant.now().day
            )
            #expect(explained.residual == .zero)
        }
    }
}
