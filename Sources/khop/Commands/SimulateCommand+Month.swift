import ArgumentParser
import Collection
import Server
import Values

extension SimulateCommand {
    /// A month in which everything goes wrong, held against what was planted; run by ops/month.
    struct Month: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "month",
            abstract: String(
                vi: "Sống qua một tháng có đủ mọi lỗi của ngân hàng và nền tảng, và kiểm tra từng lỗi có tên.",
                en: "Live through a month with every fault of banks and platform, and check that each was named."
            ),
            discussion: String(
                vi: """
                    Chỉ trên bản cài thử mới, do ops/month dựng: thời gian của tháng nằm trong --clock. Kết thúc bằng 1 nếu có lỗi nào không
                    được gọi tên, hoặc ngày nào của tài khoản nào không giải thích được đến 0. Cùng --seed thì cùng một tháng.
                    """,
                en: """
                    On a new trial installation alone, which ops/month makes: the month's time is in --clock. It ends with 1 if a fault was
                    not named, or a day of an account is not explained down to 0. The same --seed is the same month.
                    """
            )
        )
        @Option(help: ArgumentHelp(vi: "Tệp đồng hồ của ops/month.", en: "The clock of ops/month.")) var clock: String
        @Option(help: ArgumentHelp(vi: "Số tài khoản (1–100).", en: "How many accounts (1–100).")) var accounts = 20
        @Option(help: ArgumentHelp(vi: "Số ngày (1–31).", en: "How many days (1–31).")) var days = 30
        @Option(help: ArgumentHelp(vi: "Số khoản nộp (1–1000000).", en: "How many payments (1–1000000)."))
        var payments = 200_000
        @Option(
            help: ArgumentHelp(
                vi: "Mỗi ngày bao nhiêu khoản qua nền tảng quốc gia (0–500).",
                en: "So many payments a day by the national platform (0–500)."
            )
        )
        var platformPayments = 20
        @Option(help: ArgumentHelp(vi: "Hạt giống ngẫu nhiên.", en: "The seed.")) var seed: UInt64 = 1
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func validate() throws {
            guard (1...100).contains(accounts), (1...31).contains(days), (1...1_000_000).contains(payments),
                (0...500).contains(platformPayments)
            else {
                throw ValidationError(
                    String(
                        vi: "--accounts 1–100, --days 1–31, --payments 1–1000000, --platform-payments 0–500",
                        en: "--accounts is 1–100, --days 1–31, --payments 1–1000000, --platform-payments 0–500"
                    )
                )
            }
        }

        func run() async throws {
            let report = try await Program.withServices { services, settings in
                guard Development.isMeant(byPublicURL: settings.publicURL), settings.mode == .test else {
                    throw Month.notForReal
                }
                let clock = try SimulatedClock(path: self.clock)
                var options = SimulatedMonth.Options(url: settings.publicURL)
                (options.accounts, options.days, options.payments) = (accounts, days, payments)
                (options.seed, options.platformPayments) = (seed, platformPayments)
                let month = SimulatedMonth(services, clock: clock, options, today: try clock.realDay()) {
                    Terminal.say($0)
                }
                return try await month.live()
            }
            Terminal.answer(report.json, asJSON: json, text: MonthText(report).text)
            if !report.isClean { throw ExitCode(1) }
        }

        private static let notForReal = ServiceError(
            .forbidden,
            Phrase(
                vi: "Chỉ trên bản cài thử (KHOP_MODE=test) mà KHOP_PUBLIC_URL là máy này: dùng ops/month.",
                en: "On a test installation alone (KHOP_MODE=test, KHOP_PUBLIC_URL of this machine): use ops/month."
            )
        )
    }
}
