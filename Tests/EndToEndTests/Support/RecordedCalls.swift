import Collection
import Foundation
import Identity
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// A world in which every change that the API offers is made once, and what the audit has of each call.
final class RecordedCalls {
    static let account = "0801000567890"

    let server: LiveServer
    let portal: String
    let cashier: String
    let finance: String
    let second: String
    let approver: String
    let admin: String
    private var number = 0
    /// By method and address as the route table has it: what the audit says of the call.
    private(set) var actions: [String: [String]] = [:]

    init(_ server: LiveServer) async throws {
        self.server = server
        portal = try await server.key(.portal)
        cashier = try await server.key(.cashier)
        finance = try await server.person(.finance)
        second = try await server.person(.finance)
        approver = try await server.person(.approver)
        admin = try await server.person(.admin)
        _ = try await server.services.connections.add(
            name: "bank",
            profile: .standard,
            account: RecordedCalls.account,
            secret: TestSecret.standard(1),
            signatureHeader: nil
        )
    }

    /// Makes a call, which must succeed, and reads what the audit has of it by its request id.
    ///
    /// - Parameters:
    ///   - route: as the route table has it, `POST /v1/cases/:id/resolve`.
    ///   - id: what stands for `:id` or `:number`.
    @discardableResult func call(
        _ route: String,
        _ id: String = "",
        query: String = "",
        key: String,
        body: [UInt8] = Array("{}".utf8)
    ) async throws -> JSON {
        number += 1
        let parts = route.split(separator: " ")
        let answer = try await server.send(
            String(parts[0]),
            String(parts[1]).replacing(":id", with: id).replacing(":number", with: id) + query,
            key: key,
            headers: ["X-Request-Id": "call-\(number)"],
            body: body
        )
        #expect((200..<300).contains(answer.status), "\(route): \(answer.status) \(answer.text)")
        let found = try await server.services.database.query(
            "select action from audit_entry where request_id = \("call-\(number)") and address = '127.0.0.1' order by id"
        )
        actions[route, default: []] += try found.map { try $0.get(0) }
        return try answer.body.isEmpty ? .null : answer.json
    }

    @discardableResult func call(_ route: String, _ id: String = "", query: String = "", key: String, _ json: JSON)
        async throws -> JSON
    {
        try await call(route, id, query: query, key: key, body: json.bytes)
    }

    /// A new request of 10.000 đồng; its id and reference.
    func request() async throws -> (id: String, reference: String) {
        let made = try await call(
            "POST /v1/payment-requests",
            key: portal,
            ["dossier_code": "D-1", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online"]
        )
        return (try #require(made["id"]?.string), try #require(made["reference"]?.string))
    }

    /// A request of which a part was paid.
    func partlyPaid(_ transaction: String) async throws -> String {
        let request = try await request()
        try await pay(4000, transaction, request.reference)
        return request.id
    }

    /// A request whose payment was too much, with a case of the excess.
    func overpaid(_ transaction: String) async throws -> (request: String, caseID: String) {
        let request = try await request()
        try await pay(12_500, transaction, request.reference)
        let id = try await server.services.database.query(
            "select id from reconciliation_case where payment_request_id = \(request.id)::uuid"
        ).row().get(0, as: Int64.self)
        return (request.id, String(id))
    }

    func pay(_ amount: Int64, _ transaction: String, _ reference: String) async throws {
        let connection = try #require(try await server.services.connections.open("bank"))
        _ = try await server.services.settler.settle(
            NoticeRow(
                Notice(
                    source: .callback,
                    issuerID: connection.issuerID,
                    transactionID: transaction,
                    contentHash: Array(transaction.utf8),
                    isCredit: true,
                    amount: Money(amount),
                    accountNumber: RecordedCalls.account,
                    bankReference: transaction,
                    references: [reference],
                    occurredAt: .now()
                ),
                connectionID: connection.id,
                memo: nil,
                debitAccount: connection.bankLedgerAccount,
                suspenseAccount: connection.suspenseLedgerAccount
            )
        )
    }
}
