import ArgumentParser
import Casework
import Collection
import Identity
import Server
import Values
import Workflow

/// `khop message`: what payers are told.
struct MessageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract: String(vi: "Tin nhắn cho người nộp: liệt kê, gửi thử.", en: "Messages to payers: list, send a test."),
        discussion: String(
            vi: "Dịch vụ tự gửi, mỗi tin nhiều nhất một lần: xem docs/messages.md.",
            en: "The service sends them, each at most once: see docs/messages.md."
        ),
        subcommands: [List.self, SendTest.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Các tin, mới nhất trước; địa chỉ được che.",
                en: "Messages, the newest first; addresses are masked."
            )
        )
        @Option(
            help: ArgumentHelp(
                vi: "Trạng thái: waiting, sending, sent, dead, unknown hoặc dropped.",
                en: "The state: waiting, sending, sent, dead, unknown or dropped."
            )
        ) var state: String?
        @Option(help: ArgumentHelp(vi: "Của mã thanh toán này.", en: "Of the request with this reference."))
        var reference: String?
        @OptionGroup var page: PageOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let state = try state.map { text in
                guard let state = PayerMessageState(rawValue: text) else {
                    throw ServiceError(
                        .invalidParameter,
                        at: "--state",
                        .oneOf(PayerMessageState.allCases.map(\.rawValue))
                    )
                }
                return state
            }
            let before = page.after.flatMap { Int64($0) }
            let found = try await Program.withServices { services, _ in
                try await services.messages.list(
                    state: state,
                    reference: reference,
                    before: before,
                    limit: page.limit
                )
            }
            Terminal.answer(
                .array(found.map { $0.json(in: .ofTerminal) }),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("mã", "id"), .text("tin", "message"), .text("qua", "by"), .text("tới", "to"),
                        .text("mã thanh toán", "reference"), .text("trạng thái", "state"), .text("lúc", "at"),
                        .text("lỗi", "error"),
                    ],
                    found.map {
                        [
                            String($0.id), $0.kind.words[.ofTerminal], $0.channel.words[.ofTerminal],
                            $0.masked ?? String(vi: "đã xóa", en: "erased"), $0.reference,
                            $0.state.words[.ofTerminal], ($0.endedAt ?? $0.madeAt).formatted, $0.error ?? "",
                        ]
                    }
                ).text
            )
        }
    }

    struct SendTest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "send-test",
            abstract: String(
                vi: "Gửi một tin thử tới một địa chỉ của chính mình.",
                en: "Send a message as a test, to an address of one's own."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Qua email, sms hoặc zalo.", en: "By email, sms or zalo.")) var channel: String
        @Argument(help: ArgumentHelp(vi: "Địa chỉ hoặc số điện thoại.", en: "The address or telephone number."))
        var address: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            guard let channel = ContactChannel(rawValue: channel) else {
                throw ServiceError(.invalidParameter, at: "channel", .oneOf(ContactChannel.allCases.map(\.rawValue)))
            }
            guard let contact = WantedContact(channel, address, in: .ofTerminal) else {
                throw ServiceError(.invalidParameter, at: "address", WantedContact.form(channel))
            }
            let answer = try await Program.withServices { services, settings in
                // Before it is sent: what left is in the audit, whatever became of it.
                try await services.messages.recordTest(by: try await Program.actor(services, settings), channel)
                return await settings.messaging.senders(settings.installation).test(
                    contact,
                    publicURL: settings.publicURL,
                    name: settings.installation.name?[.ofTerminal] ?? "Khớp"
                )
            }
            guard case .sent = answer else { throw SendTest.failure(answer) }
            Terminal.answer(
                ["sent": true],
                asJSON: json,
                Phrase(vi: "Đã gửi; hãy xem tin có đến không.", en: "Sent; see whether it arrives.")
            )
        }

        private static func failure(_ answer: MessageAnswer) -> ServiceError {
            let words: String =
                switch answer {
                case .sent: ""
                case .failed(let words), .refused(let words), .unknown(let words): words
                }
            return ServiceError(
                .conflict,
                Phrase(vi: "Chưa gửi được: \(words)", en: "It was not sent: \(words)")
            )
        }
    }
}
