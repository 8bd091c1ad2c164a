public import ArgumentParser
import Collection
import Foundation
import Values

extension AccountTerms.Recovery: ExpressibleByArgument {}

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: String(
            vi: "Cách đọc sao kê của tài khoản: hạn báo có, ngày làm việc của ngân hàng, ghi nhận từ sao kê.",
            en: "How an account's statements are read: expected-by days, bank days, recovery."
        ),
        subcommands: [CutOff.self, Calendar.self, Recovery.self]
    )

    struct CutOff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cut-off",
            abstract: String(
                vi: "Đặt hạn báo có: số ngày làm việc của ngân hàng sau khi nộp mà dòng sao kê phải có (1).",
                en: "Set the number of bank days within which a payment must be on a statement (default 1)."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tài khoản.", en: "The account.")) var account: String
        @Option(help: ArgumentHelp(vi: "Số ngày làm việc của ngân hàng, 0 đến 30.", en: "Bank days, 0 to 30."))
        var days: Int
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await Program.withServices { services, settings in
                let person = try await Program.actor(services, settings)
                try await services.bankCalendar.setExpectedWithin(account: account, days: days, by: person)
            }
            Terminal.answer(
                ["account_number": .string(account), "cut_off_days": .integer(days)],
                asJSON: json,
                Phrase(
                    vi: "Khoản nộp vào \(account) phải có trên sao kê sau \(days) ngày làm việc của ngân hàng.",
                    en: "A payment into \(account) is expected on a statement within \(days) bank day(s)."
                )
            )
        }
    }

    struct Recovery: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đặt điều kiện để dòng sao kê không có thông báo được ghi nhận cho một yêu cầu.",
                en: "Set what a line without a notice needs to settle a request."
            ),
            discussion: String(
                vi: """
                    confirmed   người khác với người nhập sao kê xác nhận (mặc định)
                    automatic   không cần gì: tin tệp của tài khoản này
                    Sao kê gửi bằng khóa có vai trò feed luôn được tin.
                    """,
                en: """
                    confirmed   another person than the one who imported the statement confirms it (the default)
                    automatic   nothing: the account's files are trusted
                    What comes through a key of the role feed is trusted always.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tài khoản.", en: "The account.")) var account: String
        @Argument(help: ArgumentHelp(vi: "automatic hoặc confirmed.", en: "automatic or confirmed."))
        var recovery: AccountTerms.Recovery
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await Program.withServices { services, settings in
                let person = try await Program.actor(services, settings)
                try await services.accountTerms.setRecovery(recovery, account: account, by: person)
            }
            let told =
                switch recovery {
                case .automatic:
                    Phrase(
                        vi: "Dòng sao kê của \(account) được ghi nhận ngay, không cần người khác xác nhận.",
                        en: "Lines of \(account) settle requests at once, without confirmation."
                    )
                case .confirmed:
                    Phrase(
                        vi: "Khoản ghi nhận từ sao kê của \(account) phải được người khác xác nhận.",
                        en: "What is recovered from statements of \(account) must be confirmed by another person."
                    )
                }
            Terminal.answer(
                ["account_number": .string(account), "recovery": .string(recovery.rawValue)],
                asJSON: json,
                told
            )
        }
    }

    struct Calendar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thay lịch những ngày ngân hàng không hạch toán.",
                en: "Replace the calendar of days on which banks do not book."
            ),
            discussion: String(
                vi: """
                    Tệp CSV có các cột day và name. Ngày viết YYYY-MM-DD, hoặc saturday cho mọi thứ bảy. Không có lịch thì mọi ngày
                    đều là ngày làm việc của ngân hàng.
                    """,
                en: """
                    A CSV file with the columns day and name. A day is YYYY-MM-DD, or saturday for every Saturday. Without a calendar
                    every day is a bank day.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tệp CSV.", en: "The CSV file.")) var file: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ServiceError(.invalidParameter, at: "file", .unreadableFile(file))
            }
            let count = try await Program.withServices { services, settings in
                try await services.bankCalendar.importFile(
                    Array(data),
                    by: try await Program.actor(services, settings)
                )
            }
            Terminal.answer(
                ["days": .integer(count)],
                asJSON: json,
                Phrase(
                    vi: "Lịch có \(count) ngày ngân hàng không hạch toán.",
                    en: "The calendar has \(count) closed day(s)."
                )
            )
        }
    }
}
