import BankCallbacks
import Collection
import Cryptography
import FeeSchedule
import Foundation
import Postgres
import Settlement
import TestSupport
import Testing
import Values
import Workflow

/// Makes requests and settles notices about them, as the callbacks do.
struct Desk: Sendable {
    let services: Services
    let account: String
    private let connection: BankConnection

    /// - Parameters:
    ///   - merchant: of MoMo, whose connection it then is: two desks of a merchant have one issuer. Else it has its own.
    ///   - recovery: what a line without a notice needs; most tests are about what comes of it.
    init(
        _ services: Services,
        name: String = "bank",
        account: String = "0801000567890",
        merchant: String? = nil,
        recovery: AccountTerms.Recovery = .automatic
    ) async throws {
        self.services = services
        self.account = account
        if recovery != .confirmed {
            try await services.accountTerms.setRecovery(recovery, account: account, by: .system)
        }
        _ = try await services.connections.add(
            name: name,
            profile: merchant == nil ? .standard : .momo,
            account: account,
            secret: merchant == nil ? TestSecret.standard(for: name) : "ACCESS:the secret of \(name)",
            signatureHeader: nil,
            merchant: merchant
        )
        connection = try #require(try await services.connections.open(name))
    }

    /// A request of 10.000 đồng (residence registration online) or 20.000 (by any other channel).
    func request(_ channel: String = "online", expiresIn: Int64 = 3600, assessedOn: String? = nil) async throws
        -> PaymentRequest
    {
        let agency = account == "9990012345678" ? "H44.02" : "H44.01"
        let members: [JSON.Member] = [
            .init("dossier_code", "D-1"), .init("agency_code", .string(agency)), .init("procedure_code", "1.004222"),
            .init("channel", .string(channel)), .init("expires_in", .integer(expiresIn)),
        ]
        let day = try assessedOn.map { try #require(Day($0)) } ?? Instant.now().day
        let draft = try PaymentRequestDraft(.object(members), today: day)
        let answer = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)
        let id = try #require(try JSON.parse(answer.body)["id"]?.string)
        // Made long ago, so that what a test says of the time of a transfer is believed.
        _ = try await services.database.asOwner(
            "update payment_request set created_at = created_at - interval '50 days' where id = \(id)::uuid"
        )
        return try await find(id)
    }

    func find(_ id: String) async throws -> PaymentRequest {
        try await services.paymentRequests.find(try #require(UUID(uuidString: id)))
    }

    func row(
        _ transaction: String,
        _ amount: Int64,
        _ references: [String],
        at: Instant = .now(),
        credit: Bool = true,
        content: String? = nil
    ) -> NoticeRow {
        NoticeRow(
            Notice(
                source: .callback,
                issuerID: connection.issuerID,
                transactionID: transaction,
                contentHash: SHA256.hash(Array((content ?? "\(amount)\(references)").utf8)),
                isCredit: credit,
                amount: Money(amount),
                accountNumber: account,
                bankReference: transaction,
                references: references,
                occurredAt: at
            ),
            connectionID: connection.id,
            memo: references.first,
            debitAccount: connection.bankLedgerAccount,
            suspenseAccount: connection.suspenseLedgerAccount
        )
    }

    func settle(_ transaction: String, _ amount: Int64, _ reference: String?, at: Instant = .now(), credit: Bool = true)
        async throws -> NoticeOutcome
    {
        var row = row(transaction, amount, reference.map { [$0] } ?? [], at: at, credit: credit)
        row.raw = try await services.sealedRaw("{}")
        return try await services.settler.settle(row).outcome
    }

    func cases(_ kind: String, state: String = "open") async throws -> [JSON] {
        try await services.cases.list(Cases.Filter(kind: kind, state: state), limit: 500).map { $0.json(in: .english) }
    }

    func expectCleanBooks() async throws {
        for finding in try await services.ledger.verify() { #expect(finding.ok, "\(finding.name): \(finding.detail)") }
    }

    /// The balance of an account of the books, debits less credits.
    func balance(_ kind: String, _ owner: String) async throws -> Int64 {
        try await services.database.query(
            """
            select coalesce(sum(case when t.debit_account = a.id then t.amount else -t.amount end), 0)::bigint
            from ledger_account a join ledger_transfer t on a.id in (t.debit_account, t.credit_account)
            where a.kind = \(kind) and a.owner = \(owner)
            """
        ).row().get(0)
    }
}
