import BankCallbacks
import Collection
import Postgres
import TestSupport
import Testing
import Values

/// Attempts at the national payment platform: begun, confirmed, asked for, given up.
@Suite struct PlatformPaymentTests {
    @Test func `a payer is sent on, and CONFIRM settles as every callback does`() async throws {
        try await PlatformDesk.with { world in
            let (request, code) = try await world.begin()
            #expect(code.hasPrefix(request.reference) && code.count == 20)
            let sent = try #require(world.platform.begun(code))
            #expect(sent["SoTien"] == "10000" && sent["Ip"] == "203.0.113.7" && sent["MaDoiTac"] == "H44-DVC")
            #expect(sent["ThongTinBienLai"]?["MaHoSo"] == "D-1")
            #expect(sent["ThongTinBienLai"]?["DSKhoanNop"]?.array?.first?["SoTien"] == "10000")
            #expect(try await world.state(code) == "waiting")
            let told = try await world.hear(world.platform.confirm(code))
            guard case .recorded("settled", _)? = told else {
                Issue.record("\(String(describing: told))")
                return
            }
            #expect(try await world.desk.find(request.id.uuidString).status == .paid)
            #expect(try await world.state(code) == "paid")
            // What is paid is not asked for.
            #expect(try await world.ask() == 0)
            try await world.desk.expectCleanBooks()
        }
    }

    @Test func `what the platform says when it is asked settles once, whatever CONFIRM says then`() async throws {
        try await PlatformDesk.with { world in
            let (request, code) = try await world.begin()
            world.platform.say(.paid, of: code)
            #expect(try await world.ask() == 1)
            #expect(try await world.desk.find(request.id.uuidString).status == .paid)
            guard case .recorded(let outcome, _)? = try await world.hear(world.platform.confirm(code)) else {
                Issue.record("not taken")
                return
            }
            #expect(outcome == "settled" || outcome == "duplicate")
            #expect(try await world.count("select count(*) from bank_notice") == 1)
            #expect(try await world.count("select count(*) from reconciliation_case") == 0)
            try await world.desk.expectCleanBooks()
        }
    }

    @Test func `the check of the books finds an attempt that is said to be paid and is not booked`() async throws {
        try await PlatformDesk.with { world in
            let (_, paid) = try await world.begin()
            _ = try await world.hear(world.platform.confirm(paid))
            let (_, forged) = try await world.begin()
            func finding() async throws -> LedgerCheck.Finding {
                let found = try await world.services.ledger.verify()
                return try #require(found.first { $0.name == "platform_payments_are_booked" })
            }
            let fine = try await finding()
            #expect(fine.ok && fine.detail[.english].contains("1 attempts"), "\(fine.detail)")
            _ = try await world.services.database.asOwner(
                """
                update platform_payment set state = 'paid', transaction_id = 'GD-LA', ended_at = now(), next_query_at = null
                where code = \(forged)
                """
            )
            let found = try await finding()
            #expect(
                !found.ok && found.detail[.english].contains("\(forged) states that GD-LA paid it"),
                "\(found.detail)"
            )
        }
    }

    @Test func `questions and confirmations at once settle each request once`() async throws {
        try await PlatformDesk.with { world in
            var codes: [String] = []
            for _ in 0..<12 {
                let code = try await world.begin().code
                world.platform.say(.paid, of: code)
                codes.append(code)
            }
            let all = codes
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    // Two servers ask.
                    group.addTask {
                        while try await world.ask() > 0 {}
                    }
                }
                for code in all + all {
                    group.addTask {
                        let told = try await world.hear(world.platform.confirm(code))
                        guard case .recorded? = told else {
                            Issue.record("\(String(describing: told))")
                            return
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await world.isPaidOnce == 12)
            #expect(try await world.count("select count(*) from bank_notice where applied_amount > 0") == 12)
            #expect(try await world.count("select count(*) from platform_payment where state = 'paid'") == 12)
            #expect(try await world.count("select count(*) from reconciliation_case") == 0)
            try await world.desk.expectCleanBooks()
        }
    }

    @Test func `a server that dies between settling and noting it is made good by the next question`() async throws {
        try await PlatformDesk.with { world in
            let (_, code) = try await world.begin()
            world.platform.say(.paid, of: code)
            #expect(try await world.hear(world.platform.confirm(code)) != nil)
            // As if nothing had been noted.
            _ = try await world.services.database.asOwner("alter table platform_payment disable trigger user")
            _ = try await world.services.database.asOwner(
                """
                update platform_payment set state = 'waiting', transaction_id = null, ended_at = null,
                    next_query_at = made_at
                """
            )
            _ = try await world.services.database.asOwner("alter table platform_payment enable trigger user")
            #expect(try await world.ask() == 1)
            #expect(try await world.state(code) == "paid")
            #expect(try await world.count("select count(*) from bank_notice") == 1)
        }
    }

    @Test func `what failed ends, and what is pending is asked for again, later each time`() async throws {
        try await PlatformDesk.with { world in
            let (request, code) = try await world.begin()
            let begun = Instant.now()
            #expect(try await world.ask(at: begun.adding(seconds: 60)) == 0)
            var (now, asked) = (begun, [Int64]())
            while now < begun.adding(seconds: 86_400) {
                if try await world.ask(at: now) > 0 { asked.append(now.unixSeconds - begun.unixSeconds) }
                now = now.adding(seconds: 60)
            }
            let pauses = zip(asked, asked.dropFirst()).map { $1 - $0 }
            #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $1 >= $0 - 60 || $0 >= 21_600 })
            #expect((8...14).contains(asked.count) && (pauses.last ?? 0) >= 10_000, "\(asked)")
            world.platform.say(.failed, of: code)
            #expect(try await world.ask(at: begun.adding(seconds: 150_000)) == 1)
            #expect(try await world.state(code) == "failed")
            #expect(try await world.ask(at: begun.adding(seconds: 250_000)) == 0)
            #expect(try await world.desk.find(request.id.uuidString).status == .pending)
            // Money that comes after all is money.
            #expect(try await world.hear(world.platform.confirm(code)) != nil)
            #expect(try await world.state(code) == "paid")
        }
    }

    @Test func `pages, error codes, silence and an expired certificate are told to the operator, and lose nothing`()
        async throws
    {
        try await PlatformDesk.with { world in
            for says in [ScriptedPlatform.Says.page, .errorCode, .nothing, .expiredCertificate, .otherAmount] {
                let (request, code) = try await world.begin()
                world.platform.say(says, of: code)
                #expect(try await world.ask() == 1)
                #expect(try await world.state(code) == "waiting", "\(says)")
                let error = try #require(try await world.services.platform.payments.waiting().error)
                #expect(says != .expiredCertificate || error.contains("certificate has expired"))
                #expect(try await world.desk.find(request.id.uuidString).status == .pending)
                world.platform.say(.paid, of: code)
                #expect(try await world.ask(at: Instant.now().adding(seconds: 3600)) == 1)
                #expect(try await world.desk.find(request.id.uuidString).status == .paid)
            }
            try await world.desk.expectCleanBooks()
        }
    }

    @Test func `a platform that does not take a payment sends nobody anywhere`() async throws {
        try await PlatformDesk.with { world in
            for says in [ScriptedPlatform.Says.page, .errorCode, .nothing, .expiredCertificate] {
                world.platform.behave(atStart: says)
                let request = try await world.desk.request()
                await #expect(throws: ServiceError.self) { _ = try await world.begin(request) }
                let state = try await world.services.database.query(
                    "select state from platform_payment where payment_request_id = \(request.id)"
                ).row().get(0, as: String.self)
                // Where nobody knows what it did it is asked.
                #expect(state == (says == .errorCode ? "failed" : "waiting"))
            }
        }
    }

    @Test func `what was never answered is given up after three days, with a case that closes when it is`() async throws
    {
        try await PlatformDesk.with { world in
            let (request, code) = try await world.begin()
            world.platform.say(.nothing, of: code)
            #expect(try await world.ask(at: Instant.now().adding(seconds: 300_000)) == 1)
            #expect(try await world.state(code) == "silent")
            let cases = try await world.desk.cases("platform_difference")
            #expect(cases.count == 1 && cases[0]["reason"]?["code"] == "platform_never_answered")
            #expect(cases[0]["payment_request_id"]?.string == request.id.uuidString.lowercased())
            #expect(try await world.ask(at: Instant.now().adding(seconds: 400_000)) == 0)
            #expect(try await world.hear(world.platform.confirm(code)) != nil)
            #expect(try await world.state(code) == "paid")
            #expect(try await world.desk.cases("platform_difference").isEmpty)
        }
    }

    @Test func `the amount of CONFIRM is held against the request, and a second payment is not dropped`() async throws {
        try await PlatformDesk.with { world in
            let (request, code) = try await world.begin()
            guard case .recorded("partial", _)? = try await world.hear(world.platform.confirm(code, amount: 4000))
            else {
                Issue.record("not in part")
                return
            }
            // What remains can be paid by another attempt, which is of that.
            let (_, second) = try await world.begin(try await world.desk.find(request.id.uuidString))
            #expect(world.platform.begun(second)?["SoTien"] == "6000")
            #expect(try await world.hear(world.platform.confirm(second)) != nil)
            #expect(try await world.desk.find(request.id.uuidString).status == .paid)
            guard
                case .recorded("overpaid", _)? = try await world.hear(
                    world.platform.confirm(second, transaction: "TX-again")
                )
            else {
                Issue.record("dropped")
                return
            }
            #expect(try await world.desk.cases("overpaid").count == 1)
            await #expect(throws: ServiceError.self) {
                _ = try await world.begin(try await world.desk.find(request.id.uuidString))
            }
            try await world.desk.expectCleanBooks()
        }
    }

    @Test func `the look-up says what is due to whoever brings the token, and names no payer`() async throws {
        try await PlatformDesk.with { world in
            let request = try await world.desk.request()
            func ask(_ dossier: String, _ token: String = "what-was-agreed-on-with-them") async throws -> JSON {
                try await world.services.platform.lookUp.answer(
                    ["MaHoSo": .string(dossier)],
                    connection: "dvc",
                    token: token,
                    from: "203.0.113.9"
                )
            }
            let first = try await ask("D-1")
            #expect(first["error_code"] == 1 && first["message"]?["MaHoSo"] == "D-1")
            #expect(first["message"]?["HoTenNguoiNop"] == "NGUOI NOP")
            let code = try #require(first["message"]?["transaction_id"]?.string)
            #expect(code.hasPrefix(request.reference))
            // Asked again it is the same attempt.
            #expect(try await ask("D-1")["message"]?["transaction_id"]?.string == code)
            #expect(try await ask("D-2") == ["error_code": -1, "message": []])
            await #expect(throws: ServiceError.self) { _ = try await ask("D-1", "another token altogether") }
            #expect(try await world.hear(world.platform.confirm(code, amount: 10_000)) != nil)
            #expect(try await world.state(code) == "paid")
            #expect(try await ask("D-1") == ["error_code": 0, "message": []])
        }
    }

    @Test func `the receipt of a paid attempt is fetched, and the database refuses to rewrite one`() async throws {
        try await PlatformDesk.with { world in
            let (_, code) = try await world.begin()
            await #expect(throws: ServiceError.self) {
                _ = try await world.services.platform.payments.bill(code, over: world.platform)
            }
            #expect(try await world.hear(world.platform.confirm(code)) != nil)
            let bill = try await world.services.platform.payments.bill(code, over: world.platform)
            #expect(bill.starts(with: "%PDF".utf8))
            func refused(_ query: Query) async throws -> String? {
                do {
                    _ = try await world.services.database.asOwner(query)
                    return nil
                } catch let error as PostgresError { return error.constraint ?? error.description }
            }
            #expect(try await refused("update platform_payment set amount = 1") == "platform_payment_facts_check")
            #expect(
                try await refused("update platform_payment set state = 'failed', transaction_id = null")
                    == "platform_payment_facts_check"
            )
            #expect(try await refused("delete from platform_payment") != nil)
            #expect(try await refused("update platform_link set init_url = 'https://thief.example'") != nil)
        }
    }

    @Test func `a connection of another profile, or addresses that are not https, are refused`() async throws {
        try await PlatformDesk.with { world in
            for (connection, url) in [
                ("bank", "https://p.example.vn"), ("dvc", "http://p.example.vn"), ("none", "https://p.vn"),
            ] {
                await #expect(throws: ServiceError.self, "\(connection) \(url)") {
                    _ = try await world.services.platform.links.set(
                        PlatformLinks.Draft(connection: connection, initURL: url, queryURL: url),
                        by: .system
                    )
                }
            }
            try await world.services.platform.links.end(connection: "dvc", by: .system)
            #expect(try await !world.services.platform.links.leads(from: world.desk.account))
        }
    }
}
