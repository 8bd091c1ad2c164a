import Collection
import Foundation
import Hummingbird
import Logging
import Server
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing
import Values

/// A server whose payers go to a platform that is played on a port of its own.
struct PlatformTown: Sendable {
    let pay: PayDesk
    let platform: PlayedPlatform
    let platformURL: String
    let heard: Heard

    var server: LiveServer { pay.server }

    /// What CONFIRM was answered, by code.
    final class Heard: Sendable {
        private let answers = Mutex<[String: [Int]]>([:])

        func add(_ code: String, _ status: Int) { answers.withLock { $0[code, default: []].append(status) } }
        func of(_ code: String) -> [Int] { answers.withLock { $0[code] ?? [] } }
    }

    /// - Parameter shares: what happens, and how often.
    static func with(
        _ shares: [PlatformMood: Int],
        envelope: Bool = false,
        _ body: @Sendable (PlatformTown) async throws -> Void
    ) async throws {
        try await PayDesk.with { pay in
            _ = try await pay.server.services.connections.add(
                name: "dvc",
                profile: .nationalPlatform,
                account: PayDesk.account,
                secret: "the platform's secret",
                signatureHeader: nil,
                merchant: "H44-DVC"
            )
            var options = PlayedPlatform.Options(partner: "H44-DVC", secret: "the platform's secret")
            (options.shares, options.usesEnvelope) = (shares, envelope)
            let (platform, heard) = (PlayedPlatform(options), Heard())
            var confirming = PlatformSimulator.Confirming(url: pay.server.baseURL + "/v1/callbacks/dvc")
            confirming.lateness = .milliseconds(50)
            confirming.heard = { heard.add($0, $1) }
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let logger = Logger(label: "platform") { _ in SwiftLogNoOpLogHandler() }
            let application = PlatformSimulator.application(platform, confirming, port: 0, logger: logger) {
                port.yield($0)
            }
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(services: [application], logger: logger)
            )
            let running = Task { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let url = "http://127.0.0.1:\(try #require(await iterator.next()))"
            _ = try await pay.server.services.platform.links.set(
                PlatformLinks.Draft(
                    connection: "dvc",
                    initURL: url + "/init",
                    queryURL: url + "/query",
                    billURL: url + "/bill",
                    lookUpToken: "what-was-agreed-on-with-them"
                ),
                by: .system
            )
            let town = PlatformTown(pay: pay, platform: platform, platformURL: url, heard: heard)
            let result: Result<Void, any Error>
            do { result = .success(try await body(town)) } catch { result = .failure(error) }
            await group.triggerGracefulShutdown()
            try await running.value
            try result.get()
        }
    }

    /// Presses the button of a payment page; returns the answer.
    func press(_ asked: PayDesk.Asked) async throws -> LiveServer.Answer {
        try await server.send(
            "POST",
            asked.path + "/platform",
            headers: ["Sec-Fetch-Site": "same-origin", "Accept": "text/html", "Accept-Language": "en"],
            body: []
        )
    }

    /// Goes on to the platform's page and pays, or breaks off.
    func pay(_ asked: PayDesk.Asked, pays: Bool = true) async throws -> String {
        let onward = try await press(asked)
        #expect(onward.status == 200, "\(onward.text)")
        let address = try #require(onward.headers["refresh"]?.split(separator: "=", maxSplits: 1).last.map(String.init))
        let code = try #require(address.split(separator: "/").last.map(String.init))
        #expect(onward.text.contains("href=\"\(address)\""))
        let paid = try await LiveServer(services: server.services, baseURL: platformURL)
            .send("POST", "/pay/\(code)/\(pays ? "yes" : "no")", body: [])
        #expect(paid.status == 200)
        return code
    }

    /// Asks the platform, as a server does by and by.
    func ask(after seconds: Int64) async throws {
        let inquiries = server.services.platformInquiries(providerTransport(server.services.eventNetworks))
        while try await inquiries.step(now: Instant.now().adding(seconds: seconds)) > 0 {}
    }

    func status(_ asked: PayDesk.Asked) async throws -> String {
        let answer = try await server.send("GET", "/v1/payment-requests/\(asked.id)", key: pay.portal).json
        return answer["status"]?.string ?? ""
    }
}
