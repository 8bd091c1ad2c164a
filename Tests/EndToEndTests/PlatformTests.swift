import Collection
import Postgres
import Server
import TestSupport
import Testing
import Values

/// The national payment platform, played over HTTP against the server.
@Suite(.serialized) struct PlatformTests {
    @Test func `the button stands on the page only where there is a platform, and leads on to it`() async throws {
        try await PayDesk.with { pay in
            let asked = try await pay.ask()
            let page = try await pay.page(asked.path)
            #expect(page.status == 200 && !page.text.contains("/platform"))
            let refused = try await pay.server.send("POST", asked.path + "/platform", body: [])
            #expect(refused.status == 404)
        }
        try await PlatformTown.with([.onTime: 1]) { town in
            let asked = try await town.pay.ask()
            let page = try await town.pay.page(asked.path)
            #expect(page.text.contains("action=\"\(asked.path)/platform?lang=en\""))
            let foreign = try await town.server.send(
                "POST",
                asked.path + "/platform",
                headers: ["Sec-Fetch-Site": "cross-site"],
                body: []
            )
            #expect(foreign.status == 403)
            let code = try await town.pay(asked)
            try await until("it is paid") { try await town.status(asked) == "paid" }
            #expect(town.platform.transaction(of: code) != nil)
            // Nothing is left to be paid.
            #expect(try await town.press(asked).status == 409)
        }
    }

    @Test(arguments: [false, true])
    func `whatever the platform does, each payment counts once`(_ envelope: Bool) async throws {
        let shares: [PlatformMood: Int] = [
            .onTime: 2, .late: 2, .twice: 2, .silent: 2, .forged: 2, .halfDay: 2, .failed: 2, .babble: 2,
        ]
        try await PlatformTown.with(shares, envelope: envelope) { town in
            var all: [(asked: PayDesk.Asked, code: String)] = []
            for number in 0..<40 {
                let asked = try await town.pay.ask("H44-26-\(number)")
                all.append((asked, try await town.pay(asked, pays: number % 10 != 9)))
            }
            for (asked, code) in all {
                let told: Int =
                    switch town.platform.mood(of: code) {
                    case .twice: 2
                    case .silent, .babble: 0
                    default: 1
                    }
                try await until("\(code) is confirmed") { town.heard.of(code).count == told }
                _ = asked
            }
            for seconds in [600, 1200, 3600, 14_400] as [Int64] { try await town.ask(after: seconds) }
            for (asked, code) in all {
                let isPaid = town.platform.transaction(of: code) != nil
                let mood = town.platform.mood(of: code)?.rawValue ?? ""
                #expect(try await town.status(asked) == (isPaid ? "paid" : "pending"), "\(mood)")
            }
            let waiting = try await town.server.services.platform.payments.waiting()
            #expect(waiting.attempts == 0)
            let counted = try await town.server.services.database.query(
                "select count(*) from bank_notice where applied_amount > 0"
            ).row().get(0, as: Int64.self)
            #expect(counted == Int64(all.count { town.platform.transaction(of: $0.code) != nil }))
            for finding in try await town.server.services.ledger.verify() {
                #expect(finding.ok, "\(finding.name): \(finding.detail)")
            }
            try await Self.compare(town, all.map(\.code))
        }
    }

    /// The day's file of all that, imported over HTTP: books and platform say the same.
    private static func compare(_ town: PlatformTown, _ codes: [String]) async throws {
        let day = Instant.now().day
        let digits = day.description.replacing("-", with: "")
        let file = try await LiveServer(services: town.server.services, baseURL: town.platformURL)
            .send("GET", "/daily/\(digits)")
        let finance = try await town.server.key(.finance)
        let imported = try await town.server.send(
            "POST",
            "/v1/platform-files?connection=dvc&day=\(day)",
            key: finance,
            body: file.body
        )
        #expect(imported.status == 201, "\(imported.text)")
        let json = try imported.json
        #expect(json["counts"]?["differs"] == 0, "\(imported.text)")
        #expect(json["findings"]?.array?.count == codes.count)
        let again = try await town.server.send(
            "POST",
            "/v1/platform-files?connection=dvc&day=\(day)",
            key: finance,
            body: file.body
        )
        #expect(try again.status == 200 && again.json["already_imported"] == true)
        let id = try #require(json["id"]?.integer)
        let answer = try await town.server.send("POST", "/v1/platform-files/\(id)/answer", key: finance, json: [:])
        #expect(answer.status == 200 && !answer.text.contains("unmatched"))
        let cut = try await town.server.send(
            "POST",
            "/v1/platform-files?connection=dvc&day=\(day)",
            key: finance,
            body: Array(file.body.dropLast(120))
        )
        #expect(cut.status == 422)
        #expect(try await town.server.send("GET", "/v1/platform-files", key: town.pay.portal).status == 403)
    }

    @Test(arguments: [PlatformMood.refused, .page])
    func `a payer is told to pay another way when the platform does not take it`(_ mood: PlatformMood) async throws {
        try await PlatformTown.with([mood: 1]) { town in
            let asked = try await town.pay.ask()
            let told = try await town.press(asked)
            #expect(told.status == 409 && told.text.contains("scan the QR code"), "\(told.text)")
            #expect(try await town.status(asked) == "pending")
        }
    }

    @Test func `the platform looks up what is due with its token, and strangers learn nothing`() async throws {
        try await PlatformTown.with([.onTime: 1]) { town in
            let asked = try await town.pay.ask("H44-26-0007")
            func ask(_ token: String, _ dossier: String = "H44-26-0007") async throws -> LiveServer.Answer {
                try await town.server.send(
                    "POST",
                    "/v1/platform/dvc/lookup",
                    key: token,
                    json: ["MaHoSo": .string(dossier)]
                )
            }
            #expect(try await ask("what-was-agreed-on-with-thex").status == 401)
            #expect(try await ask(town.pay.portal).status == 401)
            let told = try await ask("what-was-agreed-on-with-them")
            #expect(try told.json["error_code"] == 1 && told.json["message"]?["MaHoSo"] == "H44-26-0007")
            #expect(!told.text.contains("NGUYEN") && !told.text.contains("Nguyễn"))
            #expect(try told.json["message"]?["transaction_id"]?.string?.hasPrefix(asked.reference) == true)
            #expect(try await ask("what-was-agreed-on-with-them", "H44-26-9999").json["error_code"] == -1)
        }
    }
}
