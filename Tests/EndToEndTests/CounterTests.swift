import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// The counter at the console, without scripts, and shifts by the API.
@Suite struct CounterTests {
    private static let counter = "/console/counter"

    /// A shift with 500.000 đồng of change at H44.01, by the cashier's page.
    private static func open(_ cashier: PageVisitor) async throws -> String {
        let home = try await cashier.get(counter)
        let opened = try await cashier.post(
            counter + "/shifts",
            ["csrf": home.csrf, "agency": "H44.01", "float": "500.000"]
        )
        #expect(opened.location == counter + "?done=opened", "\(opened.text)")
        let page = try await cashier.get(counter)
        return String(try #require(page.text.firstMatch(of: /\/console\/counter\/shifts\/\d+/), "\(page.text)").0)
    }

    private static func once(_ page: PageVisitor.Page) throws -> String {
        String(try #require(page.text.firstMatch(of: /name="once" value="([^"]+)"/), "\(page.text)").1)
    }

    @Test func `a payment is found by a scan, taken with change, printed, and the shift closed and deposited`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(2)
            let cashier = try await desk.visitor(.cashier, name: "Mai")
            let shift = try await Self.open(cashier)
            // The scanner types what stands on the dossier's paper, and presses Enter.
            let scanned = try await cashier.get(Self.counter + "?q=\(asked[0].dossier)%7C1.004222")
            let path = try #require(scanned.location, "\(scanned.text)")
            #expect(path == Self.counter + "/payments/\(asked[0].id.lowercased())")
            let nothing = try await cashier.get(Self.counter + "?q=RF1853900754703X")
            #expect(nothing.status == 200 && nothing.text.contains("a character may be wrong, missing or too much"))
            #expect(!nothing.text.contains("/console/counter/new?dossier="))
            let page = try await cashier.get(path)
            // Online it costs 10.000, at the counter 20.000; both stand there with their reasons.
            #expect(page.text.contains("20,000 ₫") && page.text.contains("TT 75/2022") || page.text.contains("75/2022"))
            var form = [
                "csrf": page.csrf, "once": try Self.once(page), "channel": "counter_cash", "amount": "20000",
                "tendered": "15.000",
            ]
            let low = try await cashier.post(path + "/take", form)
            #expect(low.status == 422 || low.status == 400, "\(low.status)")
            #expect(low.text.contains("id=\"tendered-fault\"") && low.text.contains("value=\"15.000\""))
            form["tendered"] = "50.000"
            form["once"] = try Self.once(low)
            #expect(try await cashier.post(path + "/take", form).location == path)
            // The form sent twice: taken once.
            #expect(try await cashier.post(path + "/take", form).location == path)
            let taken = try await cashier.get(path)
            #expect(taken.text.contains("30,000 ₫") && taken.text.contains("/receipt.pdf"), "\(taken.text)")
            let pdf = try #require(taken.text.firstMatch(of: /\/r\/[^"]+receipt\.pdf/)).0
            #expect(try await server.send("GET", String(pdf)).status == 200)
            // The receipt leads back to the payment: its number, and the address in its QR code; so does the payment page's.
            let receipt = String(pdf.dropFirst(3).prefix { $0 != "/" })
            let number = receipt.split(separator: "-").prefix(3).joined(separator: "-")
            let id = try #require(UUID(uuidString: asked[0].id))
            let stored = try await server.services.paymentRequests.find(.id(id))
            for typed in [
                number, "https://pay.example.vn/r/" + receipt, "https://x.example.vn/pay/\(stored.token)?lang=en",
            ] {
                let led = try await cashier.get(Self.counter + "?q=" + typed.percentEncoded())
                #expect(led.location == path, "\(typed): \(led.text)")
            }
            let clerk = try await desk.visitor(.finance)
            #expect(try await clerk.get("/console/find?q=" + number).text.contains(asked[0].reference), "\(number)")
            let home = try await cashier.get(Self.counter)
            #expect(home.text.contains(asked[0].dossier) && home.text.contains("520,000 ₫"))
            let counting = try await cashier.get(shift)
            let short = try await cashier.post(shift + "/close", ["csrf": counting.csrf, "note-10000": "50"])
            #expect(short.status >= 400 && short.text.contains("500,000 ₫") && short.text.contains("value=\"50\""))
            let count = ["csrf": counting.csrf, "note-10000": "50", "note-20000": "1"]
            #expect(try await cashier.post(shift + "/close", count).location == shift + "?done=closed")
            let slip = try await cashier.get(shift + "/slip.pdf")
            #expect(slip.status == 200 && slip.headers["content-type"] == "application/pdf")
            try Data(slip.bytes).write(to: URL(fileURLWithPath: Repository.home + "/pictures/shift-slip.pdf"))
            let deposit = ["csrf": counting.csrf, "amount": "20000", "slip": "GNT-1", "day": "\(Instant.now().day)"]
            #expect(try await cashier.post(shift + "/deposit", deposit).location == shift + "?done=deposited")
            #expect(try await cashier.get(shift).text.contains("GNT-1"))
            for finding in try await server.services.ledger.verify() { #expect(finding.ok, "\(finding.name)") }
        }
    }

    @Test func `a shift that was counted with a difference is told of, and another may be opened`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(1)
            let cashier = try await desk.visitor(.cashier, name: "Mai")
            let payment = Self.counter + "/payments/\(asked[0].id.lowercased())"
            #expect(try await cashier.get(Self.counter).text.contains("You have no open shift"))
            #expect(try await cashier.get(payment).text.contains("You have no open shift at this agency"))
            let shift = try await Self.open(cashier)
            let form = ["csrf": try await cashier.get(shift).csrf, "note-10000": "40", "explanation": "mất 100.000"]
            #expect(try await cashier.post(shift + "/close", form).location == shift + "?done=counted")
            for page in [Self.counter, payment] {
                let text = try await cashier.get(page).text
                #expect(text.contains("is counted, with a difference of -100,000 ₫"), "\(text)")
                #expect(text.contains("open a new shift") && !text.contains("You have no open shift"), "\(page)")
            }
            let next = try await Self.open(cashier)
            #expect(next != shift)
            #expect(try await !cashier.get(payment).text.contains("is counted, with a difference"))
        }
    }

    @Test func `a request is made at the counter, with its price first, and paid by card`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let cashier = try await desk.visitor(.cashier, name: "Mai")
            let page = try await cashier.get(Self.counter + "/new")
            var form = [
                "csrf": page.csrf, "once": try Self.once(page), "dossier": "H44-<7>", "agency": "H44.01",
                "procedure": "1.004222", "channel": "counter_card", "fee.CT-THUONGTRU": "2", "payer": "Nguyễn Văn A",
                "step": "quote",
            ]
            let quoted = try await cashier.post(Self.counter + "/new", form)
            #expect(quoted.status == 200 && quoted.text.contains("40,000 ₫"), "\(quoted.text)")
            #expect(quoted.text.contains("H44-&lt;7&gt;"))
            form["fee.CT-THUONGTRU"] = "x"
            #expect(try await cashier.post(Self.counter + "/new", form).status >= 400)
            form["fee.CT-THUONGTRU"] = "0"
            form["step"] = "create"
            let forgotten = try await cashier.post(Self.counter + "/new", form)
            #expect(forgotten.status >= 400 && forgotten.text.contains("Say what is charged"))
            form["fee.CT-THUONGTRU"] = "2"
            form["step"] = "create"
            let path = try #require(try await cashier.post(Self.counter + "/new", form).location)
            #expect(try await cashier.post(Self.counter + "/new", form).location == path)
            let take = try await cashier.get(path)
            let card = [
                "csrf": take.csrf, "once": try Self.once(take), "channel": "counter_card", "amount": "40000",
                "slip": "POS-9",
            ]
            #expect(try await cashier.post(path + "/take", card).location == path)
            let paid = try await cashier.get(path)
            #expect(paid.text.contains("40,000 ₫") && paid.text.contains("receipt.pdf"))
            let slip: String = try await server.services.database.query("select receipt_number from clearing_item")
                .row().get(0)
            #expect(slip == "POS-9")
        }
    }

    @Test func `a procedure of several fees is charged as the cashier says, never as nothing`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let cashier = try await desk.visitor(.cashier, name: "Mai")
            _ = try await Self.open(cashier)
            // The papers of a dossier that nobody has asked for yet: its form is filled in, at the agency of the shift.
            let unknown = try await cashier.get(Self.counter + "?q=H44-99%7C1.004222%7CH44.01")
            let href = "/console/counter/new?dossier=H44-99&amp;procedure=1.004222&amp;agency=H44.01"
            #expect(unknown.text.contains(href))
            let page = try await cashier.get(Self.counter + "/new?dossier=H44-99&procedure=1.004222")
            #expect(page.text.contains("value=\"H44-99\"") && page.text.contains("value=\"H44.01\" selected"))
            let form = [
                "csrf": page.csrf, "once": try Self.once(page), "dossier": "H44-99", "agency": "H44.01",
                "procedure": "2.000488", "channel": "counter_cash",
            ]
            func post(_ more: [String: String]) async throws -> PageVisitor.Page {
                try await cashier.post(Self.counter + "/new", form.merging(more) { $1 })
            }
            for step in ["quote", "create"] {
                let asked = try await post(["step": step])
                #expect(asked.location == nil && asked.text.contains("name=\"fee.LLTP\""), "\(asked.text)")
            }
            let count: Int64 = try await server.services.database.query("select count(*) from payment_request").row()
                .get(0)
            #expect(count == 0)
        }
    }

    @Test func `a request for cash gets a code when the payer would rather transfer, and its maker sees its payer`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let cashier = try await desk.visitor(.cashier, name: "Mai")
            let form = try await cashier.get(Self.counter + "/new?procedure=1.004222&agency=H44.01")
            let made = try await cashier.post(
                Self.counter + "/new",
                [
                    "csrf": form.csrf, "once": try Self.once(form), "dossier": "H44-97", "agency": "H44.01",
                    "procedure": "1.004222", "channel": "counter_cash", "payer": "Nguyễn Văn Ánh", "step": "create",
                ]
            )
            let path = try #require(made.location)
            let page = try await cashier.get(path)
            #expect(page.text.contains("Nguyễn Văn Ánh") && page.text.contains("Pay by the VietQR code"))
            #expect(!page.text.contains("/display?lang"))
            #expect(try await cashier.post(path + "/code", ["csrf": page.csrf]).location == path)
            let offered = try await cashier.get(path)
            #expect(offered.text.contains("/display?lang") && !offered.text.contains("Pay by the VietQR code"))
            // Another cashier has not typed the name.
            let other = try await desk.visitor(.cashier, name: "Hoa")
            #expect(try await !other.get(path).text.contains("Nguyễn Văn Ánh"))
        }
    }

    @Test func `a percent fee asks for the value that it is a percent of`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let cashier = try await desk.visitor(.cashier, name: "Mai")
            let agency = try await Self.agency(of: "9.000011", server)
            let page = try await cashier.get(Self.counter + "/new?procedure=9.000011&agency=" + agency)
            #expect(page.text.contains("name=\"base.DD-THAMDINH\"") && page.text.contains("0.15 % of the value"))
            var form = [
                "csrf": page.csrf, "once": try Self.once(page), "dossier": "H44-98", "agency": agency,
                "procedure": "9.000011", "channel": "counter_cash", "base.DD-THAMDINH": "", "step": "create",
            ]
            #expect(try await cashier.post(Self.counter + "/new", form).text.contains("Say what is charged"))
            form["base.DD-THAMDINH"] = "x"
            #expect(try await cashier.post(Self.counter + "/new", form).text.contains("must be an amount"))
            form["base.DD-THAMDINH"] = "1.000.000.000"
            form["step"] = "quote"
            #expect(try await cashier.post(Self.counter + "/new", form).text.contains("To pay: 1,500,000 ₫"))
        }
    }

    /// An agency at which a procedure has a price.
    private static func agency(of procedure: String, _ server: LiveServer) async throws -> String {
        let schedule = try await server.services.tariff.current().schedule
        let today = Instant.now().day
        let codes = schedule.agencies.keys.sorted()
        return try #require(codes.first { !schedule.fees(of: procedure, at: $0, on: today).isEmpty })
    }

    @Test func `a commune's cashier sees nothing of another, and others take nothing`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(1)
            let other = try await desk.visitor(.cashier, name: "Xa", locality: "01")
            #expect(try await other.get(Self.counter + "/payments/\(asked[0].id)").status == 404)
            #expect(try await other.get(Self.counter + "?q=\(asked[0].dossier)").text.contains("No dossier"))
            let mai = try await desk.visitor(.cashier, name: "Mai")
            let shift = try await Self.open(mai)
            let hien = try await desk.visitor(.cashier, name: "Hien")
            #expect(try await hien.get(shift).status == 404)
            let auditor = try await desk.visitor(.auditor)
            let read = try await auditor.get(shift)
            #expect(read.status == 200 && !read.text.contains("name=\"note-500000\""))
            #expect(try await auditor.get(Self.counter + "/payments/\(asked[0].id)").status == 403)
            let leader = try await desk.visitor(.leader)
            #expect(try await leader.get(Self.counter).status == 403)
        }
    }

    @Test func `a shift by the API, its event, and what is refused`() async throws {
        try await LiveServer.with { server in
            let endpoint = try await server.services.eventEndpoints.add(
                name: "finance",
                url: "https://finance.example/",
                types: ["shift.closed"],
                secret: nil
            )
            _ = endpoint
            let mai = try await server.person(.cashier)
            let key = try await server.key(.cashier)
            let body: JSON = ["agency_code": "H44.01", "float": 100_000]
            #expect(try await server.send("POST", "/v1/shifts", key: key, json: body).status == 403)
            let none = try await server.send("POST", "/v1/shifts", key: mai, json: ["agency_code": "X", "float": 0])
            #expect(none.status == 422 || none.status == 400)
            let opened = try await server.send("POST", "/v1/shifts", key: mai, json: body)
            let id = try #require(try opened.json["id"]?.integer, "\(opened.text)")
            #expect(try await server.send("POST", "/v1/shifts", key: mai, json: body).status == 409)
            let wrong: JSON = ["counts": ["3000": 1]]
            let close = "/v1/shifts/\(id)/close"
            #expect(try await server.send("POST", close, key: mai, json: wrong).status >= 400)
            let short: JSON = ["counts": ["50000": 1], "others": 500, "explanation": "mất"]
            let counted = try await server.send("POST", close, key: mai, json: short)
            #expect(try counted.status == 200 && counted.json["state"] == "counted", "\(counted.text)")
            #expect(try counted.json["difference"] == -49_500)
            let approver = try await server.person(.approver)
            let note: JSON = ["note": "trừ lương"]
            let approve = "/v1/shifts/\(id)/approve"
            #expect(try await server.send("POST", approve, key: mai, json: note).status == 403)
            let closed = try await server.send("POST", approve, key: approver, json: note)
            #expect(try closed.status == 200 && closed.json["state"] == "closed", "\(closed.text)")
            let told = try await server.services.database.query(
                "select body::text from event where type = 'shift.closed'"
            ).map { try $0.get(0, as: String.self) }
            #expect(told.count == 1 && told[0].contains("\"difference\":-49500"), "\(told)")
            let slip = try await server.send("GET", "/v1/shifts/\(id)/slip.pdf", key: approver)
            #expect(slip.status == 200 && Data(slip.body).starts(with: Data("%PDF".utf8)))
            let list = try await server.send("GET", "/v1/shifts?state=closed", key: approver).json
            #expect(list["items"]?.array?.count == 1)
            #expect(
                try await server.send("GET", "/v1/shifts", key: try await server.person(.cashier)).json["items"] == []
            )
            #expect(try await server.send("GET", "/v1/shifts/\(id)/takings", key: approver).json["items"] == [])
            #expect(try await server.send("GET", "/v1/shifts/99", key: approver).status == 404)
            #expect(try await server.send("GET", "/v1/cash-deposits", key: approver).json["items"] == [])
        }
    }
}
