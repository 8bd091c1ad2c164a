import Collection
import HTTPTypes
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import Values

/// A ``PlayedPlatform`` over HTTP: INIT, QUERY and GET_BILL at `/init`, `/query` and `/bill`, a page where the payer pays at
/// `/pay/…`, the day's file at `/daily/yyyyMMdd`. It confirms to the address of a connection's callbacks.
public enum PlatformSimulator {
    /// How it confirms.
    public struct Confirming: Sendable {
        /// The address of the connection's callbacks.
        public var url: String
        /// How long a late CONFIRM takes.
        public var lateness: Duration = .seconds(5)
        /// Whether payers pay at once, without a page.
        public var paysAtOnce = false
        /// Told of each answer to a CONFIRM: the code and the status, 0 if there was none.
        public var heard: @Sendable (String, Int) -> Void = { _, _ in }

        public init(url: String) { self.url = url }
    }

    public static func application(
        _ platform: PlayedPlatform,
        _ confirming: Confirming,
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let sender = Sender(platform: platform, confirming: confirming)
        let router = Router()
        router.post("/init") { request, _ in
            let message = try await json(request)
            let pages = "http://\(request.head.authority ?? "127.0.0.1:\(port)")"
            let known = Set(platform.codes)
            let answer = platform.start(message, pages: pages)
            if confirming.paysAtOnce {
                for code in platform.codes where !known.contains(code) { sender.decide(code, pays: true) }
            }
            return response(answer)
        }
        router.post("/query") { request, _ in response(platform.query(try await json(request))) }
        router.post("/bill") { request, _ in response(platform.bill(try await json(request))) }
        router.get("/pay/:code") { _, context in
            let code = context.parameters.get("code") ?? ""
            return page(platform.attempt(code), platform)
        }
        router.post("/pay/:code/:way") { _, context in
            let code = context.parameters.get("code") ?? ""
            sender.decide(code, pays: context.parameters.get("way") == "yes")
            return page(platform.attempt(code), platform)
        }
        router.get("/daily/:day") { _, context in
            response(
                PlayedPlatform.Answer(
                    type: "text/plain; charset=utf-8",
                    body: Array(platform.file(of: context.parameters.get("day") ?? "").utf8)
                )
            )
        }
        return Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            logger: logger
        )
    }

    private static func json(_ request: Request) async throws -> JSON {
        let buffer = try await request.body.collect(upTo: 1 << 20)
        do { return try JSON.parse(Array(buffer.readableBytesView)) } catch { return .null }
    }

    private static func response(_ answer: PlayedPlatform.Answer) -> Response { .bytes(answer.body, answer.type) }

    /// What the payer sees.
    private static func page(_ attempt: PlayedPlatform.Attempt?, _ platform: PlayedPlatform) -> Response {
        guard let attempt else {
            var response = Response.text(
                "<!doctype html><title>404</title><h1>Không có giao dịch này</h1>",
                "text/html"
            )
            response.status = .notFound
            return response
        }
        let body =
            switch attempt.isPaid {
            case nil:
                """
                <form method="post" action="/pay/\(attempt.code)/yes"><button>Thanh toán</button></form>
                <form method="post" action="/pay/\(attempt.code)/no"><button>Hủy</button></form>
                """
            case true?: "<p>Đã thanh toán. Mã giao dịch \(attempt.transaction).</p>"
            case false?: "<p>Không thanh toán.</p>"
            }
        return .text(
            """
            <!doctype html><html lang="vi"><meta charset="utf-8"><title>Nền tảng thanh toán (mô phỏng)</title>
            <h1>Nền tảng thanh toán (mô phỏng)</h1><p>Số tiền: \(attempt.amount) đồng</p>
            \(body)</html>
            """,
            "text/html; charset=utf-8"
        )
    }

    /// Decides attempts and confirms them.
    private final class Sender: Sendable {
        let platform: PlayedPlatform
        let confirming: Confirming
        let wire = ProviderWire(EventNetworks(allowsLoopback: true))

        init(platform: PlayedPlatform, confirming: Confirming) {
            (self.platform, self.confirming) = (platform, confirming)
        }

        func decide(_ code: String, pays: Bool) {
            guard platform.decide(code, pays: pays) else { return }
            Task { await self.confirm(code) }
        }

        private func confirm(_ code: String) async {
            if platform.mood(of: code) == .late {
                do { try await Task.sleep(for: confirming.lateness) } catch { return }
            }
            for message in platform.confirmations(of: code) {
                let sent = EventMessage(
                    url: confirming.url,
                    headers: [("Content-Type", "application/json; charset=utf-8")],
                    body: message.bytes,
                    timeout: .seconds(10)
                )
                let (answer, _) = await wire.exchange(sent)
                if case .answered(let status) = answer {
                    confirming.heard(code, status)
                } else {
                    confirming.heard(code, 0)
                }
            }
        }
    }
}
