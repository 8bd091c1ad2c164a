import Casework
import Collection
import Foundation
import Server
import TestSupport
import Testing
import Values

/// Payers with their links, and the bank that tells of their money by signed callbacks.
struct PayDesk: Sendable {
    let server: LiveServer
    let portal: String
    static let account = "0801000567890"

    struct Asked: Sendable {
        let id: String
        let reference: String
        /// `/pay/…`.
        let path: String
    }

    /// - Parameter options: of the server, for what an installation says of itself.
    static func with(
        _ options: ServerOptions = ServerOptions(publicURL: "http://127.0.0.1:1"),
        pages: PageWatch.Limits = PageWatch.Limits(),
        telling channels: Set<ContactChannel> = [],
        mode: InstallationMode = .live,
        _ body: @Sendable (PayDesk) async throws -> Void
    ) async throws {
        var service = ServiceOptions(publicURL: options.publicURL)
        (service.openPages, service.mode) = (pages, mode)
        (service.messages.channels, service.messages.quiet) = (channels, nil)
        try await TestDatabase.withServices(options: service) { services in
            _ = try await services.connections.add(
                name: "bank",
                profile: .standard,
                account: account,
                secret: TestSecret.standard(),
                signatureHeader: nil
            )
            try await LiveServer.over(services, options) { server in
                try await body(PayDesk(server: server, portal: try await server.key(.portal)))
            }
        }
    }

    /// A request of the portal: 10.000 ₫ of 20.000 ₫ with the online discount.
    func ask(_ dossier: String = "H44-26-0001", more: [JSON.Member] = []) async throws -> Asked {
        let order: JSON = .object(
            [
                .init("dossier_code", .string(dossier)), .init("agency_code", "H44.01"),
                .init("procedure_code", "1.004222"), .init("channel", "online"),
                .init("payer", ["name": "Nguyễn Văn An"]),
            ] + more
        )
        let made = try await server.send("POST", "/v1/payment-requests", key: portal, json: order).json
        return Asked(
            id: try #require(made["id"]?.string),
            reference: try #require(made["reference"]?.string),
            path: try #require(made["pay_url"]?.string.flatMap { URL(string: $0)?.path })
        )
    }

    /// The bank's notice of a transfer, signed and sent; returns the outcome.
    @discardableResult func pay(_ amount: Int64, _ memo: String, id: String = UUID().uuidString) async throws -> String
    {
        let content: JSON = [
            "transaction_id": .string("FT-" + id), "amount": .integer(amount), "currency": "VND",
            "account_number": .string(PayDesk.account), "direction": "credit", "status": "success",
            "occurred_at": .text(Instant.now()), "memo": .string("ck \(memo) le phi"),
            "counterparty_name": "NGUYEN VAN AN", "counterparty_account": "0011223344", "counterparty_bank": "970415",
        ]
        let job: JSON = [
            "profile": "standard", "secret": .string(TestSecret.standard()), "body": .string(content.serialized),
            "id": .string("msg_" + id), "time": .integer(Instant.now().unixSeconds),
        ]
        let program = Repository.root + "/Fixtures/signatures/sign.py"
        let output = try OtherProgram.run("python3", [program], input: Data((job.serialized + "\n").utf8))
        let signed = try JSON.parse(Array(output))
        let headers = Dictionary(
            uniqueKeysWithValues: (signed["headers"]?.members ?? []).map { ($0.name, $0.value.string ?? "") }
        )
        let body = Array((signed["body"]?.string ?? "").utf8)
        let answer = try await server.send("POST", "/v1/callbacks/bank", headers: headers, body: body)
        #expect(answer.status == 200, "\(answer.text)")
        return try answer.json["outcome"]?.string ?? ""
    }

    /// Lets the time of a request have run out.
    func expire(_ asked: Asked, secondsAgo: Int64 = 3600) async throws {
        let at = Instant.now().adding(seconds: -secondsAgo)
        _ = try await server.services.database.asOwner(
            "update payment_request set expires_at = \(at)::timestamptz where id = \(asked.id)::uuid"
        )
    }

    /// A page as a browser without scripts opens it.
    func page(_ path: String, language: String = "en") async throws -> LiveServer.Answer {
        try await server.send("GET", path, headers: ["Accept": "text/html", "Accept-Language": language])
    }
}
