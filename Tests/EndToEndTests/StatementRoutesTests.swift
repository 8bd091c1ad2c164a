import Collection
import Foundation
import TestSupport
import Testing
import Values

/// Statements over HTTP: who may bring them, what is refused, what is shown.
@Suite struct StatementRoutesTests {
    private static let vietcombank = "0801000567890"
    private static let bidv = "42710001234567"

    private func fixture(_ name: String) throws -> [UInt8] { try Repository.fixture("statements/" + name) }

    @Test func `a statement of another bank is refused over HTTP, and forced with a reason`() async throws {
        try await LiveServer.with { server in
            let finance = try await server.person(.finance)
            let path = "/v1/statements?account=\(Self.vietcombank)"
            let file = try fixture("banks/bidv.csv")
            for (language, word) in [("vi", "lý do"), ("en", "say why")] {
                let refused = try await server.send(
                    "POST",
                    path,
                    key: finance,
                    headers: ["Accept-Language": language],
                    body: file
                )
                #expect(refused.status == 422)
                #expect(try refused.json["type"] == "urn:khop:problem:statement-rejected")
                #expect(try refused.json["reason"]?["code"] == "statement_of_other_bank")
                #expect(try refused.json["detail"]?.string?.contains(word) == true)
            }
            #expect(try await server.send("POST", path + "&force=%20", key: finance, body: file).status == 400)
            let why = "bank%20moved%20the%20account"
            let forced = try await server.send("POST", path + "&force=" + why, key: finance, body: file)
            #expect(try forced.status == 202 && forced.json["forced"]?["why"] == "bank moved the account")
            let id = try #require(try forced.json["id"]?.integer)
            let shown = try await server.send("GET", "/v1/statements/\(id)", key: finance).json
            #expect(shown["forced"]?["by"] == "test" && shown["is_feed"] == false)
            #expect(shown["forced"]?["reasons"]?.array?.first?["code"] == "statement_of_other_bank")
            #expect(shown["outcomes"]?["not_reconciled"] == 4)
        }
    }

    @Test func `a feed brings statements and does nothing else`() async throws {
        try await LiveServer.with { server in
            let feed = try await server.key(.feed)
            let path = "/v1/statements?account=\(Self.bidv)"
            let taken = try await server.send("POST", path, key: feed, body: try fixture("banks/bidv.csv"))
            #expect(try taken.status == 202 && taken.json["is_feed"] == true)
            let id = try #require(try taken.json["id"]?.integer)
            let foreign = try await server.send("POST", path, key: feed, body: try fixture("banks/acb.csv"))
            #expect(foreign.status == 422)
            let forced = try await server.send(
                "POST",
                path + "&force=because",
                key: feed,
                body: try fixture("banks/acb.csv")
            )
            #expect(forced.status == 403)
            for (method, path) in [
                ("GET", "/v1/statements"), ("GET", "/v1/statements/\(id)"), ("POST", "/v1/statements/\(id)/confirm"),
                ("POST", "/v1/statements/\(id)/undo"),
                ("POST", "/v1/reconciliations"),
                ("GET", "/v1/cases"), ("GET", "/v1/refunds"), ("POST", "/v1/refunds"), ("POST", "/v1/quotes"),
                ("POST", "/v1/payment-requests"), ("GET", "/v1/payment-requests?reference=x"), ("GET", "/v1/events"),
                ("POST", "/v1/counter-payments"), ("POST", "/v1/refund-files?account=\(Self.bidv)"),
                ("GET", "/v1/reports/non-cash-rates?period=2026"), ("GET", "/v1/event-endpoints"),
            ] {
                let body: [UInt8]? = method == "POST" ? Array("{}".utf8) : nil
                #expect(try await server.send(method, path, key: feed, body: body).status == 403, "\(method) \(path)")
            }
            // A feed may be bound to a locality, as any key.
            let bound = try await server.key(.feed, locality: "01")
            #expect(try await server.send("POST", path, key: bound, body: try fixture("banks/bidv.csv")).status == 403)
        }
    }

    @Test func `statements are listed in pages, only those of the caller's locality`() async throws {
        try await LiveServer.with { server in
            let finance = try await server.person(.finance)
            for (file, account) in [
                ("banks/bidv.csv", Self.bidv), ("default.csv", Self.vietcombank),
                ("default-newest-first.csv", Self.vietcombank),
            ] {
                let path = "/v1/statements?account=\(account)"
                #expect(try await server.send("POST", path, key: finance, body: try fixture(file)).status == 202)
            }
            let first = try await server.send("GET", "/v1/statements?limit=2", key: finance).json
            #expect(first["items"]?.array?.count == 2)
            let cursor = try #require(first["next_cursor"]?.string)
            let second = try await server.send("GET", "/v1/statements?limit=2&cursor=\(cursor)", key: finance).json
            #expect(second["items"]?.array?.map { $0["account_number"] } == [.string(Self.bidv)])
            #expect(second["next_cursor"] == .null)
            let one = try await server.send("GET", "/v1/statements?account=\(Self.bidv)", key: finance).json
            #expect(one["items"]?.array?.count == 1)
            // H44.01 lies under 25, as H62.01 does since the provinces were merged; neither under 01.
            let elsewhere = try await server.key(.auditor, locality: "01")
            #expect(
                try await server.send("GET", "/v1/statements", key: elsewhere).json["items"]?.array?.isEmpty == true
            )
            let id = try #require(one["items"]?.array?.first?["id"]?.integer)
            #expect(try await server.send("GET", "/v1/statements/\(id)", key: elsewhere).status == 403)
            let here = try await server.key(.auditor, locality: "25")
            #expect(try await server.send("GET", "/v1/statements", key: here).json["items"]?.array?.isEmpty == false)
            for wrong in ["limit=0", "limit=501", "limit=x", "cursor=x"] {
                #expect(try await server.send("GET", "/v1/statements?\(wrong)", key: finance).status == 400, "\(wrong)")
            }
        }
    }

    @Test func `a run warns if most lines of a statement match nothing`() async throws {
        try await LiveServer.with { server in
            let finance = try await server.person(.finance)
            var text = "transaction_id,booked_at,amount,memo,balance\n"
            for number in 0..<12 { text += "S\(number),2026-11-20T09:00:00+07:00,5000,another's,\n" }
            let path = "/v1/statements?account=\(Self.vietcombank)"
            let imported = try await server.send("POST", path, key: finance, body: Array(text.utf8)).json
            let run = try await server.send(
                "POST",
                "/v1/reconciliations",
                key: finance,
                json: ["account_number": .string(Self.vietcombank), "through": "2026-11-20"]
            ).json
            let warning = try #require(run["warnings"]?.array?.first)
            #expect(warning["code"] == "statement_matches_little")
            #expect(warning["sentence"]?.string?.contains("0 of its 12") == true)
            let id = try #require(imported["id"]?.integer)
            let shown = try await server.send("GET", "/v1/statements/\(id)", key: finance).json
            #expect(shown["warnings"] == run["warnings"])
            let again = try #require(run["id"]?.integer)
            let read = try await server.send("GET", "/v1/reconciliations/\(again)", key: finance).json
            #expect(read["warnings"] == run["warnings"])
        }
    }

    @Test func `another key than the importer's confirms what a statement recovers`() async throws {
        try await LiveServer.with { server in
            let (portal, approver) = (try await server.key(.portal), try await server.person(.approver))
            let (finance, cashier) = (try await server.person(.finance), try await server.key(.cashier))
            let order: JSON = [
                "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
            ]
            var lines =
                "transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance\n"
            var requests: [String] = []
            for number in 1...2 {
                let made = try await server.send("POST", "/v1/payment-requests", key: portal, json: order).json
                requests.append(try #require(made["id"]?.string))
                let reference = try #require(made["reference"]?.string)
                lines += "FT\(number),\(Instant.now()),\(Instant.now().day),10000,VND,,,\(reference),\(number)0000\n"
            }
            let path = "/v1/statements?account=0801000567890&format=csv"
            let id = try #require(
                try await server.send("POST", path, key: finance, body: Array(lines.utf8)).json["id"]?.integer
            )
            let run = try await server.send(
                "POST",
                "/v1/reconciliations",
                key: finance,
                json: ["account_number": "0801000567890", "through": .text(Instant.now().day)]
            ).json
            #expect(run["recovered"] == 2 && run["awaiting_confirmation"] == 2)
            #expect(run["warnings"]?.array?.map { $0["code"] } == ["recoveries_await"])
            let list = "/v1/statements?awaiting_confirmation=true"
            #expect(try await server.send("GET", list, key: finance).json["items"]?.array?.count == 1)
            #expect(
                try await server.send("GET", "/v1/statements?awaiting_confirmation=1", key: finance).status == 400
            )
            let shown = try await server.send("GET", "/v1/statements/\(id)", key: approver).json
            #expect(shown["awaiting"]?["lines"] == 2 && shown["awaiting"]?["total"] == 20_000)
            #expect(shown["awaiting"]?["items"]?.array?.map { $0["line_number"] } == [2, 3])
            let rest = try await server.send("GET", "/v1/statements/\(id)?awaiting_after=2", key: approver).json
            #expect(rest["awaiting"]?["items"]?.array?.count == 1)

            let confirm = "/v1/statements/\(id)/confirm"
            let own = try await server.send("POST", confirm, key: finance, body: [])
            #expect(try own.status == 403 && own.json["reason"]?["code"] == "importer_cannot_confirm")
            #expect(try await server.send("POST", confirm, key: cashier, body: []).status == 403)
            try await refusesWrongRejections(server, confirm, approver)
            let other = try await server.send("POST", confirm, key: approver, json: ["expect": 3])
            #expect(try other.status == 409 && other.json["reason"]?["code"] == "other_number_awaits")
            let answer = try await server.send(
                "POST",
                confirm,
                key: approver,
                json: ["expect": 2, "reject": [["line_number": 3, "reason": "người nộp đã rút hồ sơ"]]]
            )
            let confirmed = try answer.json
            #expect(answer.status == 200 && confirmed["confirmed"] == 1 && confirmed["rejected"] == 1)
            #expect(confirmed["amount_confirmed"] == 10_000 && confirmed["no_longer_fit"] == 0)
            #expect(confirmed["cases"]?.array?.first?["sentence"]?.string?.contains("người nộp đã rút hồ sơ") == true)
            #expect(try await server.send("POST", confirm, key: approver, body: []).status == 409)
            let paid = try await server.send("GET", "/v1/payment-requests/\(requests[0])", key: portal).json
            #expect(paid["status"] == "paid")
            let open = try await server.send("GET", "/v1/payment-requests/\(requests[1])", key: portal).json
            #expect(open["status"] == "pending")
            #expect(try await server.send("POST", "/v1/statements/999/confirm", key: approver, body: []).status == 404)
        }
    }

    @Test func `an import is undone with a note, and the file is imported again`() async throws {
        try await LiveServer.with { server in
            let (finance, cashier) = (try await server.person(.finance), try await server.key(.cashier))
            let path = "/v1/statements?account=\(Self.bidv)"
            let file = try fixture("banks/bidv.csv")
            let id = try #require(try await server.send("POST", path, key: finance, body: file).json["id"]?.integer)
            let undo = "/v1/statements/\(id)/undo"
            let silent = try await server.send("POST", undo, key: finance, body: [])
            #expect(try silent.status == 422 && silent.json["errors"]?.array?.first?["pointer"] == "/note")
            let note: JSON = ["note": "nhầm tài khoản"]
            #expect(try await server.send("POST", undo, key: cashier, json: note).status == 403)
            let undone = try await server.send("POST", undo, key: finance, json: note)
            #expect(try undone.status == 200 && undone.json["statement_id"] == .integer(id))
            let shown = try await server.send("GET", "/v1/statements/\(id)", key: finance).json
            #expect(shown["undone"]?["note"] == "nhầm tài khoản" && shown["undone"]?["by"] != nil)
            let again = try await server.send("POST", undo, key: finance, json: note)
            #expect(try again.status == 409 && again.json["reason"]?["code"] == "statement_undone")
            #expect(try await server.send("POST", "/v1/statements/999/undo", key: finance, json: note).status == 404)
            let second = try await server.send("POST", path, key: finance, body: file).json
            #expect(second["already_imported"] == false && second["undone"] == .null)
        }
    }

    private func refusesWrongRejections(_ server: LiveServer, _ confirm: String, _ approver: String) async throws {
        for (wrong, pointer) in [
            ("{\"reject\":7}", "/reject"), ("{\"reject\":[{\"reason\":\"x\"}]}", "/reject/0"),
            ("{\"reject\":[{\"line_number\":3}]}", "/reject/0/reason"),
            ("{\"reject\":[{\"line_number\":9,\"reason\":\"x\"}]}", "/reject/0/line_number"),
            ("{\"rejected\":[]}", "/rejected"), ("{\"expect\":\"2\"}", "/expect"),
        ] {
            let refused = try await server.send("POST", confirm, key: approver, body: Array(wrong.utf8))
            #expect(refused.status == 422, "\(wrong)")
            #expect(try refused.json["errors"]?.array?.first?["pointer"] == .string(pointer), "\(wrong)")
        }
    }
}
