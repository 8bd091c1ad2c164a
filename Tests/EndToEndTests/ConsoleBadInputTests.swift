import Collection
import Foundation
import Identity
import Server
import TestSupport
import Testing
import Values

/// What people do that nobody meant: at once, twice, too late, or half.
@Suite struct ConsoleBadInputTests {
    /// A case that somebody has proposed a link for.
    private static func proposed(_ desk: ConsoleDesk) async throws -> PageVisitor.Page {
        let asked = try await desk.ask(2)
        _ = try await desk.reconcile(ConsoleDesk.statement(asked))
        let clerk = try await desk.visitor(.finance, name: "Lan")
        let page = try await clerk.get("/console/cases/1")
        let form = ["csrf": page.csrf, "action": "link", "reference": asked[0].reference, "note": "theo hồ sơ"]
        let sent = try await clerk.post("/console/cases/1/resolve", form)
        #expect(sent.status == 303 && sent.location == "/console/cases/1?done=proposed", "\(sent.text)")
        return page
    }

    @Test func `of two who approve at once one does it, and the other is told what happened`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await Self.proposed(desk)
            let (first, second) = (
                try await desk.visitor(.approver, name: "Minh"), try await desk.visitor(.approver, name: "Hoa")
            )
            let (one, other) = (try await first.get("/console/cases/1"), try await second.get("/console/cases/1"))
            #expect(one.text.contains("data-accept") && other.text.contains("data-accept"))
            async let left = first.post("/console/cases/1/approve", ["csrf": one.csrf, "note": "đúng"])
            async let right = second.post("/console/cases/1/approve", ["csrf": other.csrf, "note": "cũng đúng"])
            let answers = try await [left, right]
            #expect(answers.map(\.status).sorted() == [303, 409], "\(answers.map(\.text))")
            let late = try #require(answers.first { $0.status == 409 })
            #expect(late.text.contains("class=\"fault\" role=\"alert\"") && late.text.contains("<main id=\"content\">"))
            let postings: Int64 = try await server.services.database.query(
                "select count(*) from case_proposal where state <> 'waiting'"
            ).row().get(0)
            #expect(postings == 1)
        }
    }

    @Test func `who goes back in the browser and sends a decision again decides nothing twice`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await Self.proposed(desk)
            let approver = try await desk.visitor(.approver, name: "Minh")
            let page = try await approver.get("/console/cases/1")
            let form = ["csrf": page.csrf, "note": "đúng"]
            #expect(try await approver.post("/console/cases/1/approve", form).status == 303)
            // A page that shows what may be decided is never kept by the browser, so that back asks for it anew.
            #expect(page.headers["cache-control"] == "no-store")
            let again = try await approver.post("/console/cases/1/approve", form)
            #expect(again.status == 409 && again.text.contains("role=\"alert\""), "\(again.status)")
            #expect(!(try await approver.get("/console/cases/1").text.contains("/approve\"")))
            let uses: Int64 = try await server.services.database.query("select count(*) from suspense_use").row()
                .get(0)
            #expect(uses == 1)
        }
    }

    @Test func `who decides a case that somebody else has just decided is told so, with all that was typed`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(2)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let (lan, hoa) = (
                try await desk.visitor(.finance, name: "Lan"), try await desk.visitor(.finance, name: "Hoa")
            )
            let (one, other) = (try await lan.get("/console/cases/1"), try await hoa.get("/console/cases/1"))
            // Another request: who decides the same agrees.
            func decision(_ page: PageVisitor.Page, _ place: Int, _ note: String) -> [String: String] {
                ["csrf": page.csrf, "action": "link", "reference": asked[place].reference, "note": note]
            }
            #expect(try await lan.post("/console/cases/1/resolve", decision(one, 0, "của Lan")).status == 303)
            let late = try await hoa.post("/console/cases/1/resolve", decision(other, 1, "của <Hoa>"))
            #expect(late.status == 409 && late.text.contains("role=\"alert\""), "\(late.status) \(late.text)")
            #expect(late.text.contains("Lan") && late.text.contains("của &lt;Hoa&gt;"), "\(late.text)")
        }
    }

    @Test func `an upload that breaks off leaves nothing behind`() async throws {
        // A place of its own: other servers' uploads come and go.
        let place = FileManager.default.temporaryDirectory.path + "/khop-uploading-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: place) } catch {} }
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.temporaryFolder = place
        try await LiveServer.with(options) { server in
            let desk = ConsoleDesk(server: server)
            let clerk = try await desk.visitor(.finance)
            let csrf = try await clerk.get("/console/statements").csrf
            let cookie = try #require(clerk.cookie)
            let folders = { () throws -> Int in
                return try FileManager.default.contentsOfDirectory(atPath: place)
                    .filter { $0.hasPrefix("khop-uploads-") }
                    .reduce(0) { $0 + (try FileManager.default.contentsOfDirectory(atPath: place + "/" + $1).count) }
            }
            let before = try folders()
            // 300 MB are announced, 3 MB come, and the connection is gone.
            var connection: RawConnection? = try RawConnection(port: server.port)
            let head = [
                "POST /console/statements/preview HTTP/1.1", "Host: 127.0.0.1", "Cookie: __Host-khop=\(cookie)",
                "Sec-Fetch-Site: same-origin", "Content-Type: multipart/form-data; boundary=edge",
                "Content-Length: 300000000", "", "",
            ].joined(separator: "\r\n")
            let fields = "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(csrf)\r\n"
            let file = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"to.csv\"\r\n\r\n"
            #expect(connection?.send(head + fields + file) == true)
            let line = String(repeating: "C1,2026-11-21T09:00:00+07:00,10000,x,\n", count: 1000)
            for _ in 0..<80 { connection?.send(line) }
            try await until("the file is being written") { try folders() > before }
            connection = nil
            try await until("nothing of it is left") { try folders() == before }
            #expect(try await clerk.get("/console/statements").status == 200)
            let statements: Int64 = try await server.services.database.query("select count(*) from statement").row()
                .get(0)
            #expect(statements == 0)
        }
    }

    @Test func `what was typed without scripts is there again after the login`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(2)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let token = try await desk.session(.finance, name: "Lan")
            let clerk = PageVisitor(server.baseURL)
            clerk.steal(token)
            let page = try await clerk.get("/console/cases/1")
            let typed = [
                "csrf": page.csrf, "action": "split", "reference": asked[1].reference, "note": "chia <đôi>",
                "amount": "5000",
            ]
            let database = server.services.database
            _ = try await database.asOwner(
                "update person_session set last_used_at = now() - interval '2 days' where ended_at is null"
            )
            let away = try await clerk.post("/console/cases/1/resolve", typed)
            #expect(away.status == 303 && away.location == "/login?next=/console/cases/1")
            // Somebody else who logs in at the same browser sees nothing of it.
            let other = try await desk.visitor(.finance, name: "Hoa")
            #expect(try await !other.get("/console/cases/1").text.contains("chia &lt;đôi&gt;"))
            // The same person is let in again, by another session.
            _ = try await database.asOwner(
                "update person_session set ended_at = null, ended_why = null, last_used_at = now()"
            )
            let back = try await clerk.get("/console/cases/1")
            #expect(
                back.text.contains("what you typed is below") && back.text.contains("chia &lt;đôi&gt;"),
                "\(back.text)"
            )
            #expect(back.text.contains(asked[1].reference) && back.text.contains("value=\"5000\""))
            #expect(back.text.contains("<option value=\"split\" selected>"))
            // Once: the next look is at an empty form.
            #expect(try await !clerk.get("/console/cases/1").text.contains("chia &lt;đôi&gt;"))
        }
    }
}
