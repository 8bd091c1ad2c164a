import Foundation
import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization
import Testing

/// A portal of its own on a port of its own: an HTTP server that keeps what is posted to it.
final class EventReceiver: Sendable {
    struct Received: Sendable {
        let path: String
        let headers: [String: String]
        let body: [UInt8]
    }

    /// What it answers; a path it has no answer for is told 200.
    enum Behaviour: Sendable {
        case answer(Int, body: String = "", location: String? = nil)
        /// What it makes of the body.
        case reply(@Sendable ([UInt8]) -> (Int, String))
        /// Says nothing until it is released.
        case stall
    }

    let port: Int
    private let state = Mutex<(received: [Received], behaviours: [String: Behaviour], isReleased: Bool)>(
        ([], [:], false)
    )

    private init(port: Int) { self.port = port }

    var received: [Received] { state.withLock { $0.received } }

    func url(_ path: String = "/events") -> String { "http://127.0.0.1:\(port)\(path)" }
    func behave(_ behaviour: Behaviour, at path: String = "/events") {
        state.withLock { $0.behaviours[path] = behaviour }
    }

    func at(_ path: String) -> [Received] { received.filter { $0.path == path } }

    /// Ends every stall, those to come as well.
    func release() { state.withLock { $0.isReleased = true } }

    private func answer(_ received: Received) async -> Response {
        let behaviour = state.withLock { state in
            state.received.append(received)
            return state.behaviours[received.path] ?? .answer(200)
        }
        switch behaviour {
        case .answer(let status, let body, let location):
            var headers = HTTPFields()
            if let location { headers[.location] = location }
            return Response(
                status: .init(code: status),
                headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(string: body))
            )
        case .reply(let make):
            let (status, body) = make(received.body)
            return Response(status: .init(code: status), body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
        case .stall:
            while !state.withLock({ $0.isReleased }) {
                do { try await Task.sleep(for: .milliseconds(10)) } catch { break }
            }
            return Response(status: .ok)
        }
    }

    static func with(_ body: (EventReceiver) async throws -> Void) async throws {
        let holder = Mutex<EventReceiver?>(nil)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        @Sendable func handle(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
            let buffer = try await request.body.collect(upTo: 1 << 20)
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.canonicalName] = field.value }
            let received = Received(
                path: request.uri.path,
                headers: headers,
                body: Array(buffer.readableBytesView)
            )
            guard let receiver = holder.withLock({ $0 }) else { return Response(status: .serviceUnavailable) }
            return await receiver.answer(received)
        }
        router.post("**", use: handle)
        router.get("**", use: handle)
        let logger = Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
        let running = Task { try await group.run() }
        var iterator = ports.makeAsyncIterator()
        let receiver = EventReceiver(port: try #require(await iterator.next()))
        holder.withLock { $0 = receiver }
        let result: Result<Void, any Error>
        do { result = .success(try await body(receiver)) } catch { result = .failure(error) }
        receiver.release()
        await group.triggerGracefulShutdown()
        try await running.value
        try result.get()
    }
}
