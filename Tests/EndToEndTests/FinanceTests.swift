import Collection
import Foundation
import Identity
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// What finance staff do, over HTTP, each with a key of their own.
@Suite struct FinanceTests {
    private static let account = "0801000567890"

    /// A request paid by a callback whose excess lies in suspense, by the settlement itself.
    private static func overpaid(_ server: LiveServer, _ key: String) async throws -> String {
        let order = try await server.send(
            "POST",
            "/v1/payment-requests",
            key: key,
            json: ["dossier_code": "D-7", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"]
        ).json
        let connection = try #require(try await server.services.connections.open("bank"))
        let reference = try #require(order["reference"]?.string)
        let outcome = try await server.services.settler.settle(
            NoticeRow(
                Notice(
                    source: .callback,
                    issuerID: connection.issuerID,
                    transactionID: "FT1",
                    contentHash: [1],
                    isCredit: true,
                    amount: Money(12_500),
                    accountNumber: account,
                    bankReference: "FT1",
                    references: [reference],
                    occurredAt: .now()
                ),
                connectionID: connection.id,
                memo: reference,
                debitAccount: connection.bankLedgerAccount,
                suspenseAccount: connection.suspenseLedgerAccount
            )
        ).outcome
        #expect(outcome == .overpaid)
        return try #require(order["id"]?.string)
    }

    private static func with(_ body: @Sendable (LiveServer, String) async throws -> Void) async throws {
        try await LiveServer.with { server in
            _ = try await server.services.connections.add(
                name: "bank",
                profile: .standard,
                account: account,
                secret: TestSecret.standard(1),
                signatureHeader: nil
            )
            try await body(server, try await overpaid(server, try await server.key(.portal)))
        }
    }

    @Test func `a refund takes two persons and ends in the payment file`() async throws {
        try await Self.with { server, request in
            let finance = try await server.person(.finance)
            let approver = try await server.person(.approver)
            let payer: JSON = ["bank_bin": "970436", "account_number": "0011223344", "name": "NGUYEN VAN A"]
            let ask: JSON = [
                "payment_request_id": .string(request), "amount": 2500, "reason": "overpaid", "beneficiary": payer,
            ]
            let asked = try await server.send(
                "POST",
                "/v1/refunds",
                key: finance,
                headers: ["Idempotency-Key": "r1"],
                json: ask
            )
            #expect(asked.status == 201)
            let again = try await server.send(
                "POST",
                "/v1/refunds",
                key: finance,
                headers: ["Idempotency-Key": "r1"],
                json: ask
            )
            #expect(again.status == 201 && again.body == asked.body)
            let id = try #require(try asked.json["id"]?.string)
            func act(_ action: String, _ key: String, _ json: JSON = [:]) async throws -> LiveServer.Answer {
                try await server.send("POST", "/v1/refunds/\(id)/\(action)", key: key, json: json)
            }
            #expect(try await act("approve", finance).status == 403)
            #expect(try await act("execute", finance).status == 409)
            // Keys do not decide, whatever their role, and an administrator's session neither.
            for role in [Role.finance, .approver, .admin] {
                let key = try await server.key(role)
                for action in ["approve", "reject", "execute"] {
                    #expect(try await act(action, key, ["note": "x"]).status == 403, "\(role) \(action)")
                }
                #expect(try await server.send("POST", "/v1/refunds", key: key, json: ask).status == 403, "\(role)")
            }
            #expect(try await act("approve", try await server.person(.admin)).status == 403)
            // A refund goes where it was asked to go.
            let elsewhere = try await act("approve", approver, ["beneficiary": payer])
            #expect(elsewhere.status == 422 && elsewhere.text.contains("/beneficiary"))
            let approved = try await act("approve", approver).json
            #expect(approved["state"] == "approved" && approved["beneficiary"] == payer)
            #expect(approved["decision"]?["code"] == "money_goes_back" && approved["sentence"]?.string != nil)
            #expect(try await act("execute", finance).json["state"] == "executed")
            let files = "/v1/refund-files?account=\(Self.account)"
            #expect(try await server.send("POST", files, key: approver, json: [:]).status == 403)
            let file = try await server.send("POST", files + "&format=csv", key: finance, json: [:])
            #expect(file.headers["khop-left-out"] == "0")
            let listing = try await server.send("POST", files + "&format=json", key: finance, json: [:]).json
            #expect(listing["payments"] == 1 && listing["left_out"]?.array?.isEmpty == true)
            #expect(file.status == 200 && file.text.contains("NGUYEN VAN A") && file.text.contains("2500"))
            let listed = try await server.send("GET", "/v1/refunds?state=executed", key: finance).json
            #expect(listed["items"]?.array?.count == 1)
            #expect(try await server.send("GET", "/v1/refunds/\(id)", key: finance).json["payment_file"]?.string != nil)
            let read = try await server.send("GET", "/v1/payment-requests/\(request)", key: finance).json
            #expect(read["status"] == "paid" && read["amount_refunded"] == 2500)
        }
    }

    @Test func `a withdrawn request is cancelled and refunded in one step, also by finance staff`() async throws {
        try await LiveServer.with { server in
            _ = try await server.services.connections.add(
                name: "bank",
                profile: .standard,
                account: Self.account,
                secret: TestSecret.standard(1),
                signatureHeader: nil
            )
            let (portal, finance) = (try await server.key(.portal), try await server.person(.finance))
            let order: JSON = [
                "dossier_code": "D-8", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
            ]
            let request = try await server.send("POST", "/v1/payment-requests", key: portal, json: order).json
            let id = try #require(request["id"]?.string)
            let connection = try #require(try await server.services.connections.open("bank"))
            _ = try await server.services.settler.settle(
                NoticeRow(
                    Notice(
                        source: .callback,
                        issuerID: connection.issuerID,
                        transactionID: "PART",
                        contentHash: [1],
                        isCredit: true,
                        amount: Money(4000),
                        accountNumber: Self.account,
                        bankReference: "PART",
                        references: [try #require(request["reference"]?.string)],
                        occurredAt: .now()
                    ),
                    connectionID: connection.id,
                    memo: nil,
                    debitAccount: connection.bankLedgerAccount,
                    suspenseAccount: connection.suspenseLedgerAccount
                )
            )
            let path = "/v1/payment-requests/\(id)/cancel"
            #expect(try await server.send("POST", path, key: portal, json: [:]).status == 409)
            #expect(try await server.send("POST", path, key: finance, json: [:]).status == 403)
            let wrong: JSON = ["refund": ["beneficiary": ["bank_bin": "1", "account_number": "ABC", "name": "A"]]]
            let refused = try await server.send("POST", path, key: finance, json: wrong)
            #expect(refused.status == 422 && refused.text.contains("/refund/beneficiary/bank_bin"))
            let right: JSON = ["refund": ["reason": "withdrawn", "paid_by_hand": true]]
            let cancelled = try await server.send("POST", path, key: finance, json: right)
            #expect(try cancelled.json["status"] == "cancelled")
            #expect(
                try cancelled.json["refund"]?["amount"] == 4000 && cancelled.json["refund"]?["state"] == "requested"
            )
            for finding in try await server.services.ledger.verify() {
                #expect(finding.ok, "\(finding.name): \(finding.detail)")
            }
        }
    }

    @Test func `a case takes two persons`() async throws {
        try await Self.with { server, _ in
            let (first, second) = (try await server.person(.finance), try await server.person(.finance))
            let found = try await server.send("GET", "/v1/cases?kind=overpaid&state=open", key: first).json
            let id = try #require(found["items"]?.array?.first?["id"]?.integer)
            func act(_ action: String, _ key: String, _ json: JSON) async throws -> LiveServer.Answer {
                try await server.send("POST", "/v1/cases/\(id)/\(action)", key: key, json: json)
            }
            let noted = try await act("notes", first, ["note": "called the payer", "assignee": "Hoa"])
            #expect(try noted.json["assignee"] == "Hoa")
            #expect(try await act("notes", first, [:]).status == 422)
            let inquiry = try await server.send("GET", "/v1/cases/\(id)/inquiry", key: first)
            #expect(inquiry.status == 200 && inquiry.text.contains("FT1"))
            #expect(try await act("resolve", first, ["action": "fly", "note": "x"]).status == 422)
            let proposed = try await act("resolve", first, ["action": "write_off", "note": "small"])
            #expect(try proposed.json["state"] == "awaiting_approval")
            #expect(try await act("approve", first, [:]).status == 403)
            #expect(try await act("withdraw", second, ["note": "let us refund it"]).json["state"] == "open")
            let refund: JSON = [
                "action": "refund", "note": "to the payer", "reason": "overpaid",
                "beneficiary": ["bank_bin": "970436", "account_number": "0011223344", "name": "A"],
            ]
            #expect(try await act("resolve", first, refund).json["state"] == "awaiting_approval")
            // Money that goes out takes an approver; a second clerk is not enough.
            let clerk = try await act("approve", second, [:])
            #expect(clerk.status == 403 && clerk.text.contains("case_refund_needs_approver"), "\(clerk.text)")
            let ended = try await act("approve", try await server.person(.approver), [:]).json
            #expect(ended["state"] == "resolved" && ended["refunds"]?.array?.count == 1)
            #expect(try await act("resolve", first, refund).status == 409)
            #expect(try await server.send("GET", "/v1/cases/999999", key: first).status == 404)
            for finding in try await server.services.ledger.verify() {
                #expect(finding.ok, "\(finding.name): \(finding.detail)")
            }
        }
    }

    @Test func `reports come in every format and drill down to their payments`() async throws {
        try await Self.with { server, request in
            let key = try await server.key(.auditor)
            let period = "period=\(Instant.now().day.description.prefix(7))"
            for name in ["non-cash-rates", "collections", "discounts", "decision766"] {
                for (format, type) in [
                    ("json", "application/json"), ("csv", "text/csv; charset=utf-8"),
                    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                ] {
                    let answer = try await server.send(
                        "GET",
                        "/v1/reports/\(name)?\(period)&format=\(format)",
                        key: key
                    )
                    #expect(answer.status == 200 && answer.headers["content-type"] == type, "\(name) \(format)")
                    if format == "xlsx" { #expect(answer.body.starts(with: [0x50, 0x4B])) }
                }
                #expect(
                    try await server.send("GET", "/v1/reports/\(name)?\(period)&format=doc", key: key).status == 400
                )
            }
            let page = try await server.send(
                "GET",
                "/v1/reports/non-cash-rates/payments?\(period)&row=25&counted=online&limit=1",
                key: key
            ).json
            #expect(page["count"] == 1 && page["items"]?.array?.first?["id"] == .string(request))
            let dossiers = try await server.send(
                "GET",
                "/v1/reports/decision766/dossiers?\(period)&counted=true",
                key: key
            ).json
            #expect(dossiers["items"]?.array?.first?["dossier_code"] == "D-7")
            let collections = try await server.send("GET", "/v1/reports/collections?\(period)", key: key).json
            #expect(collections["total"]?["due_to_budget"] == 10_000)
        }
    }

    @Test func `a key bound to a province reads and changes only what belongs to it`() async throws {
        try await Self.with { server, _ in
            let key = try await server.key(.auditor)
            let period = "period=\(Instant.now().day.description.prefix(7))"
            // A key of another province sees nothing of it, and may not ask for it.
            let bound = try await server.key(.auditor, locality: "01")
            let other = try await server.send("GET", "/v1/reports/non-cash-rates?\(period)", key: bound).json
            #expect(other["total"]?["paid_requests"] == 0 && other["locality"] == "01")
            #expect(
                try await server.send("GET", "/v1/reports/non-cash-rates?\(period)&locality=25", key: bound).status
                    == 403
            )
            let day = Instant.now().day.description
            let record = "/v1/reports/reconciliation?account=\(Self.account)&day=\(day)"
            #expect(try await server.send("GET", record, key: bound).status == 403)
            #expect(try await server.send("GET", record, key: key).json["difference"] == 12_500)
            // Nor does a key of another province bring a statement in, or reconcile; one of the account's own does.
            let through: JSON = ["account_number": .string(Self.account), "through": .string(day)]
            for (locality, status) in [("01", 403), ("25", 201)] {
                let bound = try await server.person(.finance, locality: locality)
                let run = try await server.send("POST", "/v1/reconciliations", key: bound, json: through)
                #expect(run.status == status)
                let imported = try await server.send(
                    "POST",
                    "/v1/statements?account=\(Self.account)",
                    key: bound,
                    body: Array("transaction_id,booked_at,amount,memo,balance\n".utf8)
                )
                #expect((imported.status == 403) == (status == 403))
                if let id = try run.json["id"]?.integer {
                    let path = "/v1/reconciliations/\(id)"
                    #expect(try await server.send("GET", path, key: bound).status == 200)
                    #expect(
                        try await server.send("GET", path, key: server.person(.finance, locality: "01")).status == 403
                    )
                }
            }
            for wrong in ["limit=0", "limit=501", "cursor=zz", "locality=zz"] {
                #expect(try await server.send("GET", "/v1/cases?\(wrong)", key: key).status == 400, "\(wrong)")
            }
        }
    }

    @Test func `a day that has come is signed off once, open items said, and not by an auditor`() async throws {
        try await Self.with { server, _ in
            let day = Instant.now().day.description
            let (key, finance) = (try await server.key(.auditor), try await server.person(.finance))
            let signOff: JSON = ["account_number": .string(Self.account), "day": .string(day)]
            let path = "/v1/reports/reconciliation/sign-off"
            let tomorrow: JSON = [
                "account_number": .string(Self.account),
                "day": .text(Instant.now().day.adding(days: 1)),
            ]
            let refused = try await server.send("POST", path, key: finance, json: tomorrow)
            #expect(try refused.status == 422 && refused.json["errors"]?.array?.first?["pointer"] == "/day")
            let silent: JSON = .object((signOff.members ?? []) + [.init("acknowledge_open_items", true)])
            let unsaid = try await server.send("POST", path, key: finance, json: silent)
            #expect(try unsaid.status == 422 && unsaid.json["errors"]?.array?.first?["pointer"] == "/note")
            #expect(try await server.send("POST", path, key: key, json: signOff).status == 403)
            let open = try await server.send("POST", path, key: finance, json: signOff)
            #expect(try open.status == 409 && open.json["reason"]?["code"] == "day_has_open_items")
            let said: JSON = .object((silent.members ?? []) + [.init("note", "đã biết")])
            #expect(try await server.send("POST", path, key: finance, json: said).status == 201)
            #expect(try await server.send("POST", path, key: finance, json: said).status == 409)
        }
    }
}
