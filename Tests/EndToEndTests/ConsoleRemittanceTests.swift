import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// Remitting to the State Treasury at the console and through the API.
@Suite struct ConsoleRemittanceTests {
    private static let path = "/console/reports/remittances"

    static func setUp(_ server: LiveServer) async throws {
        let payer = TreasuryPayer(
            agencyCode: "H44.01",
            name: "Trung tâm Phục vụ hành chính công tỉnh Phú Thọ",
            address: "1 phố Mẫu, Việt Trì",
            taxCode: "0100000000",
            chapter: "860",
            treasury: ("0011", "KBNN khu vực VII"),
            office: ("1054449", "Thuế cơ sở 1 tỉnh Phú Thọ"),
            areaCode: "227HH",
            since: Instant.now().day.adding(days: -300)
        )
        try await server.services.remittances.set(payer, by: .system)
        let calls = try await RecordedCalls(server)
        for number in 0..<3 { _ = try await calls.overpaid("FT\(number)") }
    }

    @Test func `three persons bring what was collected to the Treasury's door`() async throws {
        try await LiveServer.with { server in
            try await Self.setUp(server)
            let desk = ConsoleDesk(server: server)
            let maker = try await desk.visitor(.finance, name: "Lan")
            let page = try await maker.get(Self.path)
            #expect(page.status == 200 && page.text.contains("30,000 ₫") && page.text.contains("860 / 2767"))
            let form = ["csrf": page.csrf, "agency": "H44.01", "due_by": ""]
            let wrong = try await maker.post(Self.path + "/make", form)
            #expect(wrong.status == 422 || wrong.status == 400)
            #expect(wrong.text.contains("role=\"alert\""))
            let day = Instant.now().day.adding(days: 70).description
            let made = try await maker.post(Self.path + "/make", form.merging(["due_by": day]) { $1 })
            let place = try #require(made.location, "\(made.text)")
            #expect(made.status == 303 && place.hasSuffix("?done=made"))
            let order = place.replacing("?done=made", with: "")
            let own = try await maker.get(place)
            #expect(own.text.contains("another person approves it") && !own.text.contains("\(order)/approve\""))
            // What the form does not offer is refused all the same.
            #expect(try await maker.post(order + "/approve", ["csrf": own.csrf]).status == 403)
            let approver = try await desk.visitor(.approver, name: "Nam")
            let shown = try await approver.get(order)
            #expect(try await approver.post(order + "/approve", ["csrf": shown.csrf]).status == 303)
            let refused = try await approver.post(order + "/send", ["csrf": shown.csrf])
            #expect(refused.status == 403 && refused.text.contains("another person takes it to the bank"))
            #expect(try await maker.post(order + "/send", ["csrf": own.csrf]).status == 303)
            let file = try await maker.post(order + "/file", ["csrf": own.csrf])
            #expect(file.status == 200 && file.text.contains("<MA_NDKT>2767</MA_NDKT>"))
            let pdf = try await maker.get(order + "/order.pdf")
            #expect(pdf.status == 200)
            let auditor = try await desk.visitor(.auditor)
            let read = try await auditor.get(order)
            #expect(read.status == 200 && !read.text.contains("<form method=\"post\" action=\"\(order)"))
            #expect(try await auditor.post(order + "/return", ["csrf": read.csrf, "note": "x"]).status == 403)
            let csv = try await auditor.get(Self.path + "/due.csv")
            #expect(csv.status == 200 && csv.text.contains("H44.01"))
        }
    }

    @Test func `the API says what is due, makes orders, and tells what is wrong`() async throws {
        try await LiveServer.with { server in
            try await Self.setUp(server)
            let (finance, approver) = (try await server.person(.finance), try await server.person(.approver))
            func send(_ method: String, _ path: String, _ key: String, _ body: JSON = [:]) async throws
                -> (status: Int, json: JSON)
            {
                let answer =
                    method == "GET"
                    ? try await server.send(method, path, key: key)
                    : try await server.send(method, path, key: key, json: body)
                return (answer.status, try answer.json)
            }
            let due = try await send("GET", "/v1/remittances/due", finance)
            #expect(due.status == 200 && due.json["due"]?.integer == 30_000, "\(due)")
            #expect(due.json["items"]?.array?.first?["parts"]?.array?.isEmpty == false)
            #expect(try await send("GET", "/v1/remittances/due?year=1", finance).status == 400)
            #expect(try await send("POST", "/v1/remittances", finance, ["agency_code": "H44.01"]).status == 422)
            let day: JSON = .text(Instant.now().day.adding(days: 70))
            let nobody = try await send("POST", "/v1/remittances", finance, ["agency_code": "H44.02", "due_by": day])
            #expect(nobody.status == 409 && nobody.json["reason"]?["code"]?.string == "agency_remits_elsewhere")
            #expect(try await send("POST", "/v1/remittances", approver, ["agency_code": "x"]).status == 403)
            let made = try await send("POST", "/v1/remittances", finance, ["agency_code": "H44.01", "due_by": day])
            let id = try #require(made.json["items"]?.array?.first?["id"]?.integer, "\(made)")
            let own = try await send("POST", "/v1/remittances/\(id)/send", finance)
            #expect(own.status == 409)
            #expect(
                try await send("POST", "/v1/remittances/\(id)/approve", approver).json["state"]?.string == "approved"
            )
            let listed = try await send("GET", "/v1/remittances?state=approved", finance)
            #expect(listed.json["items"]?.array?.count == 1)
            #expect(try await send("GET", "/v1/remittances/99999", finance).status == 404)
            #expect(try await send("GET", "/v1/remittances?state=x", finance).status == 400)
        }
    }
}
