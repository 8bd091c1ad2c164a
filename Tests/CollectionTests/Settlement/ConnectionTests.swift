import BankCallbacks
import Collection
import Cryptography
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// One secret and one merchant a connection.
@Suite struct ConnectionTests {
    private static let account = "0801000567890"
    private static let other = "0011004123456"

    private func refusal(_ body: () async throws -> Connections.Listed) async -> ServiceError? {
        do {
            _ = try await body()
            return nil
        } catch let error as ServiceError { return error } catch {
            Issue.record(error)
            return nil
        }
    }

    private func add(
        _ services: Services,
        _ name: String,
        _ secret: String,
        profile: CallbackProfile = .standard,
        account: String = account,
        merchant: String? = nil
    ) async throws -> Connections.Listed {
        try await services.connections.add(
            name: name,
            profile: profile,
            account: account,
            secret: secret,
            signatureHeader: nil,
            merchant: merchant
        )
    }

    // MARK: Secrets

    @Test func `a secret that another connection holds is refused, and the connection is named`() async throws {
        try await TestDatabase.withServices { services in
            let secret = TestSecret.standard(1)
            _ = try await add(services, "first", secret)
            // With and without its prefix, for another profile, and on another account it is the same secret.
            for (profile, text, account) in [
                (CallbackProfile.standard, secret, Self.other), (.standard, String(secret.dropFirst(6)), Self.account),
                (.rfc9421, TestSecret.base64(1), Self.account),
            ] {
                let error = await refusal {
                    try await add(services, "second", text, profile: profile, account: account)
                }
                #expect(error?.code == .conflict && error?.reason == .secretHeld(by: "first"))
                #expect(error?.message(in: .english).contains("first") == true)
            }
            _ = try await add(services, "second", TestSecret.standard(2))
            let rotated = await refusal {
                try await services.connections.rotate(name: "second", secret: secret, retireOld: false)
            }
            #expect(rotated?.reason == .secretHeld(by: "first"))
            // One's own secret again is nobody else's.
            _ = try await services.connections.rotate(name: "first", secret: secret, retireOld: false)
            #expect(try await services.connections.list().map(\.name) == ["first", "second"])
        }
    }

    @Test func `a retired secret may be used by another connection`() async throws {
        try await TestDatabase.withServices { services in
            let one = TestSecret.standard(1)
            let two = TestSecret.standard(2)
            _ = try await add(services, "first", one)
            _ = try await services.connections.rotate(name: "first", secret: two, retireOld: false)
            let held = await refusal { try await add(services, "second", one) }
            #expect(held?.reason == .secretHeld(by: "first"))
            _ = try await services.connections.rotate(name: "first", secret: nil, retireOld: true)
            _ = try await add(services, "second", one)
            // Nor does one that is out of use hold its secret; but then it cannot come back into use.
            _ = try await services.connections.setDisabled(true, name: "first")
            _ = try await add(services, "third", two)
            let enabled = await refusal { try await services.connections.setDisabled(false, name: "first") }
            #expect(enabled?.reason == .secretHeld(by: "third"))
        }
    }

    @Test func `of two connections added at once with one secret, one is refused`() async throws {
        try await TestDatabase.withServices { services in
            let refused = try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for number in 0..<6 {
                    tasks.addTask {
                        await refusal { try await add(services, "c\(number)", TestSecret.standard(1)) } != nil
                    }
                }
                return try await tasks.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(refused == 5)
            #expect(try await services.connections.list().count == 1)
        }
    }

    @Test func `what is stored of a secret reveals nothing without the secret key, and is sealed again with a new one`()
        async throws
    {
        try await TestDatabase.with { options in
            let database = Database(options)
            let old = try SecretBox(base64: SecretBox.newKeyBase64())
            let new = try SecretBox(base64: SecretBox.newKeyBase64())
            let before = Services(database, options: ServiceOptions(publicURL: ""), box: old)
            _ = try await before.catalogue.importFiles(TestDatabase.demonstrationCatalogue(), by: "test")
            _ = try await add(before, "first", TestSecret.standard(1))
            func mark() async throws -> Bytes {
                try await database.query("select mark from connection_secret").row().get(0)
            }
            let underOld = try await mark()
            let key = Array(try #require(Data(base64Encoded: TestSecret.base64(1))))
            #expect(underOld.bytes != SHA256.hash(key) && underOld.bytes != MACKey(key).sha256([]))
            let after = Services(database, options: ServiceOptions(publicURL: ""), box: new)
            #expect(try await after.connections.reseal(from: old) == 1)
            #expect(try await mark().bytes != underOld.bytes)
            let again = await refusal { try await add(after, "second", TestSecret.standard(1)) }
            #expect(again?.reason == .secretHeld(by: "first"))
            await database.close()
        }
    }

    @Test func `a secret that is one character repeated is refused`() async throws {
        try await TestDatabase.withServices { services in
            for (profile, secret) in [
                (CallbackProfile.timestamped, "        "),
                (.standard, "whsec_" + Data(count: 24).base64EncodedString()),
                (.momo, "ACCESS:000000000000"),
            ] {
                let error = await refusal { try await add(services, "weak", secret, profile: profile) }
                #expect(error?.faults.first?.pointer == "secret")
            }
        }
    }

    @Test func `the list of connections shows nothing secret`() async throws {
        try await TestDatabase.withServices { services in
            for name in ["one", "two"] {
                _ = try await add(services, name, "ACCESS:the secret of \(name)", profile: .momo, merchant: "SHOP")
            }
            let listed = try await services.connections.list()
            #expect(listed.map(\.merchant) == ["SHOP", "SHOP"])
            let shown: Set<String> = [
                "name", "profile", "account_number", "certificate_ends_at", "path", "secrets", "created_at",
                "disabled_at", "last_used_at",
                "last_failure_at", "last_failure", "refused", "commission_percent", "key_ids", "merchant",
                "merchant_is_learned",
            ]
            for connection in listed {
                #expect(Set((connection.json.members ?? []).map(\.name)) == shown)
                #expect(!connection.json.serialized.contains("the secret of"))
            }
        }
    }

    // MARK: Merchants

    /// MoMo's notice of 10.000 đồng.
    private func momo(_ merchant: String, _ transaction: Int64, _ reference: String, secret: String) -> SignedMessage {
        MoMoMessage(merchant: merchant, transaction: transaction, reference: reference).signed(with: secret)
    }

    private func word(_ services: Services, _ message: SignedMessage) async throws -> String {
        try await services.word(message, to: "momo")
    }

    @Test func `the first authenticated message fixes the merchant`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await add(services, "momo", "ACCESS:momo secret 1", profile: .momo)
            #expect(try await services.connections.list().map(\.merchant) == [nil, nil])
            // One that is not proved decides nothing.
            let request = try await desk.request()
            #expect(
                try await word(services, momo("EVIL", 1, request.reference, secret: "another one"))
                    == "signature_mismatch"
            )
            #expect(try await word(services, momo("MOMO1", 2, request.reference, secret: "momo secret 1")) == "settled")
            let listed = try await services.connections.list()[1]
            #expect(listed.merchant == "MOMO1" && listed.merchantIsLearned)
            #expect(listed.json["merchant"] == "MOMO1" && listed.json["merchant_is_learned"] == true)

            let next = try await desk.request()
            let stranger = momo("MOMO2", 3, next.reference, secret: "momo secret 1")
            #expect(try await word(services, stranger) == "merchant_mismatch")
            #expect(
                try await word(services, momo("", 4, next.reference, secret: "momo secret 1")) == "merchant_mismatch"
            )
            #expect(try await desk.find(next.id.text).status == .pending)
            // Refused is not lost: it is kept, and taken once somebody says that it was right.
            try await services.callbackLog.flush()
            let kept = try await services.callbackReplay.list(
                .refused,
                connection: "momo",
                outcome: "merchant_mismatch",
                before: nil,
                limit: 10
            )
            #expect(kept.count == 2)
            _ = try await services.connections.rotate(name: "momo", merchant: "MOMO2", retireOld: false)
            #expect(try await services.connections.list()[1].merchantIsLearned == false)
            let id = try CallbackReplay.ID(try #require(kept.last?["id"]?.string))
            #expect(try await services.callbackReplay.replay(id) == "settled")
            #expect(
                try await word(services, momo("MOMO1", 5, next.reference, secret: "momo secret 1"))
                    == "merchant_mismatch"
            )
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a merchant that was configured is not learned`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let added = try await add(services, "momo", "ACCESS:momo secret 1", profile: .momo, merchant: "MOMO1")
            #expect(added.merchant == "MOMO1" && !added.merchantIsLearned)
            let request = try await desk.request()
            #expect(
                try await word(services, momo("MOMO2", 1, request.reference, secret: "momo secret 1"))
                    == "merchant_mismatch"
            )
            #expect(try await word(services, momo("MOMO1", 2, request.reference, secret: "momo secret 1")) == "settled")
        }
    }

    /// Two servers, neither of which knows the merchant yet.
    @Test func `of two merchants' messages that arrive at once, only one's is accepted`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await add(services, "momo", "ACCESS:momo secret 1", profile: .momo)
            let request = try await desk.request()
            let words = try await withThrowingTaskGroup(of: (String, String).self) { tasks in
                for number in 0..<12 {
                    let merchant = number.isMultiple(of: 2) ? "MOMO1" : "MOMO2"
                    let message = momo(merchant, Int64(number), request.reference, secret: "momo secret 1")
                    tasks.addTask { (merchant, try await word(services, message)) }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            let merchant = try #require(try await services.connections.list()[1].merchant)
            for (sender, word) in words {
                #expect((word == "merchant_mismatch") == (sender != merchant), "\(sender) \(word)")
            }
        }
    }

    @Test(arguments: [("standard", "X"), ("momo", ""), ("momo", "a b"), ("vnpay", "đ")])
    func `an invalid merchant's code is refused`(profile: String, merchant: String) async throws {
        try await TestDatabase.withServices { services in
            let profile = try #require(CallbackProfile(rawValue: profile))
            let secret = profile == .standard ? TestSecret.standard(1) : "ACCESS:a secret of some length"
            let error = await refusal {
                try await add(services, "c", secret, profile: profile, merchant: merchant)
            }
            #expect(error?.faults.first?.pointer == "merchant")
        }
    }
}
