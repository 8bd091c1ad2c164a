import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Values
import Workflow

struct CallbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "callback",
        abstract: String(
            vi: "Callback như đã nhận: liệt kê, xem, xử lý lại.",
            en: "Received callbacks: list, show, process again."
        ),
        discussion: String(
            vi: """
                Mã là recorded:17 (đã vào sổ) hoặc refused:3 (bị từ chối; giữ 30 ngày). Xử lý lại không gây hại: giao dịch đã vào
                sổ là thông báo lặp lại.
                """,
            en: """
                Ids are recorded:17 (in the books) or refused:3 (refused; kept for 30 days). Processing one again is harmless: a
                transaction that is in the books is a duplicate.
                """
        ),
        subcommands: [List.self, Show.self, Replay.self, Measure.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Liệt kê callback, mới nhất trước.", en: "List callbacks, the latest first.")
        )
        @Flag(
            help: ArgumentHelp(
                vi: "Những callback bị từ chối, không phải những callback đã vào sổ.",
                en: "Refused callbacks instead of recorded ones."
            )
        ) var refused = false
        @Option(help: ArgumentHelp(vi: "Của một kết nối.", en: "Only this connection.")) var connection: String?
        @Option(
            help: ArgumentHelp(
                vi: "Có một kết quả, hoặc một lý do từ chối.",
                en: "Only this outcome or reason for refusal."
            )
        ) var outcome: String?
        @OptionGroup var page: PageOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let after = try page.afterNumber
            let found = try await Program.withServices { services, _ in
                try await services.callbackReplay.list(
                    refused ? .refused : .recorded,
                    connection: connection,
                    outcome: outcome,
                    before: after,
                    limit: page.limit
                )
            }
            let rows = found.map { item in
                [
                    item["id"]?.string ?? "", item["connection"]?.string ?? "", Shown.time(item["received_at"]),
                    Vocabulary.outcome[item["outcome"]?.string ?? ""][.ofTerminal],
                    item["amount"]?.integer.map { Money($0).grouped } ?? "",
                    item["detail"]?.string ?? "",
                ]
            }
            Terminal.answer(
                .array(found),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("mã", "id"), .text("kết nối", "connection"), .text("nhận lúc", "received"),
                        .text("kết quả", "outcome"), .number("số tiền (₫)", "amount (₫)"),
                        .text("giao dịch / lý do", "transaction / reason"),
                    ],
                    rows
                ).text
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "In callback như đã nhận; phần có thể bị lợi dụng được che.",
                en: "Print a callback as it was received; credentials are masked."
            )
        )
        @Argument(
            help: ArgumentHelp(
                vi: "Mã, như recorded:17 hoặc refused:3.",
                en: "Its id, such as recorded:17 or refused:3."
            )
        ) var id: String
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let id = try CallbackReplay.ID(id)
            let found = try await Program.showing { services, settings in
                let sight = try await unmasking.sight(services, settings, "callback show \(id)")
                let found = try await services.callbackReplay.show(id, seenWith: sight)
                return (found, Disclosure(.callback, of: "callback:\(id)"))
            }
            let headers = (found["headers"]?.array ?? []).compactMap(\.string).joined(separator: "\n")
            Terminal.answer(
                found,
                asJSON: json,
                text:
                    "\(found["id"]?.string ?? "")  \(found["connection"]?.string ?? "")  \(Shown.time(found["received_at"]))  \(Vocabulary.outcome[found["outcome"]?.string ?? ""][.ofTerminal])\n\n\(headers)\n\n\(found["body"]?.string ?? "")"
            )
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xử lý lại callback, tính theo lúc đã nhận, bằng khóa bí mật đang dùng.",
                en: "Process callbacks again as of their arrival, with the current secrets."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Các mã.", en: "Their ids.")) var ids: [String] = []
        @Flag(
            help: ArgumentHelp(
                vi: "Tất cả callback bị từ chối (của --connection, vì --reason).",
                en: "All refused callbacks (limited by --connection and --reason)."
            )
        ) var refused = false
        @Option(help: ArgumentHelp(vi: "Của một kết nối.", en: "Only this connection.")) var connection: String?
        @Option(help: ArgumentHelp(vi: "Bị từ chối vì một lý do.", en: "Only this reason for refusal.")) var reason:
            String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func validate() throws {
            guard ids.isEmpty == refused else {
                throw ValidationError(
                    Phrase(vi: "Hãy nêu mã, hoặc --refused.", en: "Name callbacks by id, or use --refused.")[
                        .ofTerminal
                    ]
                )
            }
        }

        func run() async throws {
            let given = try ids.map { try CallbackReplay.ID($0) }
            let results = try await Program.withServices { services, settings in
                let actor = try await Program.actor(services, settings)
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
                    results.append((id, try await services.callbackReplay.replay(id, by: actor)))
                    Terminal.progress(index + 1, of: wanted.count, Phrase(vi: "đang xử lý lại", en: "replaying"))
                }
                await services.close()
                return results
            }
            Terminal.answer(
                .array(results.map { ["id": .string($0.id.description), "outcome": .string($0.outcome)] }),
                asJSON: json,
                text: TerminalTable(
                    [.text("mã", "id"), .text("kết quả", "outcome")],
                    results.map { [$0.id.description, Vocabulary.outcome[$0.outcome][.ofTerminal]] }
                ).text
            )
        }
    }

    struct Measure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đo thời gian kiểm tra và đọc một thông điệp.",
                en: "Measure the time needed to verify and read a message."
            ),
            shouldDisplay: false
        )
        @Option(help: ArgumentHelp(vi: "Kiểu ký của nhà cung cấp.", en: "How the provider signs.")) var profile:
            CallbackProfile
        @Option(
            help: ArgumentHelp(
                vi: "Tệp JSON: {method, path, query, headers: {…}, body, now}.",
                en: "A JSON file: {method, path, query, headers: {…}, body, now}."
            )
        ) var message: String
        @Option(help: ArgumentHelp(vi: "Tài khoản của kết nối.", en: "The account of the connection.")) var account:
            String
        @OptionGroup var secret: ConnectionCommand.SecretOptions
        @Option(help: ArgumentHelp(vi: "Trong bao lâu.", en: "For how long.")) var seconds = 1
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

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
                text: "\(each / 100).\(each % 100 < 10 ? "0" : "")\(each % 100) µs each"
            )
        }
    }
}
