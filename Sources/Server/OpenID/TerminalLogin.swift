public import Collection
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Identity
import Logging
import ServiceLifecycle
import Values

/// Logins by the provider from a terminal, as RFC 8252 has them for programs without pages of their own.
///
/// The person logs in at the provider in a browser, anew each time. The provider sends the browser back to a port of this
/// machine that is open for this one login, or, where the browser is on another machine, the address that it ended at is typed.
public struct TerminalLogin: Sendable {
    private static let path = "/login/oidc/callback"
    private let options: ProviderOptions
    private let logins: ProviderLogins

    public init(_ options: ProviderOptions, logins: ProviderLogins) {
        self.options = options
        self.logins = logins
    }

    /// Waits at a port of this machine for the browser, at most ten minutes.
    ///
    /// - Parameter show: is given the address to open in a browser.
    /// - Returns: a session that waits for a code if its `session.factorAt` is `nil`.
    /// - Throws: `forbidden` with what was wrong, which is in the audit then.
    public func listen(_ origin: CallOrigin, show: (String) -> Void) async throws -> OpenedSession {
        let attempt = try await logins.begin(next: "/")
        let (answers, answer) = AsyncStream.makeStream(of: URI.self)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "login") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            router: TerminalLogin.router(attempt, answer),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                do { try await Task.sleep(for: .seconds(IDTokenRules.pendingSeconds)) } catch { return }
                // What did not come until now is taken for an answer to no login.
                answer.yield(URI(TerminalLogin.path))
            }
            let result: Result<OpenedSession, any Error>
            do {
                result = .success(
                    try await told(origin) { () async throws -> OpenedSession in
                        guard let bound = await ports.first(where: { _ in true }) else { throw CancellationError() }
                        let provider = provider(at: "http://127.0.0.1:\(bound)")
                        show(try await provider.address(for: attempt, again: true))
                        guard let came = await answers.first(where: { _ in true }) else { throw CancellationError() }
                        return try await finish(ProviderAnswer(came), attempt, provider, origin)
                    }
                )
            } catch { result = .failure(error) }
            await group.triggerGracefulShutdown()
            tasks.cancelAll()
            do { try await tasks.waitForAll() } catch is CancellationError {}
            return try result.get()
        }
    }

    /// Lets the person type where the browser ended: a page that cannot be opened, for nobody listens there.
    ///
    /// - Parameter ask: is given the address to open in a browser, and returns the one that it ended at.
    public func ask(_ origin: CallOrigin, ask: (String) throws -> String) async throws -> OpenedSession {
        let attempt = try await logins.begin(next: "/")
        return try await told(origin) {
            let provider = provider(at: "http://127.0.0.1")
            let ended = try ask(try await provider.address(for: attempt, again: true))
            return try await finish(ProviderAnswer(URI(ended)), attempt, provider, origin)
        }
    }

    private func provider(at address: String) -> OpenIDProvider {
        OpenIDProvider(options, publicURL: address, connection: ProviderConnection(limits: options.limits))
    }

    private func finish(
        _ answer: ProviderAnswer,
        _ attempt: ProviderAttempt,
        _ provider: OpenIDProvider,
        _ origin: CallOrigin
    ) async throws -> OpenedSession {
        let begun = try await logins.take(attempt, state: answer.state)
        let claims = try await provider.claims(for: try answer.code(from: options), of: attempt, since: begun.begunAt)
        return try await logins.finish(claims, of: begun, levels: options.levels, as: .bearer, origin)
    }

    /// Notes in the audit what was wrong, and says it.
    private func told(_ origin: CallOrigin, _ body: () async throws -> OpenedSession) async throws -> OpenedSession {
        do { return try await body() } catch let fault as ProviderFault {
            if !fault.isOfPerson { try await logins.record(fault, origin) }
            throw ServiceError(fault == .unavailable ? .overloaded : .forbidden, fault.phrase)
        }
    }

    /// Takes one answer to this login; whatever else comes by, from a page that tries ports, leads to nothing.
    private static func router(
        _ attempt: ProviderAttempt,
        _ answer: AsyncStream<URI>.Continuation
    ) -> Router<BasicRequestContext> {
        let router = Router()
        router.get(RouterPath(path)) { request, _ in
            guard ProviderAnswer(request.uri).state == attempt.state else {
                return page(.badRequest, PageTexts.foreign)
            }
            answer.yield(request.uri)
            return page(
                .ok,
                Phrase(
                    vi: "Khớp đã nhận được. Hãy đóng trang này và quay lại cửa sổ lệnh.",
                    en: "Khớp has got it. Close this page and go back to the terminal."
                )
            )
        }
        return router
    }

    private static func page(_ status: HTTPResponse.Status, _ phrase: Phrase) -> Response {
        var response = Response.text(
            phrase[.vietnamese] + "\n\n" + phrase[.english] + "\n",
            "text/plain; charset=utf-8"
        )
        response.status = status
        response.headers[.cacheControl] = "no-store"
        // The address has the code in it.
        response.headers[HTTPField.Name("Referrer-Policy")!] = "no-referrer"
        return response
    }
}
