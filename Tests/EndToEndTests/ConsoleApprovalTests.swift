import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values
import Workflow

/// Proposals on cases at the console: what whoever approves them is shown, and who may approve which.
@Suite struct ConsoleApprovalTests {
    private static let batch = "/console/cases/batch"
    private static let refund = [
        "action": "refund", "note": "khách gọi điện", "bank_bin": "970436", "account": "9988776655",
        "name": "NGUYEN VAN LA",
    ]

    private func money(_ server: LiveServer) async throws -> (refunds: Int64, uses: Int64, waiting: Int64) {
        try await server.services.database.query(
            """
            select (select count(*) from refund), (select count(*) from suspense_use),
                (select count(*) from case_proposal where state = 'waiting')
            """
        ).row().decode(Int64.self, Int64.self, Int64.self)
    }

    /// The address that the form of a page is sent to.
    private func address(_ page: PageVisitor.Page) throws -> String {
        let found = try #require(page.text.firstMatch(of: /action="(\/console\/cases\/batch[^"]*)"/), "\(page.text)").1
        return String(found).replacing("&amp;", with: "&")
    }

    /// What the form of a page carries for its cases.
    private func hidden(_ page: PageVisitor.Page) -> [String: String] {
        var fields = ["csrf": page.csrf]
        for match in page.text.matches(of: /name="(link-\d+|proposal-\d+|back|step)" value="([^"]*)"/) {
            fields[String(match.1)] = String(match.2).replacing("&amp;", with: "&")
        }
        return fields
    }

    @Test func `whoever approves a refund of a case sees whom it pays, and a clerk alone cannot approve it`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let id = try await RecordedCalls(server).overpaid("FT1").caseID
            let path = "/console/cases/\(id)"
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let form = Self.refund.merging(["csrf": try await clerk.get(path).csrf]) { $1 }
            #expect(try await clerk.post(path + "/resolve", form).location == path + "?done=proposed")
            let approver = try await desk.visitor(.approver, name: "Nam")
            let choose = "\(Self.batch)?step=approve&case-\(id)=1&back=%2Fconsole%2Fcases%3Fstate%3Dawaiting_approval"
            for place in [path, "/console/cases?state=awaiting_approval", choose] {
                let page = try await approver.get(place)
                for part in ["NGUYEN VAN LA", "9988776655", "Vietcombank", "2,500 ₫", "never seen before"] {
                    #expect(page.text.contains(part), "\(part) at \(place): \(page.text)")
                }
            }
            // Whoever need not see it is shown that there is a payee, and no more.
            let auditor = try await desk.visitor(.auditor)
            for place in [path, "/console/cases?state=awaiting_approval"] {
                let page = try await auditor.get(place)
                #expect(page.text.contains("***6655") && !page.text.contains("9988776655"), "\(page.text)")
            }
            // Another clerk.
            let other = try await desk.visitor(.finance, name: "Hoa")
            let shown = try await other.get(path)
            #expect(shown.text.contains("takes a person with the role Approver"))
            #expect(!shown.text.contains(path + "/approve"))
            #expect(try await other.post(path + "/approve", ["csrf": shown.csrf]).status == 403)
            let blind = try await other.get(choose)
            #expect(blind.text.contains("cannot be approved") && blind.text.contains("None of these"), "\(blind.text)")
            #expect(try await !other.get("/console").text.contains("await your approval"))
            let key = try await server.person(.finance)
            let asAPI = try await server.send("POST", "/v1/cases/\(id)/approve", key: key, json: [:])
            #expect(asAPI.status == 403 && asAPI.text.contains("case_refund_needs_approver"), "\(asAPI.text)")
            let again: JSON = ["action": "refund", "note": "x"]
            let same = try await server.send("POST", "/v1/cases/\(id)/resolve", key: key, json: again)
            #expect(same.status == 403 && same.text.contains("case_refund_needs_approver"), "\(same.text)")
            #expect(try await money(server) == (0, 0, 1))
            #expect(try await approver.get("/console").text.contains("await your approval"))
            let page = try await approver.get(path)
            let proposal = try #require(page.text.firstMatch(of: /name="proposal" value="(\d+)"/)).1
            let approve = ["csrf": page.csrf, "proposal": String(proposal), "note": ""]
            #expect(try await approver.post(path + "/approve", approve).location == path + "?done=approved")
            #expect(try await money(server).refunds == 1)
            // The reason stands in words, by the kind of the case.
            let refunds = try await approver.get("/console/refunds")
            #expect(refunds.text.contains("overpaid") && !refunds.text.contains("not_eligible"), "\(refunds.text)")
        }
    }

    @Test func `an approver of another place approves no refund of a case`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let id = try await RecordedCalls(server).overpaid("FT1").caseID
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let path = "/console/cases/\(id)"
            let form = Self.refund.merging(["csrf": try await clerk.get(path).csrf]) { $1 }
            _ = try await clerk.post(path + "/resolve", form)
            let elsewhere = try await desk.visitor(.approver, name: "Xa", locality: "01")
            #expect(try await elsewhere.get(path).status == 404)
            // Whatever they are shown: what they may approve is read where the case is.
            let person: UUID = try await server.services.database.query("select id from person where name = 'Xa'")
                .row()
                .get(0)
            let number = try #require(Int64(id))
            let error = await #expect(throws: ServiceError.self) {
                try await server.services.caseActions.approve(
                    number,
                    by: Person(person, name: "Xa", hasFreshFactor: true)
                )
            }
            #expect(error?.reason?.code == .caseRefundNeedsApprover)
            #expect(try await money(server) == (0, 0, 1))
        }
    }

    @Test func `to propose what another has proposed tells of it, keeps the note and moves nothing`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(2)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let (first, second) = (
                try await desk.visitor(.finance, name: "Lan"), try await desk.visitor(.finance, name: "Hoa")
            )
            let open = try await first.get("/console/cases/1")
            let own = try await second.get("/console/cases/1")
            let batch = try await second.get("\(Self.batch)?step=preview&case-1=1&case-2=1")
            let link = ["action": "link", "reference": asked[0].reference, "note": "gọi điện đã rõ"]
            let sent = try await first.post("/console/cases/1/resolve", link.merging(["csrf": open.csrf]) { $1 })
            #expect(sent.location == "/console/cases/1?done=proposed")
            let late = try await second.post("/console/cases/1/resolve", link.merging(["csrf": own.csrf]) { $1 })
            #expect(late.status == 409, "\(late.status)")
            #expect(
                late.text.contains("Lan has proposed to link") && late.text.contains("gọi điện đã rõ"),
                "\(late.text)"
            )
            #expect(late.text.contains("/console/cases/1/approve"))
            #expect(try await money(server) == (0, 0, 1))
            // Of many at once, that one is left alone and the other is proposed.
            let done = try await second.post(try address(batch), hidden(batch).merging(["note": "x"]) { $1 })
            #expect(done.location == "/console/cases?done=1&failed=1", "\(done.text)")
            #expect(try await money(server) == (0, 0, 2))
        }
    }

    @Test func `what was chosen for approval is shown first, and is still there after a code was asked for`()
        async throws
    {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(3)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let clerk = try await desk.visitor(.finance, name: "Lan")
            let preview = try await clerk.get("\(Self.batch)?step=preview&case-1=1&case-2=1&case-3=1")
            _ = try await clerk.post(try address(preview), hidden(preview).merging(["note": "gợi ý"]) { $1 })
            let approver = try await desk.visitor(.approver, name: "Nam")
            _ = try await server.services.database.asOwner(
                "update person_session set factor_at = now() - interval '1 hour'"
            )
            let list = "/console/cases?kind=unmatched&state=awaiting_approval"
            #expect(try await approver.get(list).text.contains("name=\"case-2\""))
            let shown = try await approver.get(
                "\(Self.batch)?step=approve&case-1=1&case-2=1&back=\(list.percentEncoded())"
            )
            #expect(shown.status == 200 && shown.text.contains("2 proposals can be approved"), "\(shown.text)")
            #expect(shown.text.contains(asked[0].reference) && shown.text.contains(asked[1].payer))
            let form = hidden(shown).merging(["note": "đã gọi"]) { $1 }
            let away = try await approver.post(try address(shown), form)
            let prefix = "/second-factor?next="
            let next = try #require(away.location.flatMap { $0.hasPrefix(prefix) ? $0.dropFirst(prefix.count) : nil })
            _ = try await server.services.database.asOwner("update person_session set factor_at = now()")
            let back = try await approver.get(try #require(String(next).removingPercentEncoding))
            #expect(back.text.contains("2 proposals can be approved") && back.text.contains("value=\"đã gọi\""))
            #expect(
                back.text.contains("href=\"/console/cases?kind=unmatched&amp;state=awaiting_approval\""),
                "\(back.text)"
            )
            // One of them is withdrawn and replaced meanwhile: what was not shown is not approved.
            let other = try await clerk.get("/console/cases/2")
            _ = try await clerk.post("/console/cases/2/withdraw", ["csrf": other.csrf, "note": "nhầm"])
            let instead = ["csrf": other.csrf, "action": "write_off", "note": "khác"]
            #expect(try await clerk.post("/console/cases/2/resolve", instead).status == 303)
            let done = try await approver.post(try address(back), hidden(back).merging(["note": "đã gọi"]) { $1 })
            #expect(done.location == list + "&done=1&failed=2", "\(done.text)")
            #expect(try await money(server) == (0, 1, 2))
        }
    }

    @Test func `two proposals for one request are not both offered for approval`() async throws {
        try await LiveServer.with { server in
            let desk = ConsoleDesk(server: server)
            let asked = try await desk.ask(2)
            _ = try await desk.reconcile(ConsoleDesk.statement(asked))
            let clerk = try await desk.visitor(.finance, name: "Lan")
            for id in 1...2 {
                let page = try await clerk.get("/console/cases/\(id)")
                let link = ["csrf": page.csrf, "action": "link", "reference": asked[0].reference, "note": "x"]
                #expect(try await clerk.post("/console/cases/\(id)/resolve", link).status == 303)
            }
            let approver = try await desk.visitor(.approver)
            let page = try await approver.get("\(Self.batch)?step=approve&cases=1.2")
            #expect(page.text.contains("1 proposals can be approved"), "\(page.text)")
            #expect(page.text.contains("is paid by another case above") && !page.text.contains("proposal-2"))
        }
    }
}
