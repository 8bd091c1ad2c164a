import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// Asking for a refund at the console.
@Suite struct ConsoleRefundTests {
    @Test func `a clerk sees what may go back, asks for it once, and another person approves it`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            // 2.500 more than was owed.
            let paid = try await RecordedCalls(server).overpaid("FT1").request
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let path = "/console/refunds/new?reference=\(paid)"
            let form = try await clerk.get(path)
            #expect(
                form.status == 200 && form.text.contains("2,500 ₫"),
                "\(form.text)"
            )
            let reference = try #require(form.text.firstMatch(of: /name="reference" value="(RF[^"]+)"/)).1
            #expect(form.text.contains("Vietcombank (970436)"))
            let once = try #require(form.text.firstMatch(of: /name="once" value="([^"]+)"/)).1
            var fields = [
                "csrf": form.csrf, "once": String(once), "reference": String(reference), "reason_kind": "other",
                "reason": "", "amount": "2.500", "payee": "account", "bank_bin": "970436", "account": "00112233<b>",
                "name": "NGUYEN VAN AN", "note": "khách gọi điện",
            ]
            // What is wrong is told at its field, with everything that was typed.
            let silent = try await clerk.post("/console/refunds/new", fields)
            #expect(silent.status == 422 || silent.status == 400)
            #expect(silent.text.contains("id=\"reason-fault\""))
            #expect(silent.text.contains("00112233&lt;b&gt;") && silent.text.contains("value=\"khách gọi điện\""))
            fields["reason"] = "nộp thừa"
            let wrong = try await clerk.post("/console/refunds/new", fields)
            #expect(wrong.text.contains("id=\"account-fault\"") && wrong.text.contains("value=\"nộp thừa\""))
            fields["account"] = "0011223344"
            fields["amount"] = "1e9"
            #expect(try await clerk.post("/console/refunds/new", fields).text.contains("id=\"amount-fault\""))
            fields["amount"] = "2.500"
            let sent = try await clerk.post("/console/refunds/new", fields)
            let place = try #require(sent.location, "\(sent.text)")
            #expect(sent.status == 303 && place.hasSuffix("?done=asked"))
            // The form sent twice: the same refund.
            #expect(try await clerk.post("/console/refunds/new", fields).location == place)
            let count: Int64 = try await server.services.database.query("select count(*) from refund").row().get(0)
            #expect(count == 1)
            let refund = try await clerk.get(place)
            #expect(refund.text.contains("NGUYEN VAN AN") && refund.text.contains("data-sent=\"/console/refunds/new\""))
            #expect(refund.text.contains("somebody else approves it"))
            let approver = try await desk.visitor(.approver, name: "Nam")
            let shown = try await approver.get(place)
            let approve = place.replacing("?done=asked", with: "/approve")
            #expect(try await approver.post(approve, ["csrf": shown.csrf]).status == 303)
            // Whoever only reads sees what could go back, and no form.
            let auditor = try await desk.visitor(.auditor)
            let read = try await auditor.get(path)
            #expect(read.status == 200 && !read.text.contains("name=\"once\"") && !read.text.contains("NGUYEN VAN AN"))
        }
    }

    @Test func `a reference that is none, or of another commune, is told on the page`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(1)[0]
            let clerk = try await desk.visitor(.finance)
            let wrong = try await clerk.get("/console/refunds/new?reference=RF%3Cb%3E")
            #expect(wrong.status == 400 && wrong.text.contains("id=\"find-reference-fault\""))
            #expect(wrong.text.contains("value=\"RF&lt;b&gt;\""))
            let absent = try await clerk.get("/console/refunds/new?reference=\(UUID().uuidString)")
            #expect(absent.status == 404 && absent.text.contains("id=\"find-reference-fault\""))
            #expect(try await clerk.get("/console/refunds/new").status == 200)
            // Nothing was paid: nothing goes back, and it says why.
            let unpaid = try await clerk.get("/console/refunds/new?reference=\(asked.reference)")
            #expect(unpaid.status == 200 && unpaid.text.contains("0 ₫"))
        }
    }
}
