import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// A clerk's day at the console: what waits, the list of cases, forms that go wrong, files that are none.
@Suite struct ConsoleWorkTests {
    @Test func `today tells a clerk of her open cases, days to sign and statements, each as a link`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance, name: "Lan")
            #expect(try await clerk.get("/console").text.contains("Nothing waits for you"))
            let asked = try await desk.ask(2)
            let path = try ConsoleDesk.file(ConsoleDesk.statement(asked, at: .now().adding(seconds: -2 * 86_400)))
            let person = TestPerson.finance
            _ = try await server.services.statements.importFile(path: path, account: ConsoleDesk.account, by: person)
            let imported = try await clerk.get("/console").text
            #expect(imported.contains("<b>1</b> statements imported and not reconciled"), "\(imported)")
            #expect(imported.contains("<b>1</b> days that nobody has signed"), "\(imported)")
            _ = try await server.services.reconciliation.run(
                account: ConsoleDesk.account,
                through: Instant.now().day,
                by: person.name
            )
            _ = try await server.services.database.asOwner(
                "update reconciliation_case set due_on = '2020-01-01' where id = 1"
            )
            let page = try await clerk.get("/console").text
            #expect(page.contains("<a href=\"/console/cases?overdue=true\"><b>1</b>"), "\(page)")
            #expect(page.contains("<a href=\"/console/cases?state=open\"><b>2</b>"), "\(page)")
            #expect(page.contains("<a href=\"/console/days\"><b>1</b>") && !page.contains("not reconciled"))
            // Whoever may not do it is not told that it waits.
            let leader = try await desk.visitor(.leader)
            #expect(try await leader.get("/console").text.contains("Nothing waits for you"))
        }
    }

    @Test func `the list of cases is narrowed down by its form, and its chips count what it lists`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(3)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            _ = try await server.services.database.asOwner(
                "update reconciliation_case set assignee = 'Lan', due_on = '2020-01-01' where id = 2"
            )
            // A line that names nothing is no agency's.
            _ = try await server.services.database.asOwner("update reconciliation_case set agency_code = 'H44.01'")
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let all = try await clerk.get("/console/cases?state=open")
            #expect(
                all.text.contains("unmatched <b>3</b>") && all.text.contains("<option value=\"Lan\">"),
                "\(all.text)"
            )
            let amount = asked[0].due
            for (query, count) in [
                ("assignee=Lan", 1), ("overdue=true", 1), ("account=\(ConsoleDesk.account)", 3), ("account=1", 0),
                ("agency=H44.01", 3), ("agency=x", 0), ("amount=\(amount)", 3), ("amount=7", 0),
                ("assignee=Lan&amount=\(amount)&overdue=true&agency=&account=", 1),
            ] {
                let page = try await clerk.get("/console/cases?state=open&" + query)
                #expect(page.text.matches(of: /name="case-\d+"/).count == count, "\(query)")
                #expect(page.text.contains("unmatched <b>3</b>") == (count == 3), "\(query)")
                #expect(page.text.contains("<details class=\"card\" open>"), "\(query)")
            }
            // A list of work shows work: what is open, unless the address says otherwise.
            for (query, count) in [("", 3), ("?state=all", 3), ("?overdue=true", 1), ("?state=resolved", 0)] {
                let page = try await clerk.get("/console/cases" + query).text
                #expect(page.matches(of: /href="\/console\/cases\/\d+"/).count == count, "\(query)")
                let isOfOpenAlone = page.contains("<input type=\"hidden\" name=\"state\" value=\"open\">")
                #expect(isOfOpenAlone == query.isEmpty, "\(query)")
            }
            // Forms write a space as a plus, and a plus as %2B.
            let typed = try await clerk.get("/console/find?q=nguyen+van%2Ban+x").text
            #expect(typed.contains("value=\"nguyen van+an x\""), "\(typed)")
            let spaced = try await clerk.get("/console/cases?assignee=Nguy%E1%BB%85n+Th%E1%BB%8B+Lan").text
            #expect(spaced.contains("Nguyễn Thị Lan ×"), "\(spaced)")
            // None of another state: no chip counts what is not there.
            #expect(try await !clerk.get("/console/cases?state=resolved").text.contains("unmatched <b>"))
            #expect(try await clerk.get("/console/cases?amount=x").status == 400)
        }
    }

    @Test func `a case without money in suspense can be chosen for the bank, and not for a suggestion`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await RecordedCalls(server).partlyPaid("FT1")
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let page = try await clerk.get("/console/cases?state=open")
            #expect(page.text.contains("underpaid") && page.text.contains("name=\"case-1\""), "\(page.text)")
            #expect(page.text.contains("value=\"inquiry\"") && !page.text.contains("value=\"preview\""))
            let letters = try await clerk.get("/console/cases/batch?step=inquiry&case-1=1")
            let place = try #require(letters.location)
            #expect(try await clerk.get(place).text.contains("inquiry.pdf"))
            let preview = try await clerk.get("/console/cases/batch?step=preview&case-1=1")
            #expect(preview.text.contains("holds no money in suspense"), "\(preview.text)")
        }
    }

    @Test func `what is wrong with a refund is told at its field, in words, with what was typed`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let id = try await RecordedCalls(server).overpaid("FT1").caseID
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let path = "/console/cases/\(id)"
            let form = [
                "csrf": try await clerk.get(path).csrf, "action": "refund", "note": "hoàn thừa", "bank_bin": "970436",
                "account": "12-34", "name": "NGUYEN VAN AN",
            ]
            let wrong = try await clerk.post(path + "/resolve", form)
            #expect(wrong.status == 422 && wrong.text.contains("id=\"payee-account-fault\""), "\(wrong.text)")
            #expect(wrong.text.contains("<details class=\"whole\" open>") && wrong.text.contains("value=\"12-34\""))
            #expect(wrong.text.contains("value=\"970436\" selected") && !wrong.text.contains("/beneficiary"))
            let silent = try await clerk.post(path + "/resolve", form.merging(["note": "", "account": ""]) { $1 })
            #expect(silent.text.contains("id=\"note-fault\"") && silent.text.contains("Note: "), "\(silent.text)")
            // The notes of the other form are not those of a decision.
            let late = ["csrf": form["csrf"] ?? "", "note": "ghi chép", "due_on": "hôm nào"]
            let kept = try await clerk.post(path + "/notes", late)
            #expect(
                kept.text.contains("rows=\"2\">ghi chép</textarea>") && !kept.text.contains("/due_on"),
                "\(kept.text)"
            )
        }
    }

    @Test func `a case has its payer's other requests and cases, and is given to one of the persons`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let calls = try await RecordedCalls(server)
            let first = try await calls.overpaid("FT1")
            let second = try await calls.overpaid("FT2")
            _ = try await server.services.database.asOwner("update payment_request set payer_name = 'Trần Văn Nam'")
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let page = try await clerk.get("/console/cases/\(second.caseID)")
            #expect(page.text.contains("/console/cases/\(first.caseID)\""), "\(page.text)")
            #expect(
                page.text.contains("/console/payments/\(first.request)") && page.text.contains("<dd>Trần Văn Nam</dd>")
            )
            #expect(page.text.contains("<option value=\"Lan\">Lan</option>"))
            let given = ["csrf": page.csrf, "assignee": "Lan"]
            #expect(try await clerk.post("/console/cases/\(second.caseID)/notes", given).status == 303)
            let after = try await clerk.get("/console/cases/\(second.caseID)")
            #expect(after.text.contains("<option value=\"Lan\" selected>"))
        }
    }

    @Test func `a picture and a document are told from a statement before anything is asked`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance)
            let page = try await clerk.get("/console/statements")
            let word: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + Array("[Content_Types].xml PK word/document.xml".utf8)
            for (bytes, told) in [
                ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "This is a picture"),
                ([0xFF, 0xD8, 0xFF, 0xE0, 0], "This is a picture"), (word, "This is a Word document"),
                ([], "This file is empty"), (Array("\u{FEFF}\n \n".utf8), "This file is empty"),
                (Array("Kính gửi quý cơ quan".utf8), "This file is none of the formats read"),
                (Array("Kính gửi, quý cơ quan".utf8), "No layout reads this table"),
                (
                    Array("transaction_id,booked_at,amount,memo,balance\n".utf8),
                    "This file has no line of a transaction"
                ),
            ] as [([UInt8], String)] {
                let sent = try await clerk.drop([("x", bytes)], csrf: page.csrf, at: "/console/statements/preview")
                let shown = try await clerk.get(try #require(sent.location))
                #expect(shown.text.contains(told) && !shown.text.contains("which one is it of?"), "\(shown.text)")
            }
        }
    }

    @Test func `what was dropped stands at an address that may be opened again`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let page = try await clerk.get("/console/statements")
            let file = ConsoleDesk.statement(try await desk.ask(1))
            let files = [("a.csv", Array(file.utf8)), ("b.csv", Array(file.replacing("C0", with: "C9").utf8))]
            let sent = try await clerk.drop(files, csrf: page.csrf, at: "/console/statements/preview")
            let place = try #require(sent.location)
            #expect(sent.status == 303)
            for _ in 1...2 { #expect(try await clerk.get(place).text.matches(of: /which one is it of\?/).count == 2) }
            // Who says of one which account it is of keeps the other.
            let shown = try await clerk.get(place)
            let token = try #require(shown.text.firstMatch(of: /name="token" value="([^"]+)"/)).1
            let preview = try #require(shown.text.firstMatch(of: /name="preview" value="([^"]+)"/)).1
            let answer = [
                "csrf": page.csrf, "token": String(token), "preview": String(preview), "account": ConsoleDesk.account,
            ]
            #expect(try await clerk.post("/console/statements/look", answer).location == place)
            let one = try await clerk.get(place)
            #expect(
                one.text.matches(of: /which one is it of\?/).count == 1
                    && one.text.contains("/console/statements/import")
            )
            // Nobody else sees it.
            #expect(try await desk.visitor(.finance, name: "Hoa").get(place).status == 404)
            #expect(try await clerk.get("/console/statements/preview/x").status == 404)
        }
    }

    @Test func `a wrong address in a browser is answered by a page`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance)
            for (path, status) in [
                ("/rates?period=x", 400), ("/console/nope", 404), ("/console/cases/1/resolve", 405),
            ] {
                let page = try await clerk.get(path, ["Accept": "text/html,application/xhtml+xml"])
                #expect(page.status == status && page.text.contains("<html lang=\"en\">"), "\(path): \(page.text)")
                #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
                // A program is told as before.
                let problem = try await clerk.get(path, ["Accept": "application/json"])
                #expect(problem.status == status && problem.headers["content-type"]?.contains("json") == true)
            }
        }
    }

    @Test func `a day of an account without any statement takes a word, and one that has not come has no record`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let days = "/console/days/\(ConsoleDesk.account)/"
            let today = Instant.now().day
            let day = days + "\(today.adding(days: -1))"
            let page = try await clerk.get(day)
            #expect(page.text.contains("never had a statement") && !page.text.contains("is not over"), "\(page.text)")
            let silent = try await clerk.post(day + "/sign", ["csrf": page.csrf, "note": ""])
            #expect(silent.status == 422 && silent.text.contains("never had a statement"), "\(silent.text)")
            let signed = try await clerk.post(day + "/sign", ["csrf": page.csrf, "note": "tài khoản mới mở"])
            #expect(signed.location == day + "?done=signed", "\(signed.text)")
            #expect(try await clerk.get(days + "\(today)").text.contains("is not over"))
            for kind in ["pdf", "xlsx"] {
                #expect(try await clerk.get(days + "\(today.next)/record.\(kind)").status == 422, "\(kind)")
                #expect(try await clerk.get(days + "\(today)/record.\(kind)").status == 200, "\(kind)")
            }
        }
    }
}
