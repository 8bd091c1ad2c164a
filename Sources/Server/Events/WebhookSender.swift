public import Collection
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends events over HTTP. Redirects are not followed: an event goes to the configured address or nowhere.
public final class WebhookSender: EventSender {
    private let exchanges = Exchanges()
    private let session: URLSession

    public init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        configuration.httpMaximumConnectionsPerHost = 16
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    public func send(_ message: EventMessage) async -> EventAnswer {
        guard let url = URL(string: message.url) else { return .failed("\(message.url) is no address") }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        for (name, value) in message.headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = Data(message.body)
        let task = session.dataTask(with: request)
        return await withTaskGroup(of: EventAnswer.self) { group in
            group.addTask { await self.exchanges.answer(to: task) }
            group.addTask {
                // Cancelled as soon as a response arrives; that response then counts.
                do { try await Task.sleep(for: message.timeout) } catch {}
                return .failed("no answer within \(message.timeout.components.seconds) s")
            }
            let first = await group.next() ?? .failed("no answer")
            group.cancelAll()
            return first
        }
    }
}

/// The exchanges in progress, and the result of each.
private final class Exchanges: NSObject, URLSessionDataDelegate {
    private struct Exchange {
        var status: Int?
        var body: [UInt8] = []
        let continuation: CheckedContinuation<EventAnswer, Never>
    }

    /// The most bytes read of a response's body, which is kept only for people to read.
    private static let maximumBytes = 4096
    private static let excerptCharacters = 200

    private let exchanges = Mutex<[Int: Exchange]>([:])

    func answer(to task: URLSessionDataTask) async -> EventAnswer {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                exchanges.withLock { $0[task.taskIdentifier] = Exchange(continuation: continuation) }
                task.resume()
            }
        } onCancel: {
            task.cancel()
        }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        note(response, task)
        completionHandler(nil)
        // The status alone decides.
        task.cancel()
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        note(response, dataTask)
        completionHandler(.allow)
    }

    private func note(_ response: URLResponse, _ task: URLSessionTask) {
        exchanges.withLock { $0[task.taskIdentifier]?.status = (response as? HTTPURLResponse)?.statusCode }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isFull = exchanges.withLock { exchanges in
            exchanges[dataTask.taskIdentifier]?.body.append(contentsOf: data.prefix(Exchanges.maximumBytes))
            return exchanges[dataTask.taskIdentifier].map { $0.body.count >= Exchanges.maximumBytes } ?? false
        }
        if isFull { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let exchange = exchanges.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
        let status = exchange.status ?? (task.response as? HTTPURLResponse)?.statusCode
        let isWhole = error == nil || exchange.body.count >= Exchanges.maximumBytes || (300..<400).contains(status ?? 0)
        guard let status, isWhole else {
            return exchange.continuation.resume(
                returning: .failed(error?.localizedDescription ?? "the answer was no HTTP")
            )
        }
        let text = String(decoding: exchange.body, as: UTF8.self).prefix(Exchanges.excerptCharacters)
        exchange.continuation.resume(returning: .answered(status: status, excerpt: String(text)))
    }
}
