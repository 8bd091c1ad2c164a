import BankCallbacks
import Collection
import Cryptography
import FeeSchedule
import Foundation
import Identity
import Server
import Spreadsheets
import Values

/// The keys, the persons, the connection and the secret of one walk.
struct DemoStage: Sendable {
    let run: String
    let portal: String
    let cashier: String
    let finance: DemoPerson
    let approver: DemoPerson
    /// Where the keys and passwords of this walk are written, for their owner alone.
    let secretsPath: String
    let account: String
    private let secret: MACKey

    static func set(
        _ services: Services,
        _ settings: Settings,
        _ http: HTTPCaller,
        agency: String,
        connection: String
    ) async throws -> DemoStage {
        guard let account = try await services.tariff.current().schedule.agencies[agency]?.accountNumber else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi:
                        "Danh mục minh họa chưa có hiệu lực: hãy chạy `khop catalogue import Fixtures/catalogue` trước.",
                    en:
                        "The demonstration catalogue is not in force: run `khop catalogue import Fixtures/catalogue` first."
                )
            )
        }
        let secret = MACKey.random()
        let text = "whsec_" + secret.withBytes { Data($0).base64EncodedString() }
        let actor = try Person(commandLine: Terminal.user)
        if try await services.connections.list().contains(where: { $0.name == connection }) {
            _ = try await services.connections.rotate(name: connection, secret: text, retireOld: true, by: actor)
        } else {
            _ = try await services.connections.add(
                name: connection,
                profile: .standard,
                account: account,
                secret: text,
                signatureHeader: nil,
                by: actor
            )
        }
        // A running server holds connections in memory and takes a moment to notice the new secret.
        try await Task.sleep(for: .milliseconds(500))
        func key(_ role: Role) async throws -> String {
            try await services.keys.create(
                role: role,
                name: "demo \(role.rawValue)",
                localityCode: nil,
                by: actor
            ).key
        }
        let stage = DemoStage(
            run: String(Instant.now().unixSeconds),
            portal: try await key(.portal),
            cashier: try await key(.cashier),
            finance: try await DemoPerson.enter(services, http, "Lan", .finance),
            approver: try await DemoPerson.enter(services, http, "Minh", .approver),
            secretsPath: settings.home + "/demo-secrets.txt",
            account: account,
            secret: secret
        )
        try PrivateFile.write(stage.secrets, to: stage.secretsPath)
        return stage
    }

    private var secrets: String {
        """
        portal's key    \(portal)
        cashier's key   \(cashier)
        \(finance.secrets)
        \(approver.secrets)

        """
    }

    /// A callback signed as a bank with the profile `standard` signs it (standardwebhooks.com).
    func sign(reference: String, amount: Int64, _ transaction: String) -> (body: [UInt8], headers: [String: String]) {
        let now = Instant.now()
        let body: JSON = [
            "transaction_id": .string(transaction), "amount": .integer(amount), "currency": "VND",
            "account_number": .string(account), "direction": "credit", "status": "success", "occurred_at": .text(now),
            "memo": .string("MBVCB.\(reference).LE PHI"),
        ]
        let id = "msg_\(transaction)"
        let signed = Array("\(id).\(now.unixSeconds).".utf8) + body.bytes
        let code = Data(secret.sha256(signed)).base64EncodedString()
        return (
            body.bytes,
            ["webhook-id": id, "webhook-timestamp": String(now.unixSeconds), "webhook-signature": "v1,\(code)"]
        )
    }

    /// A statement whose opening balance is the closing balance of the one before.
    func statement(
        _ services: Services,
        _ lines: [(id: String, amount: Int64, memo: String)]
    ) async throws -> (text: String, closing: Money) {
        var balance = try await services.statements.lastClosingBalance(account) ?? Money(1_000_000)
        let now = Instant.now()
        var text =
            "transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance\n"
        for line in lines {
            balance += Money(line.amount)
            text +=
                CSV.line([
                    line.id, now.description, now.day.description, String(line.amount), "VND", "NGUYEN VAN A",
                    "0123456789",
                    line.memo, balance.description,
                ]) + "\n"
        }
        return (text, balance)
    }
}
