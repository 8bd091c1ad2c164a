import Collection
import Foundation
import PaymentQR
import Settlement
import TestSupport
import Testing
import Values

/// Receipts over HTTP: for programs and staff, and for whoever holds one.
@Suite(.serialized) struct ReceiptRouteTests {
    private static let payer = "Nguyễn Thị Ánh Nguyệt"

    /// A paid registration of an enterprise; its receipts, the fee's first.
    private static func paid(_ server: LiveServer, _ key: String) async throws -> (JSON, [JSON]) {
        let order: JSON = [
            "dossier_code": "D-9", "agency_code": "H44.01", "procedure_code": "2.001610", "channel": "counter_cash",
            "payer": ["name": .string(payer)],
        ]
        let request = try await server.send("POST", "/v1/payment-requests", key: key, json: order).json
        let taken: JSON = [
            "payment_request_id": request["id"] ?? .null, "channel": "counter_cash",
            "amount": request["amount_due"] ?? .null,
        ]
        let cashier = try await server.key(.cashier)
        let answer = try await server.send("POST", "/v1/counter-payments", key: cashier, json: taken)
        #expect(answer.status == 201 || answer.status == 200)
        let id = try #require(request["id"]?.string)
        let told = try await server.send("GET", "/v1/payment-requests/\(id)", key: key).json
        let receipts = try #require(told["receipts"]?.array)
        return (request, receipts.sorted { ($0["form"]?.string ?? "") < ($1["form"]?.string ?? "") })
    }

    private static func path(_ receipt: JSON) throws -> String {
        let url = try #require(receipt["url"]?.string)
        return "/r/" + (url.split(separator: "/").last.map(String.init) ?? "")
    }

    @Test func `a portal and staff read a receipt, and others do not`() async throws {
        try await LiveServer.with { server in
            let key = try await server.key(.portal)
            let (request, receipts) = try await Self.paid(server, key)
            #expect(receipts.count == 2 && receipts.map { $0["status"] } == ["issued", "issued"])
            let number = try #require(receipts[0]["number"]?.string)
            let own = try await server.send("GET", "/v1/receipts/\(number)", key: key)
            #expect(try own.status == 200 && own.json["payment_request_id"] == request["id"])
            #expect(try own.json["amount_in_words"] == "Một trăm nghìn đồng" && own.json["is_signed"] == false)
            // A portal has no need to read the payer back; the receipt itself names him.
            #expect(try own.json["payer"]?["name"] == "N*** T*** Á*** N***")
            let stranger = try await server.key(.portal)
            #expect(try await server.send("GET", "/v1/receipts/\(number)", key: stranger).status == 404)
            let auditor = try await server.send("GET", "/v1/receipts/\(number)", key: try await server.person(.auditor))
            #expect(try auditor.status == 200 && auditor.json["payer"]?["name"] == "N*** T*** Á*** N***")
            for wrong in ["EBL01-26TAA", "x", "EBL03-26TAA-1"] {
                #expect(try await server.send("GET", "/v1/receipts/\(wrong)", key: key).status == 400)
            }
            #expect(try await server.send("GET", "/v1/receipts/\(number)9", key: key).status == 404)
            let day = Instant.now().day
            let finance = try await server.person(.finance)
            let notice: JSON = ["error": "payer_name", "note": "viết sai một chữ"]
            #expect(
                try await server.send("POST", "/v1/receipts/\(number)/notice", key: key, json: notice).status == 403
            )
            let told = try await server.send("POST", "/v1/receipts/\(number)/notice", key: finance, json: notice)
            #expect(try told.status == 201 && told.json["status"] == "corrected")
            let bad = try await server.send(
                "POST",
                "/v1/receipts/\(number)/notice",
                key: finance,
                json: ["error": "amount", "note": "x"]
            )
            #expect(bad.status == 422 || bad.status == 400)
            let made = try await server.send(
                "POST",
                "/v1/receipts/\(number)/replace",
                key: finance,
                json: ["reason": "sai tên khoản thu"]
            )
            #expect(try made.status == 201 && made.json["replaces"]?.string == number)
            let report = try await server.send("GET", "/v1/reports/receipts?day=\(day)&format=csv", key: finance)
            #expect(report.status == 200 && String(decoding: report.body, as: UTF8.self).contains("Thay thế"))
            #expect(try await server.send("GET", "/v1/reports/receipts?day=x", key: finance).status == 400)
        }
    }

    @Test func `the page names no payer, says what holds, and leads to both documents`() async throws {
        try await LiveServer.with { server in
            let (_, receipts) = try await Self.paid(server, try await server.key(.portal))
            let path = try Self.path(receipts[0])
            let page = try await server.send("GET", path)
            let text = String(decoding: page.body, as: UTF8.self)
            #expect(page.status == 200 && text.contains("Một trăm nghìn đồng") && !text.contains("Nguyễn"))
            // A receipt is Vietnamese: a page in English says so of each of its own words.
            let english = try await server.send("GET", path + "?lang=en").text
            #expect(
                english.contains("<dd lang=\"vi\">Một trăm nghìn đồng</dd>") && english.contains("<tr><td lang=\"vi\">")
            )
            let vietnamese = try await server.send("GET", path + "?lang=vi").text
            #expect(!vietnamese.contains("lang=\"vi\">Một trăm") && !vietnamese.contains("<td lang"), "\(vietnamese)")
            let pdf = try await server.send("GET", path + "/receipt.pdf")
            #expect(pdf.status == 200 && Data(pdf.body).starts(with: Data("%PDF".utf8)))
            let xml = try await server.send("GET", path + "/receipt.xml")
            #expect(
                xml.status == 200 && String(decoding: xml.body, as: UTF8.self).contains("<STBChu>Một trăm nghìn đồng")
            )
            // Without the code, with another receipt's, or with one letter changed: a page that says what to do.
            let number = try #require(receipts[0]["number"]?.string)
            let last = path.last == "0" ? "1" : "0"
            for wrong in ["/r/\(number)", "/r/\(number)-0000000000", path.dropLast() + last, "/r/x"] {
                let answer = try await server.send("GET", String(wrong))
                #expect(
                    answer.status == 404 && String(decoding: answer.body, as: UTF8.self).hasPrefix("<!doctype html>")
                )
            }
            #expect(try await server.send("GET", "/r/\(number)-0000000000/receipt.pdf").status == 404)
            for language in ["vi", "en"] {
                try await Browser.with(language: language) { browser in
                    try await browser.open(server.baseURL + path)
                    #expect(try await browser.text("h1").contains(number))
                    for size in Browser.Size.allCases {
                        try await browser.resize(size)
                        let (page, window) = try await browser.widths()
                        #expect(page <= window, "\(page) wide at \(window)")
                        try await browser.photograph("receipt-\(language)-\(size.rawValue)")
                    }
                    #expect(try await browser.barriers().isEmpty)
                    #expect(try await browser.complaints().isEmpty)
                }
            }
        }
    }
}
