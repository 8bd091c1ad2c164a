import BankCallbacks
import Collection
import Cryptography
import Settlement
import TestSupport
import Testing
import Values

/// An account with one connection that reports each transfer and one gateway that pays out by the day. The gateway has a
/// second connection for the same merchant, which may tell all of it again.
struct WorldAccount: Sendable {
    let services: Services
    let number: String
    let agency: String
    let direct: BankConnection
    let gateway: BankConnection
    let twin: BankConnection
    /// Whether another person confirms what lines recover; else they are trusted.
    let confirms: Bool

    init(_ services: Services, number: String, agency: String, confirms: Bool) async throws {
        self.confirms = confirms
        self.services = services
        self.number = number
        self.agency = agency
        func open(_ kind: String, merchant: String? = nil, commission: String? = nil) async throws -> BankConnection {
            let name = "\(kind)-\(number)"
            _ = try await services.connections.add(
                name: name,
                profile: merchant == nil ? .standard : .momo,
                account: number,
                secret: merchant == nil ? TestSecret.standard(for: name) : "ACCESS:the secret of \(name)",
                signatureHeader: nil,
                commissionPercent: commission,
                merchant: merchant
            )
            return try #require(try await services.connections.open(name))
        }
        direct = try await open("direct")
        gateway = try await open("gateway", merchant: "SHOP-\(number)", commission: "2.5")
        twin = try await open("twin", merchant: "SHOP-\(number)", commission: "2.5")
        try await services.accountTerms.setRecovery(
            confirms ? .confirmed : .automatic,
            account: number,
            by: StatementLines.importer
        )
    }

    func settle(_ id: String, _ amount: Int64, _ reference: String?, at: Instant, by other: BankConnection? = nil)
        async throws -> NoticeOutcome
    {
        let connection = other ?? direct
        var row = NoticeRow(
            Notice(
                source: .callback,
                issuerID: connection.issuerID,
                transactionID: id,
                contentHash: SHA256.hash(Array("\(id) \(amount) \(reference ?? "")".utf8)),
                isCredit: true,
                amount: Money(amount),
                accountNumber: number,
                bankReference: id,
                references: reference.map { [$0] } ?? [],
                occurredAt: at
            ),
            connectionID: connection.id,
            memo: reference,
            debitAccount: connection.bankLedgerAccount,
            suspenseAccount: connection.suspenseLedgerAccount
        )
        row.raw = try await services.sealedRaw("{}")
        return try await services.settler.settle(row).outcome
    }
}
