import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values
import Workflow

@testable import Server

/// Whatever changes something leaves an entry of the audit, or stands here with the reason why not.
@Suite struct AuditCoverageTests {
    /// Changes that are facts of their own tables, which hold who made them.
    private static let facts: [String: String] = [
        "POST /v1/payment-requests": "payment_request.created_by and payment_request_event; thousands a second",
        "POST /v1/callbacks/:connection": "bank_notice and its connection; a bank's word, not a person's act",
        "POST /v1/quotes": "keeps nothing",
        "POST /v1/platform/:connection/lookup": "platform_payment; a question of the platform, which changes nothing",
    ]

    private static let payee: JSON = ["bank_bin": "970436", "account_number": "0011223344", "name": "NGUYEN VAN A"]

    @Test func `every change over HTTP leaves an entry with its address and request id`() async throws {
        try await LiveServer.with { server in
            let calls = try await RecordedCalls(server)
            try await Self.makeEveryChange(calls)
            let options = ServerOptions(publicURL: "http://127.0.0.1:1")
            let addresses = try KhopServer.addresses(server.services, options: options, registry: PrometheusRegistry())
            var count = 0
            for (path, method) in addresses where method != .get && path.hasPrefix("/v1/") {
                let name = "\(method.rawValue) \(path)"
                count += 1
                if Self.facts[name] == nil {
                    #expect(calls.actions[name]?.isEmpty == false, "\(name) leaves no entry of the audit")
                } else {
                    #expect(calls.actions[name]?.isEmpty != false, "\(name) leaves an entry: it needs no reason")
                }
            }
            #expect(count > 20)
            // Nothing that the audit says of these calls is without words.
            let used = Set(calls.actions.values.flatMap { $0 })
            #expect(used.isSubset(of: Self.words), "\(used.subtracting(Self.words))")
        }
    }

    /// Makes every change that the API offers once.
    static func makeEveryChange(_ calls: RecordedCalls) async throws {
        try await changeRequests(calls)
        try await decideCases(calls)
        try await payBack(calls)
        try await reconcile(calls)
        try await changeRest(calls)
        try await changeCatalogue(calls)
        try await workShift(calls)
        try await remit(calls)
        try await calls.comparePlatform()
        try await calls.mapStatements()
    }

    private static let words = Vocabulary.auditAction.codes

    private static func changeRequests(_ calls: RecordedCalls) async throws {
        try await calls.call(
            "POST /v1/quotes",
            key: calls.portal,
            ["agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"]
        )
        try await calls.call("POST /v1/payment-requests/:id/cancel", calls.request().id, key: calls.portal)
        try await calls.call(
            "POST /v1/counter-payments",
            key: calls.cashier,
            ["payment_request_id": .string(try await calls.request().id), "channel": "counter_cash", "amount": 20_000]
        )
        #expect(calls.actions["POST /v1/counter-payments"] == ["counter_payment.take"])
        let together: [JSON] = [.string(try await calls.request().id), .string(try await calls.request().reference)]
        let basket = try await calls.call(
            "POST /v1/baskets",
            key: calls.portal,
            ["payment_requests": .array(together)]
        )
        try await calls.call("POST /v1/baskets/:id/cancel", try #require(basket["id"]?.string), key: calls.portal)
        let detail = try await calls.server.services.database.query(
            "select detail from audit_entry where action = 'counter_payment.take'"
        ).row().get(0, as: JSON.self)
        #expect(detail["before"]?["channel"] == "online" && detail["after"]?["channel"] == "counter_cash")
        #expect(detail["before"]?["amount_due"] == 10_000 && detail["after"]?["amount_due"] == 20_000)
    }

    private static func decideCases(_ calls: RecordedCalls) async throws {
        let id = try await calls.overpaid("FT1").caseID
        try await calls.call("POST /v1/cases/:id/notes", id, key: calls.finance, ["note": "called the payer"])
        let writeOff: JSON = ["action": "write_off", "note": "small"]
        try await calls.call("POST /v1/cases/:id/resolve", id, key: calls.finance, writeOff)
        try await calls.call("POST /v1/cases/:id/withdraw", id, key: calls.second, ["note": "no"])
        let refund: JSON = ["action": "refund", "note": "to the payer", "reason": "overpaid", "beneficiary": payee]
        try await calls.call("POST /v1/cases/:id/resolve", id, key: calls.finance, refund)
        try await calls.call("POST /v1/cases/:id/approve", id, key: calls.approver)
        let entries = try await calls.server.services.database.query(
            "select detail::text from audit_entry where action like 'case.%' or action like 'refund.%'"
        ).map { try $0.get(0, as: String.self) }
        // Nobody's name, and of the account the end.
        #expect(!entries.contains { $0.contains("NGUYEN VAN A") || $0.contains("0011223344") })
        #expect(entries.contains { $0.contains("…3344") })
    }

    private static func payBack(_ calls: RecordedCalls) async throws {
        func ask(_ transaction: String) async throws -> String {
            let asked = try await calls.call(
                "POST /v1/refunds",
                key: calls.finance,
                [
                    "payment_request_id": .string(try await calls.overpaid(transaction).request), "amount": 2500,
                    "reason": "overpaid", "beneficiary": payee,
                ]
            )
            return try #require(asked["id"]?.string)
        }
        try await calls.call("POST /v1/refunds/:id/reject", ask("FT2"), key: calls.approver, ["note": "no"])
        let withdrawn = try await calls.call(
            "POST /v1/payment-requests/:id/cancel",
            calls.partlyPaid("FT4"),
            key: calls.portal,
            ["refund": ["reason": "withdrawn", "paid_by_hand": true]]
        )
        let asked = try #require(withdrawn["refund"]?["id"]?.string)
        try await calls.call("POST /v1/refunds/:id/adopt", asked, key: calls.finance)
        let id = try await ask("FT3")
        try await calls.call("POST /v1/refunds/:id/approve", id, key: calls.approver)
        try await calls.call("POST /v1/refunds/:id/execute", id, key: calls.finance)
        // What was paid above has receipts, the first of them number 1.
        let receipt = "EBL02-\(Instant.now().day.components.year % 100)TAA-1"
        let wrong: JSON = ["error": "payer_name", "note": "wrong name"]
        try await calls.call("POST /v1/receipts/:number/notice", receipt, key: calls.finance, wrong)
        try await calls.call("POST /v1/receipts/:number/replace", receipt, key: calls.finance, ["reason": "wrong item"])
        let query = "?account=\(RecordedCalls.account)&format=json"
        try await calls.call("POST /v1/refund-files", query: query, key: calls.second)
    }

    private static func reconcile(_ calls: RecordedCalls) async throws {
        let now = Instant.now()
        let head =
            "transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance\n"
        let reference = try await calls.request().reference
        let lines = head + "FT9,\(now),\(now.day),10000,VND,,,\(reference),10000\n"
        let query = "?account=\(RecordedCalls.account)&format=csv"
        func take(_ lines: String) async throws -> String {
            let taken = try await calls.call(
                "POST /v1/statements",
                query: query,
                key: calls.finance,
                body: Array(lines.utf8)
            )
            return String(try #require(taken["id"]?.integer))
        }
        let wrong = try await take(head + "FT8,\(now),\(now.day),500,VND,,,nothing,500\n")
        try await calls.call("POST /v1/statements/:id/undo", wrong, key: calls.finance, ["note": "wrong file"])
        let id = try await take(lines)
        let through: JSON = ["account_number": .string(RecordedCalls.account), "through": .text(now.day)]
        try await calls.call("POST /v1/reconciliations", key: calls.finance, through)
        #expect(calls.actions["POST /v1/reconciliations"] == ["reconciliation.begin", "reconciliation.finish"])
        try await calls.call("POST /v1/statements/:id/confirm", id, key: calls.approver)
        let signOff: JSON = [
            "account_number": .string(RecordedCalls.account), "day": .text(now.day), "acknowledge_open_items": true,
            "note": "đã biết",
        ]
        try await calls.call("POST /v1/reports/reconciliation/sign-off", key: calls.finance, signOff)
        let again: JSON = ["account_number": signOff["account_number"] ?? .null, "day": signOff["day"] ?? .null]
        try await calls.call("POST /v1/reports/reconciliation/countersign", key: calls.second, again)
    }

    private static func workShift(_ calls: RecordedCalls) async throws {
        let mai = try await calls.server.person(.cashier)
        func open() async throws -> String {
            let body: JSON = ["agency_code": "H44.01", "float": 100_000]
            let opened = try await calls.call("POST /v1/shifts", key: mai, body)
            return String(try #require(opened["id"]?.integer))
        }
        let id = try await open()
        let paid = try await calls.request().id
        let take: JSON = ["payment_request_id": .string(paid), "channel": "counter_cash", "amount": 20_000]
        _ = try await calls.server.send("POST", "/v1/counter-payments", key: mai, json: take)
        let request = try await calls.overpaid("FT30").request
        let asked = try await calls.call(
            "POST /v1/refunds",
            key: calls.finance,
            [
                "payment_request_id": .string(request), "amount": 2500, "reason": "overpaid", "paid_by_hand": true,
            ]
        )
        let refund = try #require(asked["id"]?.string)
        try await calls.call("POST /v1/refunds/:id/approve", refund, key: calls.approver)
        try await calls.call("POST /v1/refunds/:id/execute", refund, key: calls.finance)
        try await calls.call("POST /v1/shifts/:id/give-back", id, key: mai, ["refund_id": .string(refund)])
        let full: JSON = ["counts": ["10000": 11], "others": 7500]
        try await calls.call("POST /v1/shifts/:id/close", id, key: mai, full)
        let deposit: JSON = ["shifts": [.integer(try #require(Int64(id)))], "amount": 17_500, "slip_number": "GNT-1"]
        try await calls.call("POST /v1/cash-deposits", key: mai, deposit)
        let second = try await open()
        let short: JSON = ["counts": [:], "explanation": "lost"]
        try await calls.call("POST /v1/shifts/:id/close", second, key: mai, short)
        try await calls.call("POST /v1/shifts/:id/approve", second, key: calls.approver, ["note": "seen"])
    }

    private static func changeCatalogue(_ calls: RecordedCalls) async throws {
        for (year, decision, note) in [(2031, "accept", nil), (2032, "reject", "no")] as [(Int, String, JSON?)] {
            let file = "locality_code,year,indicator,target_percent\n01,\(year),non_cash,81\n"
            let files: JSON = ["targets": .string(file)]
            let made = try await calls.call("POST /v1/catalogue/proposals", key: calls.finance, ["files": files])
            try await calls.call(
                "POST /v1/catalogue/proposals/:id/\(decision)",
                String(try #require(made["id"]?.integer)),
                key: calls.approver,
                note.map { ["note": $0] } ?? [:]
            )
        }
    }

    private static func remit(_ calls: RecordedCalls) async throws {
        let payer = TreasuryPayer(
            agencyCode: "H44.01",
            name: "Trung tâm",
            address: nil,
            taxCode: "0100000000",
            chapter: "860",
            treasury: ("0011", "KBNN"),
            office: ("1054449", "Thuế"),
            areaCode: "002HH",
            since: Instant.now().day.adding(days: -300)
        )
        try await calls.server.services.remittances.set(payer, by: .system)
        func order() async throws -> String {
            let body: JSON = ["agency_code": "H44.01", "due_by": .text(Instant.now().day.adding(days: 70))]
            let made = try await calls.call("POST /v1/remittances", key: calls.finance, body)
            return String(try #require(made["items"]?.array?.first?["id"]?.integer))
        }
        let first = try await order()
        try await calls.call("POST /v1/remittances/:id/reject", first, key: calls.finance, ["note": "later"])
        let id = try await order()
        try await calls.call("POST /v1/remittances/:id/approve", id, key: calls.approver)
        try await calls.call("POST /v1/remittances/:id/send", id, key: calls.finance)
        // Its answer is the file, no JSON.
        _ = try? await calls.call("POST /v1/remittances/:id/file", id, key: calls.finance)
        try await calls.call("POST /v1/remittances/:id/return", id, key: calls.approver, ["note": "refused"])
    }

    private static func changeRest(_ calls: RecordedCalls) async throws {
        try await calls.call(
            "POST /v1/event-endpoints",
            key: calls.admin,
            ["name": "portal", "url": "https://portal.example.vn/events"]
        )
        _ = try await calls.overpaid("FT7")
        let event = try await calls.server.services.database.query(
            "select max(event_id) from event_delivery"
        ).row().get(0, as: Int64.self)
        try await calls.call("POST /v1/events/:id/redeliver", "evt_\(event)", key: calls.admin)
        let lan = try await Newcomer(calls.server.services, [RoleGrant(.finance)])
        func body(_ code: String) -> JSON {
            ["email": .string(lan.email), "password": .string(lan.password), "code": .string(code)]
        }
        let opened = try await calls.call("POST /v1/sessions", key: "", body(lan.code()))
        let token = try #require(opened["token"]?.string)
        try await calls.call(
            "POST /v1/sessions/:id/second-factor",
            "current",
            key: token,
            ["code": .string(lan.code())]
        )
        try await calls.call("DELETE /v1/sessions/:id", "current", key: token)
    }

    @Test func `every command leaves an entry, or stands in the list with the reason`() async throws {
        let printed = try KhopProgram().run(["--experimental-dump-help"])
        let tree = try JSON.parse(printed.output)
        var leaves: [String] = []
        func walk(_ command: JSON, _ path: [String]) {
            let below = (command["subcommands"]?.array ?? []).filter { $0["commandName"] != "help" }
            if below.isEmpty { leaves.append(path.joined(separator: " ")) }
            for one in below { walk(one, path + [one["commandName"]?.string ?? ""]) }
        }
        walk(try #require(tree["command"]), [])
        #expect(leaves.count > 60)
        #expect(
            Set(leaves) == Set(AuditedCommands.all.keys),
            "\(Set(leaves).symmetricDifference(AuditedCommands.all.keys).sorted())"
        )
        let actions = AuditedCommands.all.values.filter { $0.contains(".") && !$0.contains(" ") }
        #expect(Set(actions).isSubset(of: Self.words), "\(Set(actions).subtracting(Self.words))")
    }
}
