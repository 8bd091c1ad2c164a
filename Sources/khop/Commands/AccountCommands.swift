import ArgumentParser
import Collection
import Foundation
import Values

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: String(
            vi: "Cách đọc sao kê của tài khoản: hạn báo có và ngày làm việc của ngân hàng.",
            en: "Settings for an account's statements: expected-by days and bank days."
        ),
        subcommands: [CutOff.self, Calendar.self]
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
            try await Program.withServices { services, _ in
                try await services.bankCalendar.setCutOff(account: account, days: days, by: Terminal.user)
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
            let count = try await Program.withServices { services, _ in
                try await services.bankCalendar.importFile(Array(data))
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
