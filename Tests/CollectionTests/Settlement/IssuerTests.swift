import BankCallbacks
import Collection
import Postgres
import Settlement
import TestSupport
import Testing
import Values
import Workflow

/// A transaction's id counts once for its issuer: for a gateway's merchant, whichever connections its messages come by.
@Suite struct IssuerTests {
    private static let account = "0801000567890"
    private static let other = "0011004123456"
    private static let secret = "a secret of MoMo's"

    /// Adds a connection of MoMo.
    private func add(
        _ services: Services,
        _ name: String,
        secret: String = secret,
        account: String = account,
        merchant: String? = nil
    ) async throws {
        _ = try await services.connections.add(
            name: name,
            profile: .momo,
            account: account,
            secret: "ACCESS:\(secret)",
            signatureHeader: nil,
            merchant: merchant
        )
    }

    private func issuers(_ services: Services) async throws -> [String: Int32] {
        let rows = try await services.database.query("select name, issuer_id from connection").map { row in
            (try row.get(0, as: String.self), try row.get(1, as: Int32.self))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private func count(_ services: Services, _ query: Query) async throws -> Int64 {
        try await services.database.query(query).row().get(0)
    }

    // MARK: One merchant

    @Test func `one signed message to two connections of a merchant counts once`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await add(services, "old", merchant: "SHOP")
            let request = try await desk.request()
            let message = MoMoMessage(merchant: "SHOP", transaction: 1, reference: request.reference)
                .signed(with: Self.secret)
            #expect(try await services.word(message, to: "old") == "settled")
            // The old one is given another secret; so the new one may have its former secret.
            _ = try await services.connections.rotate(name: "old", secret: "ACCESS:another secret", retireOld: true)
            try await add(services, "new", merchant: "SHOP")
            #expect(try await services.word(message, to: "new") == "duplicate")
            #expect(try await count(services, "select count(*) from bank_notice") == 1)
            #expect(try await desk.find(request.id.text).amountReceived == Money(10_000))
            #expect(try await desk.balance("bank", desk.account) == 10_000)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `for another account the message is refused, and the case says which accounts and which connection`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await add(services, "here", merchant: "SHOP")
            try await add(services, "there", secret: "another secret", account: Self.other, merchant: "SHOP")
            let request = try await desk.request()
            var told = MoMoMessage(merchant: "SHOP", transaction: 1, reference: request.reference)
            #expect(try await services.word(told.signed(with: Self.secret), to: "here") == "settled")
            for _ in 1...2 {
                #expect(try await services.word(told.signed(with: "another secret"), to: "there") == "conflict")
            }
            let opened = try await desk.cases("conflict")
            #expect(opened.count == 1)
            #expect(opened.first?["account_number"]?.string == Self.other)
            let said = opened.first?["reason"]?.serialized ?? ""
            #expect(said.contains("notice_of_other_account"))
            #expect(said.contains(Self.account) && said.contains(Self.other))
            let listed = try await services.callbackReplay.list(
                .conflict,
                connection: "there",
                outcome: nil,
                before: nil,
                limit: 10
            )
            #expect(listed.count == 1)
            let id = try CallbackReplay.ID(try #require(listed.first?["id"]?.string))
            #expect(try await services.callbackReplay.show(id)["connection"] == "there")
            // Other content is a case of its own.
            told.amount = 9_000
            #expect(try await services.word(told.signed(with: "another secret"), to: "there") == "conflict")
            #expect(try await desk.cases("conflict").count == 2)
            #expect(try await desk.balance("bank", Self.account) == 10_000)
            #expect(try await desk.balance("bank", Self.other) == 0)
            #expect(try await desk.balance("suspense", Self.other) == 0)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `the same content for two accounts beside the first is two cases`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let third = "9990012345678"
            for (name, account) in [("one", Self.account), ("two", Self.other), ("three", third)] {
                try await add(services, name, secret: "the secret of \(name)", account: account, merchant: "SHOP")
            }
            let told = MoMoMessage(merchant: "SHOP", transaction: 1, reference: try await desk.request().reference)
            for (name, word) in [("one", "settled"), ("two", "conflict"), ("three", "conflict")] {
                #expect(try await services.word(told.signed(with: "the secret of \(name)"), to: name) == word)
            }
            let accounts = try await desk.cases("conflict").compactMap { $0["account_number"]?.string }
            #expect(Set(accounts) == [Self.other, third])
        }
    }

    @Test func `an old message counts not again when its connection is disabled and added anew`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await add(services, "first")
            let request = try await desk.request()
            let message = MoMoMessage(merchant: "SHOP", transaction: 1, reference: request.reference)
                .signed(with: Self.secret)
            #expect(try await services.word(message, to: "first") == "settled")
            for (name, account, word) in [
                ("second", Self.account, "duplicate"), ("third", Self.other, "conflict"),
            ] {
                for listed in try await services.connections.list() where listed.profile == "momo" {
                    _ = try await services.connections.setDisabled(true, name: listed.name)
                }
                // It does not know its merchant: the replayed message itself is the one that it learns it from.
                try await add(services, name, account: account)
                #expect(try await services.word(message, to: name) == word)
            }
            let recorded = try await services.callbackReplay.list(
                .recorded,
                connection: "first",
                outcome: "settled",
                before: nil,
                limit: 10
            )
            let id = try CallbackReplay.ID(try #require(recorded.first?["id"]?.string))
            #expect(try await services.callbackReplay.replay(id) == "duplicate")
            #expect(try await count(services, "select count(*) from bank_notice") == 1)
            #expect(try await desk.balance("bank", Self.account) == 10_000)
            #expect(try await desk.balance("bank", Self.other) == 0)
            try await desk.expectCleanBooks()
        }
    }

    // MARK: Who joins whom

    @Test func `a connection joins its merchant's issuer, whether the merchant is learned or named`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            for name in ["named", "learns", "changes"] {
                let merchant = name == "named" ? "SHOP" : name == "changes" ? "FORMER" : nil
                try await add(services, name, secret: "the secret of \(name)", merchant: merchant)
            }
            let before = try await issuers(services)
            #expect(Set(before.values).count == 4)

            // What it reported while it had an issuer of its own keeps that.
            let opened = try #require(try await services.connections.open("learns"))
            #expect(opened.issuerID == before["learns"])
            let own = NoticeRow(
                Notice(
                    source: .callback,
                    issuerID: opened.issuerID,
                    transactionID: "1",
                    contentHash: [1],
                    amount: Money(500),
                    accountNumber: Self.account,
                    bankReference: "own",
                    references: [],
                    occurredAt: .now()
                ),
                connectionID: opened.id,
                debitAccount: opened.bankLedgerAccount,
                suspenseAccount: opened.suspenseLedgerAccount
            )
            #expect(try await services.settler.settle(own).outcome == .unknownReference)
            let reference = try await desk.request().reference
            let told = MoMoMessage(merchant: "SHOP", transaction: 1, reference: reference)
            #expect(try await services.word(told.signed(with: "the secret of learns"), to: "learns") == "settled")
            _ = try await services.connections.rotate(name: "changes", merchant: "SHOP", retireOld: false)
            #expect(try await services.word(told.signed(with: "the secret of changes"), to: "changes") == "duplicate")

            let after = try await issuers(services)
            #expect(after["learns"] == before["named"] && after["changes"] == before["named"])
            #expect(after["named"] == before["named"] && after["bank"] == before["bank"])
            let kept = try await services.database.query("select issuer_id from bank_notice order by id").map {
                try $0.get(0, as: Int32?.self)
            }
            #expect(kept == [before["learns"], before["named"]])
        }
    }

    @Test func `connections that learn one merchant at once share one issuer`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let reference = try await desk.request().reference
            for number in 0..<6 { try await add(services, "c\(number)", secret: "the secret of \(number)") }
            let words = try await withThrowingTaskGroup(of: String.self) { tasks in
                for number in 0..<6 {
                    tasks.addTask {
                        let told = MoMoMessage(merchant: "SHOP", transaction: 1, reference: reference)
                        return try await services.word(told.signed(with: "the secret of \(number)"), to: "c\(number)")
                    }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(words.sorted() == Array(repeating: "duplicate", count: 5) + ["settled"])
            #expect(try await count(services, "select count(*) from issuer where merchant = 'SHOP'") == 1)
            #expect(Set(try await issuers(services).values).count == 2)
        }
    }

    @Test func `a server that does not know yet that a merchant was learned or changed counts nothing twice`()
        async throws
    {
        try await TestDatabase.withTwoServers { fresh, stale in
            let desk = try await Desk(fresh)
            // On another account: there it would be other money, were it not of the same issuer.
            try await add(fresh, "named", secret: "the secret of named", account: Self.other, merchant: "SHOP")
            try await add(fresh, "learns", secret: "the secret of learns")
            // Held without its merchant from now on.
            _ = try await stale.connections.open("learns")
            func told(_ transaction: Int64, by name: String, of merchant: String = "SHOP") -> SignedMessage {
                MoMoMessage(merchant: merchant, transaction: transaction, reference: "none")
                    .signed(with: "the secret of \(name)")
            }
            #expect(try await fresh.word(told(1, by: "learns"), to: "learns") == "unknown_reference")
            #expect(try await stale.word(told(2, by: "learns"), to: "learns") == "unknown_reference")
            for transaction: Int64 in 1...2 {
                #expect(try await fresh.word(told(transaction, by: "named"), to: "named") == "conflict")
            }
            // Held with its former merchant from now on: its messages are still that merchant's.
            _ = try await stale.connections.open("named")
            _ = try await fresh.connections.rotate(name: "named", merchant: "NEW", retireOld: false)
            #expect(try await stale.word(told(3, by: "named"), to: "named") == "unknown_reference")
            #expect(try await fresh.word(told(3, by: "learns"), to: "learns") == "conflict")
            // The same id of the new merchant is another transaction.
            _ = try await fresh.connections.rotate(name: "learns", merchant: "NEW", retireOld: false)
            #expect(try await fresh.word(told(3, by: "learns", of: "NEW"), to: "learns") == "unknown_reference")
            #expect(try await desk.balance("bank", Self.account) == 30_000)
            #expect(try await desk.balance("bank", Self.other) == 10_000)
            try await desk.expectCleanBooks()
        }
    }

    // MARK: Apart

    @Test func `connections whose messages name no merchant stay apart`() async throws {
        try await TestDatabase.withServices { services in
            let bank = try await Desk(services)
            let second = try await Desk(services, name: "second")
            let elsewhere = try await Desk(services, name: "elsewhere", account: Self.other)
            let request = try await bank.request()
            #expect(try await bank.settle("T1", 4_000, request.reference) == .partial)
            #expect(try await second.settle("T1", 6_000, request.reference) == .settled)
            #expect(try await elsewhere.settle("T1", 4_000, nil) == .unknownReference)
            #expect(try await bank.balance("bank", Self.account) == 10_000)
            #expect(try await bank.balance("bank", Self.other) == 4_000)
            #expect(Set(try await issuers(services).values).count == 3)
            try await bank.expectCleanBooks()
        }
    }

    @Test func `merchants of one name at two gateways stay apart`() async throws {
        try await TestDatabase.withServices { services in
            try await add(services, "momo", merchant: "SHOP")
            for profile in [CallbackProfile.vnpay, .zalopay] {
                _ = try await services.connections.add(
                    name: profile.rawValue,
                    profile: profile,
                    account: Self.account,
                    secret: "the secret of \(profile.rawValue)",
                    signatureHeader: nil,
                    merchant: "SHOP"
                )
            }
            #expect(Set(try await issuers(services).values).count == 3)
        }
    }

    @Test func `the database holds a connection to the issuer of its merchant, and a notice to its profile's`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let bank = try await Desk(services)
            _ = try await Desk(services, name: "second")
            try await add(services, "momo", merchant: "SHOP")
            let issuers = try await issuers(services)
            let (bankIssuer, secondIssuer) = (try #require(issuers["bank"]), try #require(issuers["second"]))
            let wrongMerchant = await #expect(throws: PostgresError.self) {
                try await services.database.asOwner(
                    "update connection set issuer_id = \(bankIssuer)::integer where name = 'momo'"
                )
            }
            #expect(wrongMerchant?.constraint == "connection_merchant_issuer_fkey")
            let shared = await #expect(throws: PostgresError.self) {
                try await services.database.asOwner(
                    "update connection set issuer_id = \(secondIssuer)::integer where name = 'bank'"
                )
            }
            #expect(shared?.constraint == "connection_own_issuer_key")
            var row = bank.row("T1", 1_000, [])
            row.notice.issuerID = issuers["momo"]
            let wrongProfile = await #expect(throws: PostgresError.self) {
                try await services.settler.settle(row)
            }
            #expect(wrongProfile?.constraint == "bank_notice_named_fkey")
        }
    }
}
