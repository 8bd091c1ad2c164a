import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Values

struct CallbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "callback",
        abstract: "Callbacks as they were received: list, show, process again.",
        discussion: """
            Ids are recorded:17 (in the books) or refused:3 (refused; kept for 30 days). Processing one again is harmless: a
            transaction that is in the books is a duplicate.
            """,
        subcommands: [List.self, Show.self, Replay.self, Measure.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List callbacks, the latest first.")
        @Flag(help: "Those that were refused, not those in the books.") var refused = false
        @Option(help: "Of one connection.") var connection: String?
        @Option(help: "With one outcome, or one reason of refusal.") var outcome: String?
        @Option(help: "Those before this number, for the next page.") var before: Int64?
        @Option(help: "How many at most, up to 500.") var limit = 50
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let found = try await Program.withServices { services, _ in
                try await services.callbackReplay.list(
                    refused ? .refused : .recorded,
                    connection: connection,
                    outcome: outcome,
                    before: before,
                    limit: limit
                )
            }
            let rows = found.map { item in
                [
                    item["id"]?.string ?? "", item["connection"]?.string ?? "", item["received_at"]?.string ?? "",
                    item["outcome"]?.string ?? "", item["amount"]?.integer.map { Money($0).grouped } ?? "",
                    item["detail"]?.string ?? "",
                ]
            }
            Terminal.answer(
                .array(found),
                asJSON: json,
                TextTable.render(
                    [["id", "connection", "received", "outcome", "amount (₫)", "transaction / reason"]] + rows,
                    leftAligned: [0, 1, 2, 3, 5]
                )
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a callback as it was received; what could let somebody in is masked."
        )
        @Argument(help: "Its id, such as recorded:17 or refused:3.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let id = try CallbackReplay.ID(id)
            let found = try await Program.withServices { services, _ in try await services.callbackReplay.show(id) }
            let headers = (found["headers"]?.array ?? []).compactMap(\.string).joined(separator: "\n")
            Terminal.answer(
                found,
                asJSON: json,
                "\(found["id"]?.string ?? "")  \(found["connection"]?.string ?? "")  \(found["received_at"]?.string ?? "")  \(found["outcome"]?.string ?? "")\n\n\(headers)\n\n\(found["body"]?.string ?? "")"
            )
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Process callbacks again, as of when they came, by the secrets in force now."
        )
        @Argument(help: "Their ids.") var ids: [String] = []
        @Flag(help: "All that were refused (of --connection, for --reason).") var refused = false
        @Option(help: "Of one connection.") var connection: String?
        @Option(help: "Refused for one reason.") var reason: String?
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            guard ids.isEmpty == refused else {
                throw ValidationError(
                    Phrase(vi: "Hãy nêu mã, hoặc --refused.", en: "Give ids, or --refused.")[.ofTerminal]
                )
            }
        }

        func run() async throws {
            let given = try ids.map { try CallbackReplay.ID($0) }
            let results = try await Program.withServices { services, _ in
                var wanted = given
                var before: Int64?
                while refused {
                    let page = try await services.callbackReplay.list(
                        .refused,
                        connection: connection,
                        outcome: reason,
                        before: before,
                        limit: 500
                    )
                    let found = try page.compactMap { $0["id"]?.string }.map { try CallbackReplay.ID($0) }
                    wanted += found
                    guard found.count == 500 else { break }
                    before = found.last?.number
                }
                var results: [(id: CallbackReplay.ID, outcome: String)] = []
                for (index, id) in wanted.sorted(by: { $0.number < $1.number }).enumerated() {
                    results.append((id, try await services.callbackReplay.replay(id)))
                    Terminal.progress(index + 1, of: wanted.count, "replaying")
                }
                await services.close()
                return results
            }
            Terminal.answer(
                .array(results.map { ["id": .string($0.id.description), "outcome": .string($0.outcome)] }),
                asJSON: json,
                TextTable.render(
                    [["id", "outcome"]] + results.map { [$0.id.description, $0.outcome] },
                    leftAligned: [0, 1]
                )
            )
        }
    }

    struct Measure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure what verifying and reading a message costs.",
            shouldDisplay: false
        )
        @Option(help: "How the provider signs.") var profile: CallbackProfile
        @Option(help: "A JSON file: {method, path, query, headers: {…}, body, now}.") var message: String
        @Option(help: "The account of the connection.") var account: String
        @OptionGroup var secret: ConnectionCommand.SecretOptions
        @Option(help: "For how long.") var seconds = 1
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: message), let text = try secret.read() else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--message",
                    Phrase(
                        vi: "cần một thông điệp đọc được và một khóa bí mật",
                        en: "give a message that can be read, and a secret"
                    )
                )
            }
            let given = try JSON.parse(Array(data))
            let signed = SignedMessage(
                method: given["method"]?.string ?? "POST",
                path: given["path"]?.string ?? "/",
                query: given["query"]?.string ?? "",
                authority: given["authority"]?.string ?? "",
                headers: (given["headers"]?.members ?? []).map { ($0.name, $0.value.string ?? "") },
                body: Array((given["body"]?.string ?? "").utf8)
            )
            let settings = ConnectionSettings(
                name: "bench",
                profile: profile,
                secrets: [try CallbackSecret(profile: profile, text: text)],
                accountNumber: account
            )
            let now = Instant(unixSeconds: given["now"]?.integer ?? Instant.now().unixSeconds)
            let clock = ContinuousClock()
            let start = clock.now
            var count: Int64 = 0
            while clock.now - start < .seconds(seconds) {
                for _ in 0..<100 { _ = try CallbackProfile.verify(signed, connection: settings, now: now) }
                count += 100
            }
            let spent = (clock.now - start).components
            let microseconds = spent.seconds * 1_000_000 + spent.attoseconds / 1_000_000_000_000
            let each = microseconds * 100 / count
            Terminal.answer(
                ["verifications": .integer(count), "hundredths_of_a_microsecond_each": .integer(each)],
                asJSON: json,
                "\(each / 100).\(each % 100 < 10 ? "0" : "")\(each % 100) µs each"
            )
        }
    }
}
