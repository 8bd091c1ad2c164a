import BankCallbacks
import Collection
import Cryptography
import Settlement
import TestSupport
import Testing
import Values

/// An account with one connection that reports each transfer and one gateway that pays out by the day.
struct WorldAccount: Sendable {
    let services: Services
    let number: String
    let agency: String
    let direct: Int32
    let gateway: Int32
    let bank: Int32
    let suspense: Int32
    /// Whether another person confirms what lines recover; else they are trusted.
    let confirms: Bool

    init(_ services: Services, number: String, agency: String, confirms: Bool) async throws {
        self.confirms = confirms
        self.services = services
        self.number = number
        self.agency = agency
        for (name, commission) in [("direct-\(number)", nil), ("gateway-\(number)", "2.5")] {
            _ = try await services.connections.add(
                name: name,
                profile: .standard,
                account: number,
                secret: TestSecret.standard(for: name),
                signatureHeader: nil,
                commissionPercent: commission
            )
        }
        try await services.accountTerms.setRecovery(
            confirms ? .confirmed : .automatic,
            account: number,
            by: StatementLines.importer
        )
        let opened = try #require(try await services.connections.open("direct-\(number)"))
        direct = opened.id
        bank = opened.bankLedgerAccount
        suspense = opened.suspenseLedgerAccount
        gateway = try #require(try await services.connections.open("gateway-\(number)")).id
    }

    func settle(_ id: String, _ amount: Int64, _ reference: String?, at: Instant, by connection: Int32? = nil)
        async throws -> NoticeOutcome
    {
        try await services.settler.settle(
            NoticeRow(
                Notice(
                    source: .callback,
                    connectionID: connection ?? direct,
                    transactionID: id,
                    contentHash: SHA256.hash(Array("\(id) \(amount) \(reference ?? "")".utf8)),
                    isCredit: true,
                    amount: Money(amount),
                    accountNumber: number,
                    bankReference: id,
                    references: reference.map { [$0] } ?? [],
                    occurredAt: at
                ),
                memo: reference,
                body: "{}",
                debitAccount: bank,
                suspenseAccount: suspense
            )
        ).outcome
    }
}
