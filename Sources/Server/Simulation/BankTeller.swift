public import BankCallbacks
import Values

/// Tells of transfers over HTTP, several at once, at a rate.
public struct BankTeller: Sendable {
    /// What was answered to one message.
    public struct Answer: Sendable {
        public let kind: TransferKind
        /// The sender's id of the transfer that was told of.
        public let transactionID: String
        /// The HTTP status; 0 if there was no answer.
        public let status: Int
        /// What became of it, as far as the answer says so.
        public let outcome: String?
    }

    private let bank: PlayedBank
    private let path: String
    private let http: HTTPCaller
    private let authority: String
    private let rate: Int?
    /// Messages under way at once.
    private static let atOnce = 16

    /// - Parameters:
    ///   - path: of the connection's callback.
    ///   - url: of the server, without a trailing slash.
    ///   - rate: messages a second; `nil` for as fast as it goes.
    public init(_ bank: PlayedBank, path: String, url: String, rate: Int? = nil) {
        (self.bank, self.path, self.rate) = (bank, path, rate)
        http = HTTPCaller(baseURL: url)
        authority = String(url.split(separator: "/").dropFirst().first ?? "")
    }

    /// Tells of the transfers, each as often as its kind has it.
    ///
    /// - Parameter progress: receives how many messages were sent, and of how many.
    public func tell(
        _ transfers: [PlayedTransfer],
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async -> [Answer] {
        let messages = transfers.flatMap { [PlayedTransfer](repeating: $0, count: $0.times) }
        let began = ContinuousClock.now
        return await withTaskGroup(of: [Answer].self) { group in
            for first in 0..<BankTeller.atOnce {
                group.addTask {
                    var answers: [Answer] = []
                    for number in stride(from: first, to: messages.count, by: BankTeller.atOnce) {
                        if let rate {
                            let due = began + .microseconds(Int64(number) * 1_000_000 / Int64(rate))
                            do { try await Task.sleep(until: due) } catch { break }
                        }
                        answers.append(await send(messages[number]))
                        progress(number + 1, messages.count)
                    }
                    return answers
                }
            }
            var all: [Answer] = []
            for await answers in group { all += answers }
            progress(messages.count, messages.count)
            return all
        }
    }

    private func send(_ transfer: PlayedTransfer) async -> Answer {
        let sender = transfer.kind == .forged ? bank.forging() : bank
        let message = sender.message(transfer.payment, path: path, authority: authority, at: .now())
        var headers: [String: String] = [:]
        for header in message.headers {
            headers[header.name == "content-type" ? "Content-Type" : header.name] = header.value
        }
        do {
            let answer = try await http.send(
                message.method,
                path + (message.query.isEmpty ? "" : "?" + message.query),
                headers: headers,
                body: message.body.isEmpty ? nil : message.body
            )
            return Answer(
                kind: transfer.kind,
                transactionID: transfer.payment.transactionID,
                status: answer.status,
                outcome: BankTeller.outcome(answer.body)
            )
        } catch {
            return Answer(
                kind: transfer.kind,
                transactionID: transfer.payment.transactionID,
                status: 0,
                outcome: nil
            )
        }
    }

    private static func outcome(_ body: [UInt8]) -> String? {
        do {
            let json = try JSON.parse(body)
            return json["outcome"]?.string ?? json["reason"]?.string ?? json["code"]?.string
        } catch {
            return nil
        }
    }
}
