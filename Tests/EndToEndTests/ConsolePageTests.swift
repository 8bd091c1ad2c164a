import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// The console without scripts, as a browser asks for it.
@Suite struct ConsolePageTests {
    @Test func `who is not logged in is led to the login and back, and a form of another site is refused`() async throws
    {
        try await LiveServer.with { server in
            let visitor = PageVisitor(server.baseURL)
            let away = try await visitor.get("/console/cases?kind=unmatched&state=open")
            #expect(away.status == 303)
            #expect(away.location == "/login?next=/console/cases%3Fkind%3Dunmatched%26state%3Dopen")
            let desk = ConsoleDesk(server: server)
            _ = try await desk.reconcile(ConsoleDesk.statement(try await desk.ask(1)))
            let clerk = try await desk.visitor(.finance)
            let page = try await clerk.get("/console/cases/1")
            #expect(page.status == 200)
            let form = ["action": "ask_bank", "note": "hỏi ngân hàng"]
            // Without the token, with another's, and from another site.
            #expect(try await clerk.post("/console/cases/1/resolve", form).status == 403)
            #expect(try await clerk.post("/console/cases/1/resolve", form.merging(["csrf": "0"]) { $1 }).status == 403)
            let token = form.merging(["csrf": page.csrf]) { $1 }
            let foreign = try await clerk.post("/console/cases/1/resolve", token, ["Sec-Fetch-Site": "cross-site"])
            #expect(foreign.status == 403)
            let done = try await clerk.post("/console/cases/1/resolve", token)
            #expect(done.status == 303 && done.location == "/console/cases/1?done=ended", "\(done.text)")
            // A session that ended while the form was filled.
            clerk.steal(nil)
            let ended = try await clerk.post("/console/cases/1/resolve", token)
            #expect(ended.status == 303 && ended.location == "/login?next=/console/cases/1")
        }
    }

    @Test func `each role sees its parts of the console and no other`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(1)
            let statement = try await desk.reconcile(ConsoleDesk.statement(asked))
            let pages: [(String, Set<Role>)] = [
                ("/console", Set(Role.ofPersons)),
                ("/console/cases", [.finance, .approver, .auditor, .admin]),
                ("/console/cases/1", [.finance, .approver, .auditor, .admin]),
                ("/console/statements", [.finance, .approver, .auditor, .admin]),
                ("/console/statements/\(statement)", [.finance, .approver, .auditor, .admin]),
                ("/console/days", [.finance, .approver, .auditor, .leader, .admin]),
                (
                    "/console/days/\(ConsoleDesk.account)/\(Instant.now().day)",
                    [.finance, .approver, .auditor, .leader, .admin]
                ),
                ("/console/operations", [.finance, .approver, .auditor, .admin]),
                ("/console/operations/events", [.auditor, .admin]),
                ("/console/operations/connections", [.finance, .auditor, .admin]),
                ("/console/operations/catalogue", [.finance, .approver, .auditor, .admin]),
                ("/console/operations/catalogue/1", [.finance, .approver, .auditor, .admin]),
                ("/console/operations/doctor", [.auditor, .admin]),
                ("/console/cases/inquiry?cases=1", [.finance, .approver, .auditor, .admin]),
                ("/console/operations/persons", [.auditor, .admin]),
                ("/console/operations/keys", [.auditor, .admin]),
                ("/console/refunds/new", [.finance, .approver, .auditor, .admin]),
                ("/console/rates", [.finance, .approver, .auditor, .leader, .admin]),
                ("/console/refunds", [.finance, .approver, .auditor, .admin]),
                ("/console/find?q=RF", [.finance, .approver, .auditor, .admin, .cashier]),
                ("/console/payments/\(asked[0].id)", [.finance, .approver, .auditor, .admin, .cashier]),
            ]
            for role in Role.ofPersons {
                let visitor = try await desk.visitor(role)
                for (path, roles) in pages {
                    let page = try await visitor.get(path)
                    #expect(page.status == (roles.contains(role) ? 200 : 403), "\(role) at \(path)")
                    #expect(page.text.contains("<html lang=\"en\">") && page.text.contains("<main id=\"content\">"))
                }
                for (path, _) in pages {
                    #expect(
                        try await visitor.get(path + (path.contains("?") ? "&" : "?") + "lang=vi").text.contains(
                            "<html lang=\"vi\">"
                        )
                    )
                }
            }
        }
    }

    @Test func `whoever may open a part of operations is led to it, and to no other`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let all = ["connections", "catalogue", "doctor", "persons", "keys", "events"]
            for (role, locality, parts) in [
                (Role.finance, nil, ["connections", "catalogue"]), (.approver, nil, ["catalogue"]),
                (.auditor, nil, all), (.admin, nil, all), (.finance, "25", ["connections"]), (.leader, nil, []),
                (.cashier, nil, []),
            ] as [(Role, String?, [String])] {
                let visitor = try await desk.visitor(role, locality: locality)
                let home = try await visitor.get("/console")
                #expect(home.text.contains("href=\"/console/operations\"") == !parts.isEmpty, "\(role)")
                guard !parts.isEmpty else { continue }
                let page = try await visitor.get("/console/operations")
                #expect(page.status == 200)
                for part in all {
                    let isThere = page.text.contains("href=\"/console/operations/\(part)\"")
                    #expect(isThere == parts.contains(part), "\(role) \(locality ?? "everywhere"): \(part)")
                    guard isThere else { continue }
                    #expect(try await visitor.get("/console/operations/\(part)").status == 200)
                }
            }
        }
    }

    @Test func `what a bank or a payer wrote is shown as text`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(1, payer: "<b>An</b>\"'&")
            let line = "X1,\(Instant.now()),\(asked[0].due),<script>alert(1)</script> \(asked[0].dossier),"
            let statement = try await desk.reconcile("transaction_id,booked_at,amount,memo,balance\n\(line)\n")
            let clerk = try await desk.visitor(.finance, name: "<i>Lan</i>")
            for path in [
                "/console", "/console/cases", "/console/cases/1", "/console/statements/\(statement)",
                "/console/payments/\(asked[0].id)", "/console/find?q=%3Cscript%3Ealert", "/console/find?q=an%20b",
            ] {
                let page = try await clerk.get(path)
                #expect(page.status == 200, "\(path)")
                #expect(
                    !page.text.contains("<script>alert") && !page.text.contains("<i>Lan")
                        && !page.text.contains("<b>An")
                )
            }
            #expect(try await clerk.get("/console/cases/1").text.contains("&lt;script&gt;"))
        }
    }

    @Test func `a suggestion is proposed, approved by another with a fresh code, and the day is signed`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(3)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let list = try await clerk.get("/console/cases?state=open")
            #expect(list.text.contains("name=\"case-1\"") && list.text.contains("name=\"case-3\""))
            let chosen = "&back=%2Fconsole%2Fcases%3Fstate%3Dopen&case-1=1&case-2=1&case-3=1"
            let preview = try await clerk.get("/console/cases/batch?step=preview" + chosen)
            #expect(preview.status == 200 && preview.text.contains(asked[1].reference), "\(preview.text)")
            #expect(preview.text.contains("3 cases with"))
            // What is shown is what is sent.
            var links = [
                "csrf": preview.csrf, "step": "propose", "back": "/console/cases?state=open", "note": "theo gợi ý",
            ]
            for match in preview.text.matches(of: /name="(link-\d+)" value="([^"]+)"/) {
                links[String(match.1)] = String(match.2)
            }
            #expect(links.count == 7)
            let proposed = try await clerk.post("/console/cases/batch", links)
            #expect(proposed.location == "/console/cases?state=open&done=3", "\(proposed.text)")
            // Who proposed may not approve.
            let proposal = try await clerk.get("/console/cases/1")
            #expect(!proposal.text.contains("/console/cases/1/approve"))
            #expect(proposal.text.contains("somebody else must approve"))
            let refused = try await clerk.post("/console/cases/1/approve", ["csrf": proposal.csrf])
            #expect(refused.status == 403 || refused.status == 409, "\(refused.status)")
            let approver = try await desk.visitor(.approver, name: "Nam")
            let waiting = try await approver.get("/console")
            #expect(waiting.text.contains("<b>3</b>"))
            let all = try await approver.get("/console/cases?state=awaiting_approval")
            #expect(all.text.contains("name=\"case-1\"") && all.text.contains(asked[0].reference))
            let approvals = try await approver.get("/console/cases/batch?step=approve&case-1=1&case-2=1&case-3=1")
            var approve = ["csrf": approvals.csrf, "step": "approve", "back": "/console/cases"]
            for match in approvals.text.matches(of: /name="(proposal-\d+)" value="(\d+)"/) {
                approve[String(match.1)] = String(match.2)
            }
            #expect(try await approver.post("/console/cases/batch", approve).location == "/console/cases?done=3")
            let paid = try await server.services.database.query(
                "select count(*) from payment_request where status = 'paid'"
            )
            #expect(try paid.row().get(0, as: Int64.self) == 3)
            let day = "/console/days/\(ConsoleDesk.account)/\(Instant.now().day)"
            let shown = try await approver.get(day)
            #expect(shown.status == 200 && shown.text.contains("\(day)/sign"))
            let signed = try await approver.post(day + "/sign", ["csrf": shown.csrf, "note": ""])
            #expect(signed.location == day + "?done=signed", "\(signed.text)")
            let own = try await approver.get(day)
            #expect(own.text.contains("Signed off by Nam") && !own.text.contains("\(day)/countersign"))
            let second = try await clerk.get(day)
            #expect(second.text.contains("\(day)/countersign"))
            #expect(try await clerk.get("/console").text.contains("await your second signature"))
            let twice = try await clerk.post(day + "/countersign", ["csrf": second.csrf])
            #expect(twice.location == day + "?done=countersigned", "\(twice.text)")
            #expect(try await approver.get(day).text.contains("Signed for the second time by Lan"))
            for finding in try await server.services.ledger.verify() { #expect(finding.ok, "\(finding.name)") }
        }
    }

    @Test func `a dropped file is previewed, imported once, and belongs to who dropped it`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let requests = try await desk.ask(2)
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let page = try await clerk.get("/console/statements")
            let file = ConsoleDesk.statement(requests)
            let preview = try await clerk.drop([("sao-ke.csv", file), ("other.txt", "hello")], csrf: page.csrf)
            #expect(preview.status == 200, "\(preview.text)")
            // The file names no account, and there are several.
            #expect(preview.text.contains("sao-ke.csv") && preview.text.contains("which one is it of?"))
            let asked = try #require(preview.text.firstMatch(of: /name="token" value="([^"]+)"/)).1
            let kept = try #require(preview.text.firstMatch(of: /name="preview" value="([^"]+)"/)).1
            let answer = [
                "csrf": page.csrf, "token": String(asked), "preview": String(kept), "account": ConsoleDesk.account,
            ]
            let again = try await clerk.post("/console/statements/look", answer)
            let looked = try await clerk.get(try #require(again.location))
            #expect(looked.status == 200 && looked.text.contains(ConsoleDesk.account), "\(looked.text)")
            let token = try #require(looked.text.firstMatch(of: /name="token" value="([^"]+)"/)).1
            let form = ["csrf": page.csrf, "token": String(token), "account": ConsoleDesk.account]
            // Another person cannot take it.
            let other = try await desk.visitor(.finance, name: "Hoa")
            let otherPage = try await other.get("/console/statements")
            let stolen = form.merging(["csrf": otherPage.csrf]) { $1 }
            #expect(try await other.post("/console/statements/import", stolen).status == 404)
            let imported = try await clerk.post("/console/statements/import", form)
            // An import that takes long goes on by itself, and its page leads to what came of it.
            var place = try #require(imported.location, "\(imported.text)")
            try await until("the import has ended") {
                guard place.hasPrefix("/console/statements/progress/") else { return true }
                if let next = try await clerk.get(place).location { place = next }
                return !place.hasPrefix("/console/statements/progress/")
            }
            #expect(place == "/console/statements/1?done=imported")
            let shown = try await clerk.get("/console/statements/1")
            #expect(shown.text.contains("sao-ke.csv") && shown.text.contains("unmatched"))
            #expect(try await clerk.post("/console/statements/import", form).status == 404)
            // Broken off, without its token, of another kind.
            for body in [
                "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(page.csrf)\r\n--b\r\nConte", "x", "",
            ] {
                let broken = try await clerk.send(
                    "/console/statements/preview",
                    body,
                    type: "multipart/form-data; boundary=b"
                )
                #expect(broken.status == 422, "\(body)")
            }
            #expect(try await clerk.drop([("a.csv", file)], csrf: "0").status == 403)
            // It can be taken back, and then dropped again.
            let undone = try await clerk.post("/console/statements/1/undo", ["csrf": shown.csrf, "note": "sai tệp"])
            #expect(undone.location == "/console/statements/1?done=undone", "\(undone.text)")
        }
    }

    @Test func `the public figures are everybody's, for months that are over`() async throws {
        try await LiveServer.with { server in
            let visitor = PageVisitor(server.baseURL)
            let page = try await visitor.get("/rates")
            #expect(page.status == 200 && page.text.contains("<html lang=\"en\">"))
            #expect(page.headers["cache-control"] == "public, max-age=600")
            #expect(try await visitor.get("/rates?lang=vi").text.contains("không dùng tiền mặt"))
            #expect(try await visitor.get("/rates.csv").headers["content-type"]?.hasPrefix("text/csv") == true)
            let json = try await server.send("GET", "/rates.json")
            #expect(try json.status == 200 && json.json["rows"] != nil)
            let today = Instant.now().day.description.prefix(7)
            for period in [String(today), "2019-01", "x"] {
                #expect(try await visitor.get("/rates?period=\(period)").status == 400, "\(period)")
            }
        }
    }
}
