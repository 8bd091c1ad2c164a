import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Server
import Values

/// The national payment platform.
struct PlatformCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "platform",
        abstract: String(
            vi: "Nền tảng thanh toán quốc gia: đặt địa chỉ, tệp đối soát hằng ngày, biên lai.",
            en: "The national payment platform: its addresses, daily files, receipts."
        ),
        subcommands: [
            Set.self, End.self, List.self, Import.self, Show.self, Answer.self, Ask.self, Bill.self,
        ]
    )

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đưa người nộp của một kết nối đến nền tảng, từ nay về sau.",
                en: "Send the payers of a connection to the platform from now on."
            ),
            discussion: String(
                vi: """
                    Kết nối kiểu national-platform, có --merchant là MaDoiTac. --token-file: mã truy cập của lớp tích hợp (LGSP), nếu cần.
                    --lookup-token-file: mã mà nền tảng phải gửi khi tra cứu khoản phải nộp; không có thì không cho tra cứu.
                    """,
                en: """
                    The connection has the profile national-platform and --merchant, which is MaDoiTac. --token-file: the access token of
                    the integration layer (LGSP), if one is wanted. --lookup-token-file: what the platform brings when it looks up what is
                    due; without it nothing can be looked up.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tên kết nối.", en: "The connection's name.")) var connection: String
        @Option(help: ArgumentHelp(vi: "Địa chỉ khởi tạo (INIT).", en: "Where payments begin (INIT).")) var initURL:
            String
        @Option(help: ArgumentHelp(vi: "Địa chỉ hỏi kết quả (QUERY).", en: "Where it is asked (QUERY)."))
        var queryURL: String
        @Option(
            help: ArgumentHelp(vi: "Địa chỉ lấy biên lai (GET_BILL).", en: "Where receipts are fetched (GET_BILL).")
        )
        var billURL: String?
        @Option(help: ArgumentHelp(vi: "Tệp chứa mã truy cập.", en: "The file with the access token."))
        var tokenFile: String?
        @Option(help: ArgumentHelp(vi: "Tệp chứa mã tra cứu.", en: "The file with the look-up's token."))
        var lookupTokenFile: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let draft = PlatformLinks.Draft(
                connection: connection,
                initURL: initURL,
                queryURL: queryURL,
                billURL: billURL,
                token: try PlatformCommand.read(tokenFile, "--token-file"),
                lookUpToken: try PlatformCommand.read(lookupTokenFile, "--lookup-token-file")
            )
            let link = try await Program.withServices { services, settings in
                try await services.platform.links.set(draft, by: try await Program.actor(services, settings))
            }
            Terminal.answer(
                link.json,
                asJSON: json,
                Phrase(
                    vi: "Từ nay trang thanh toán của tài khoản \(link.accountNumber) dẫn đến nền tảng.",
                    en: "From now on payment pages of the account \(link.accountNumber) lead to the platform."
                )
            )
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Không đưa người nộp đến nền tảng nữa.", en: "Send payers there no more.")
        )
        @Argument(help: ArgumentHelp(vi: "Tên kết nối.", en: "The connection's name.")) var connection: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await Program.withServices { services, settings in
                let actor = try await Program.actor(services, settings)
                try await services.platform.links.end(connection: connection, by: actor)
            }
            Terminal.answer(
                ["connection": .string(connection)],
                asJSON: json,
                Phrase(vi: "Đã ngừng cho kết nối \(connection).", en: "Ended for the connection \(connection).")
            )
        }
    }

    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Hỏi ngay nền tảng về những lần thanh toán đến hạn hỏi.",
                en: "Ask the platform now for the attempts that are due."
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (asked, waiting) = try await Program.withServices { services, _ in
                let inquiries = services.platformInquiries(providerTransport(services.eventNetworks))
                var asked = 0
                while case let count = try await inquiries.step(), count > 0 { asked += count }
                return (asked, try await services.platform.payments.waiting())
            }
            Terminal.answer(
                [
                    "asked": .integer(asked), "waiting": .integer(waiting.attempts), "silent": .integer(waiting.silent),
                    "since": .optional(waiting.since?.description), "error": .optional(waiting.error),
                ],
                asJSON: json,
                Phrase(
                    vi: "Đã hỏi \(asked) lần thanh toán; còn chờ \(waiting.attempts). \(waiting.error ?? "")",
                    en: "Asked for \(asked) attempts; \(waiting.attempts) wait. \(waiting.error ?? "")"
                )
            )
        }
    }

    struct Bill: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Lấy biên lai PDF của nền tảng cho một lần thanh toán.",
                en: "Fetch the platform's receipt of an attempt, as PDF."
            )
        )
        @Argument(help: ArgumentHelp(vi: "MaThamChieu.", en: "MaThamChieu.")) var code: String
        @Option(help: ArgumentHelp(vi: "Ghi vào tệp này.", en: "Write it to this file.")) var pdf: String

        func run() async throws {
            let bytes = try await Program.showing { services, _ in
                let transport = providerTransport(services.eventNetworks)
                let bytes = try await services.platform.payments.bill(code, over: transport)
                return (bytes, Disclosure(.receipt, of: "platform_payment:\(code)"))
            }
            try Data(bytes).write(to: URL(fileURLWithPath: pdf))
        }
    }

    static func read(_ path: String?, _ option: String) throws -> String? {
        guard let path else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ServiceError(.invalidParameter, at: option, .unreadableFile(path))
        }
        return String(decoding: data, as: UTF8.self).trimming()
    }
}
