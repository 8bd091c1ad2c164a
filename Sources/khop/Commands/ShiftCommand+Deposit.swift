import ArgumentParser
import Collection
import Identity
import Values

extension ShiftCommand {
    struct Deposit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ghi nhận tiền của các ca đã đóng được nộp vào ngân hàng.",
                en: "Enter that the cash of closed shifts was carried to the bank."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Các số ca.", en: "The numbers of the shifts.")) var ids: [Int64]
        @Option(help: ArgumentHelp(vi: "Số tiền trên giấy nộp tiền.", en: "The amount on the bank's slip."))
        var amount: String
        @Option(help: ArgumentHelp(vi: "Số giấy nộp tiền.", en: "The number on the bank's slip.")) var slip: String
        @Option(help: ArgumentHelp(vi: "Ngày nộp; bỏ trống là hôm nay.", en: "The day; today if left out."))
        var day: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let amount = try Money(option: "--amount", amount)
            let day = try day.map { try Day(option: "--day", $0) } ?? Instant.now().day
            let made = try await Program.withPerson(.workShift) { services, acting in
                try await services.shifts.deposit(
                    ids,
                    amount: amount,
                    slipNumber: slip,
                    on: day,
                    by: acting.person,
                    within: acting.agencies
                )
            }
            Terminal.answer(made.json, asJSON: json, text: ShiftCommand.text(made))
        }
    }

    struct Deposits: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Các khoản nộp ngân hàng.", en: "The deposits of cash.")
        )
        @Option(help: ArgumentHelp(vi: "Bao nhiêu (1–500).", en: "How many (1–500).")) var limit = 50
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let found = try await Program.withServices { services, _ in
                try await services.shifts.deposits(within: nil, limit: limit)
            }
            Terminal.answer(
                .array(found.map(\.json)),
                asJSON: json,
                text: found.map(ShiftCommand.text).joined(separator: "\n")
            )
        }
    }

    static func text(_ deposit: CashDeposit) -> String {
        let shown =
            deposit.shownAt.map { String(vi: "thấy trên sao kê ", en: "shown ") + $0.formatted }
            ?? String(vi: "chờ sao kê", en: "awaits its line")
        return [
            String(deposit.id), deposit.agencyCode, deposit.depositedOn.formatted,
            deposit.amount.formatted(in: .ofTerminal), deposit.slipNumber, shown,
        ].joined(separator: "  ")
    }
}
