import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// What persons decided is told where it belongs: to whom, with whose words, once.
@Suite struct ConsoleStoryTests {
    /// A case whose link one person has proposed.
    private static func proposed(_ desk: ConsoleDesk) async throws -> ConsoleDesk.Asked {
        let asked = try await desk.ask(2)
        _ = try await desk.reconcile(ConsoleDesk.statement(asked))
        let clerk = try await desk.visitor(.finance, name: "Lan")
        let page = try await clerk.get("/console/cases/1")
        let form = ["csrf": page.csrf, "action": "link", "reference": asked[0].reference, "note": "theo hồ sơ giấy"]
        #expect(try await clerk.post("/console/cases/1/resolve", form).location == "/console/cases/1?done=proposed")
        return asked[0]
    }

    private static func count(_ text: String, in page: String) -> Int { page.components(separatedBy: text).count - 1 }

    @Test func `the words of whoever approved stand beside them, and those of the proposal are not repeated`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await Self.proposed(desk)
            let approver = try await desk.visitor(.approver, name: "Nam")
            let form = ["csrf": try await approver.get("/console/cases/1").csrf, "note": "đã xem chứng từ"]
            #expect(try await approver.post("/console/cases/1/approve", form).status == 303)
            let page = try await approver.get("/console/cases/1")
            #expect(Self.count("đã xem chứng từ", in: page.text) == 1, "\(page.text)")
            // Where it ended, and with the proposal.
            #expect(Self.count("theo hồ sơ giấy", in: page.text) == 2, "\(page.text)")
            let key = try await server.key(.auditor)
            let told = try await server.send("GET", "/v1/cases/1", key: key).json
            let ended = told["history"]?.array?.first { $0["event"] == "resolved" }
            #expect(ended?["detail"]?["approval_note"] == "đã xem chứng từ", "\(told)")
        }
    }

    @Test func `a payment that a case solved tells of the case, of both persons and of the money's own notice`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let paid = try await Self.proposed(desk)
            let approver = try await desk.visitor(.approver, name: "Nam")
            let form = ["csrf": try await approver.get("/console/cases/1").csrf, "note": "đã xem chứng từ"]
            _ = try await approver.post("/console/cases/1/approve", form)
            let page = try await approver.get("/console/payments/\(paid.id)")
            for part in [
                "href=\"/console/cases/1\"", "proposed by Lan: theo hồ sơ giấy", "approved by Nam: đã xem chứng từ",
                "the money of case 1", "ho so \(paid.dossier)",
            ] { #expect(page.text.contains(part), "\(part): \(page.text)") }
            #expect(!page.text.contains("line:") && !page.text.contains("case:1"), "\(page.text)")
            #expect(!page.text.contains("<h2>Audit</h2>"))
            let auditor = try await desk.visitor(.auditor, name: "Kiểm")
            let audited = try await auditor.get("/console/payments/\(paid.id)")
            #expect(audited.text.contains("<h2>Audit</h2>"), "\(audited.text)")
            // Money of a notice that came for another request.
            let calls = try await RecordedCalls(server)
            let from = try await calls.overpaid("FT-ORIGINAL").caseID
            let other = try await calls.request()
            let clerk = try await desk.visitor(.finance, name: "Hoa")
            let link = [
                "csrf": try await clerk.get("/console/cases/\(from)").csrf, "action": "link",
                "reference": other.reference, "note": "của hồ sơ này",
            ]
            #expect(try await clerk.post("/console/cases/\(from)/resolve", link).status == 303)
            let approve = ["csrf": try await approver.get("/console/cases/\(from)").csrf, "note": ""]
            #expect(try await approver.post("/console/cases/\(from)/approve", approve).status == 303)
            let story = try await approver.get("/console/payments/\(other.id)")
            #expect(story.text.contains("FT-ORIGINAL"), "\(story.text)")
            #expect(story.text.contains("the money of case \(from)") && !story.text.contains("case:\(from)"))
        }
    }

    @Test func `the case of two short payments tells of both`() async throws {
        try await LiveServer.with { server in
            let calls = try await RecordedCalls(server)
            let request = try await calls.request()
            try await calls.pay(3000, "FT1", request.reference)
            try await calls.pay(2000, "FT2", request.reference)
            let clerk = try await ConsoleDesk(server: server).visitor(.finance)
            let page = try await clerk.get("/console/cases/1")
            #expect(page.text.contains(/Received 5,000.₫ for RF/), "\(page.text)")
            #expect(page.text.contains("FT1") && page.text.contains("FT2"), "\(page.text)")
        }
    }

    @Test func `what was typed at any form of a case is there again after a code was asked for`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            _ = try await Self.proposed(desk)
            let database = server.services.database
            let approver = try await desk.visitor(.approver, name: "Nam")
            for (form, field, place) in [
                ("approve", "note", "id=\"approve-note\" name=\"note\" maxlength=\"2000\" value=\"đã gọi\""),
                ("withdraw", "note", "id=\"withdraw-note\" name=\"note\" maxlength=\"2000\" required value=\"đã gọi\""),
                ("notes", "note", "rows=\"2\">đã gọi</textarea>"),
            ] {
                let page = try await approver.get("/console/cases/1")
                _ = try await database.asOwner("update person_session set factor_at = now() - interval '1 hour'")
                if form != "approve" {
                    // They take no code, but a session.
                    _ = try await database.asOwner("update person_session set last_used_at = now() - interval '2 days'")
                }
                let away = try await approver.post("/console/cases/1/\(form)", ["csrf": page.csrf, field: "đã gọi"])
                #expect(away.status == 303 && away.location?.hasSuffix("next=/console/cases/1") == true, "\(form)")
                _ = try await database.asOwner(
                    "update person_session set ended_at = null, ended_why = null, last_used_at = now(), factor_at = now()"
                )
                let back = try await approver.get("/console/cases/1")
                #expect(
                    back.text.contains("what you typed is below") && back.text.contains(place),
                    "\(form): \(back.text)"
                )
                #expect(Self.count("đã gọi", in: back.text) == 1, "\(form): \(back.text)")
            }
            // A form in which nobody typed anything is not spoken of.
            let page = try await approver.get("/console/cases/1")
            _ = try await database.asOwner("update person_session set factor_at = now() - interval '1 hour'")
            _ = try await approver.post(
                "/console/cases/1/approve",
                ["csrf": page.csrf, "proposal": "1", "note": ""]
            )
            _ = try await database.asOwner("update person_session set factor_at = now()")
            #expect(try await !approver.get("/console/cases/1").text.contains("what you typed is below"))
        }
    }

    @Test func `why a refund is rejected is there again after a code was asked for`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let calls = try await RecordedCalls(server)
            let paid = try await calls.partlyPaid("FT1")
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let place = try await Self.cancel(paid, by: clerk)
            let refund = place.replacing("?done=cancelled", with: "")
            let approver = try await desk.visitor(.approver, name: "Nam")
            let page = try await approver.get(refund)
            let database = server.services.database
            _ = try await database.asOwner("update person_session set factor_at = now() - interval '1 hour'")
            let away = try await approver.post(refund + "/reject", ["csrf": page.csrf, "note": "sai tài khoản"])
            #expect(away.location?.hasPrefix("/second-factor") == true, "\(away.text)")
            _ = try await database.asOwner("update person_session set factor_at = now()")
            #expect(try await approver.get(refund).text.contains("required value=\"sai tài khoản\""))
        }
    }

    /// Cancels a request that may still be paid with all it received, and returns where that leads.
    private static func cancel(_ id: String, by clerk: PageVisitor) async throws -> String {
        let payment = try await clerk.get("/console/payments/\(id)")
        let link = try #require(
            payment.text.firstMatch(of: /href="(\/console\/refunds\/new\?reference=[^"]+)">Cancel and refund</),
            "\(payment.text)"
        ).1
        let form = try await clerk.get(String(link))
        let reference = try #require(form.text.firstMatch(of: /name="reference" value="(RF[^"]+)"/)).1
        #expect(
            form.text.contains("name=\"cancel\" value=\"1\"") && !form.text.contains("khop request"),
            "\(form.text)"
        )
        let fields = [
            "csrf": form.csrf, "cancel": "1", "reference": String(reference), "reason": "", "payee": "account",
            "bank_bin": "970436", "account": "0011223344", "name": "NGUYEN VAN AN", "note": "khách rút hồ sơ",
        ]
        // What is wrong is told at its field.
        let wrong = try await clerk.post("/console/refunds/new", fields.merging(["name": ""]) { $1 })
        #expect(wrong.text.contains("id=\"name-fault\"") && wrong.text.contains("must not be empty"), "\(wrong.text)")
        let sent = try await clerk.post("/console/refunds/new", fields)
        let place = try #require(sent.location, "\(sent.text)")
        #expect(place.hasSuffix("?done=cancelled"))
        // The form sent twice: the same refund.
        #expect(try await clerk.post("/console/refunds/new", fields).location == place)
        return place
    }

    @Test func `a request that was paid in part is cancelled with a refund of what came, which another approves`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let paid = try await RecordedCalls(server).partlyPaid("FT1")
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let place = try await Self.cancel(paid, by: clerk)
            let refund = try await clerk.get(place)
            #expect(refund.text.contains("somebody else approves it") && refund.text.contains("NGUYEN VAN AN"))
            let (state, amount, waits) = try await server.services.database.query(
                """
                select r.status, f.amount, f.state from payment_request r join refund f on f.payment_request_id = r.id
                where r.id = \(paid)::uuid
                """
            ).row().decode(String.self, Int64.self, String.self)
            #expect(state == "cancelled" && amount == 4000 && waits == "requested")
            let page = try await clerk.get("/console/payments/\(paid)")
            #expect(!page.text.contains(">Cancel and refund<"), "\(page.text)")
        }
    }
}
