import BankCallbacks
import Collection
import Foundation
import Values

/// Tells of transfers over HTTP, several at once, at a rate.
struct BankTeller: Sendable {
    /// What was answered to one message.
    struct Answer: Sendable {
        let kind: TransferKind
        /// The HTTP status; 0 if there was no answer.
        let status: Int
        /// What became of it, as far as the answer says so.
        let outcome: String?
    }

    private let bank: PlayedBank
    private let path: String
    private let http: HTTPCaller
    private let authority: String
    private let rate: Int?
    /// Messages under way at once.
    private static let atOnce = 16

    init(_ bank: PlayedBank, path: String, url: String, rate: Int?) {
        (self.bank, self.path, self.rate) = (bank, path, rate)
        http = HTTPCaller(baseURL: url)
        authority = String(url.split(separator: "/").dropFirst().first ?? "")
    }

    func tell(_ transfers: [PlayedTransfer]) async throws -> [Answer] {
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
                        if number % 50 == 0 {
                            Terminal.progress(number, of: messages.count, Phrase(vi: "báo có", en: "told"))
                        }
                    }
                    return answers
                }
            }
            var all: [Answer] = []
            for await answers in group { all += answers }
            Terminal.progress(messages.count, of: messages.count, Phrase(vi: "báo có", en: "told"))
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
            return Answer(kind: transfer.kind, status: answer.status, outcome: BankTeller.outcome(answer.body))
        } catch {
            return Answer(kind: transfer.kind, status: 0, outcome: nil)
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
