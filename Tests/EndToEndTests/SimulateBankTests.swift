import Collection
import Cryptography
import FeeSchedule
import Foundation
import Postgres
import PureSupport
import TestSupport
import Testing
import Values

/// A bank that is played against the program itself, over HTTP.
@Suite(.serialized) struct SimulateBankTests {
    /// The agency's account, and requests to pay on it.
    private struct Desk {
        let services: Services
        let account: String

        init(_ services: Services) async throws {
            self.services = services
            let agency = try await services.tariff.current().schedule.agencies["H44.01"]
            account = try #require(agency?.accountNumber)
        }

        func request() async throws {
            let draft = try PaymentRequestDraft(
                [
                    "dossier_code": .string("D-\(UUID().uuidString)"), "agency_code": "H44.01",
                    "procedure_code": "1.004222", "channel": "online",
                ],
                today: Instant.now().day
            )
            _ = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)
        }
    }

    private static func with(_ body: (Services, Desk, KhopProgram, [String: String]) async throws -> Void) async throws
    {
        try await TestDatabase.withServices { services in
            let port = try FreePort.find()
            let khop = KhopProgram(services.database.pool.options)
            // One home, with the key that seals are signed by.
            let home = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString)"
            defer { do { try FileManager.default.removeItem(atPath: home) } catch {} }
            let environment = [
                "KHOP_HOME": home,
                "KHOP_SECRET_KEY": SecretBox.newKeyBase64(), "KHOP_PUBLIC_URL": "http://127.0.0.1:\(port)",
                "KHOP_METRICS_PORT": "0",
            ]
            let server = try khop.start(["serve", "--allow-root", "--port", String(port)], environment)
            defer { server.kill() }
            let retrying = ["--retry", "900", "--retry-delay", "1", "--retry-connrefused"]
            _ = try await OtherProgram.runAside("curl", ["-sf"] + retrying + ["http://127.0.0.1:\(port)/healthz"])
            try await body(services, try await Desk(services), khop, environment)
        }
    }

    private static func add(
        _ profile: String,
        _ secret: String,
        _ desk: Desk,
        _ khop: KhopProgram,
        _ all: [String: String]
    )
        async throws
    {
        var environment = all
        environment["SECRET"] = secret
        let added = try await khop.runAside(
            [
                "connection", "add", profile, "--profile", profile, "--account", desk.account, "--secret-env",
                "SECRET",
            ],
            environment
        )
        try #require(added.status == 0, "\(added.errors)")
    }

    @Test func `a day with every fault is played, its statement reconciled, and the books add up`() async throws {
        try await Self.with { services, desk, khop, environment in
            try await Self.add("standard", TestSecret.standard(1), desk, khop, environment)
            for _ in 0..<40 { try await desk.request() }
            let file = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).txt"
            defer { do { try FileManager.default.removeItem(atPath: file) } catch {} }
            let shares =
                "on-time=4,late=2,twice=2,out-of-order=2,short=2,over=2,together=2,other-account=2,damaged=2,forged=2,silent=2"
            let played = try await khop.runAside(
                ["simulate", "bank", "--connection", "standard", "--seed", "11", "--play", shares]
                    + ["--statement", file, "--format", "mt940", "--json"],
                environment
            )
            try #require(played.status == 0, "\(played.errors)")
            let report = try JSON.parse(played.output)["played"]?.array ?? []
            func answers(_ kind: String) -> JSON? { report.first { $0["kind"]?.string == kind }?["answers"] }
            #expect(report.reduce(0) { $0 + ($1["transfers"]?.integer ?? 0) } >= 20, "\(played.output)")
            #expect(answers("on-time")?.members?.map(\.name) == ["200 settled"], "\(played.output)")
            #expect(answers("twice")?["200 duplicate"]?.integer == answers("twice")?["200 settled"]?.integer)
            #expect(answers("forged")?.members?.allSatisfy { $0.name.hasPrefix("401") } == true)
            #expect(answers("silent")?.members?.isEmpty == true)
            let imported = try await khop.runAside(
                ["statement", "import", file, "--account", desk.account],
                environment
            )
            #expect(imported.status == 0, "\(imported.errors)")
            let day = Instant.now().day.description
            let run = try await khop.runAside(["reconcile", "--account", desk.account, "--through", day], environment)
            #expect(run.status == 0, "\(run.errors)")
            let verified = try await khop.runAside(["ledger", "verify"], environment)
            #expect(verified.status == 0, "\(verified.output) \(verified.errors)")
            let explained = try await services.explanations.explain(account: desk.account, day: Instant.now().day)
            #expect(explained.residual == .zero)
        }
    }

    @Test(arguments: [
        ("casso", "a casso secret 7"), ("vnpay", "VNPAYSECRETKEY7"), ("momo", "ACCESS:a momo secret 7"),
        ("sepay", "whsec_sepay secret 7"), ("9pay", "a ninepay secret 7"), ("rfc9421", "c29tZSBrZXkgb2YgYSBiYW5rIDE3"),
    ])
    func `banks of every family are believed`(_ profile: String, _ secret: String) async throws {
        try await Self.with { _, desk, khop, environment in
            try await Self.add(profile, secret, desk, khop, environment)
            for _ in 0..<3 { try await desk.request() }
            let played = try await khop.runAside(
                ["simulate", "bank", "--connection", profile, "--play", "on-time", "--json"],
                environment
            )
            try #require(played.status == 0, "\(played.errors)")
            let open = try await khop.runAside(
                ["simulate", "bank", "--connection", profile, "--play", "on-time"],
                environment
            )
            #expect(open.status == 2 && open.errors.contains("No request waits"), "\(played.output) \(open.errors)")
        }
    }

    @Test func `what cannot be played is said`() async throws {
        try await Self.with { _, desk, khop, environment in
            try await Self.add("standard", TestSecret.standard(2), desk, khop, environment)
            let bank = ["simulate", "bank", "--connection"]
            let unknown = try await khop.runAside(bank + ["nobody"], environment)
            #expect(unknown.status != 0 && unknown.errors.contains("No connection has this name"))
            let kind = try await khop.runAside(bank + ["standard", "--play", "sometimes=3"], environment)
            #expect(kind.status != 0 && kind.errors.contains("sometimes=3 is not KIND=SHARE"))
            let real = try await khop.runAside(
                bank + ["standard"],
                environment.merging(["KHOP_PUBLIC_URL": "https://thanhtoan.laocai.gov.vn"]) { $1 }
            )
            #expect(real.status != 0 && real.errors.contains("trial installation alone"))
            let elsewhere = try await khop.runAside(
                bank + ["standard", "--url", "https://thanhtoan.laocai.gov.vn"],
                environment
            )
            #expect(elsewhere.status != 0 && elsewhere.errors.contains("trial installation alone"))
        }
    }
}
