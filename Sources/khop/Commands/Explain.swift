import ArgumentParser
import Collection
import Values

struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Vì sao ngân hàng và sổ của một tài khoản khác nhau vào một ngày, giải thích về 0.",
            en: "Why bank and books of an account differ on a day, explained down to 0."
        ),
        discussion: String(
            vi: """
                Số dư ngân hàng trừ số dư sổ cuối ngày, thành từng khoản: khoản chưa có trên sao kê, dòng chưa đối soát, sao kê bị
                thiếu, … Các khoản cộng đúng bằng chênh lệch; phần còn lại khác 0 là lỗi của chương trình (mã thoát 1).
                """,
            en: """
                The bank's balance less that of the books at the end of the day, item by item: a payment that is not on a
                statement yet, a line that was not reconciled, a missing statement, … The items add up to the difference; a
                residual other than 0 is a fault of the program (exit code 1).
                """
        )
    )
    @Option(help: ArgumentHelp(vi: "Tài khoản.", en: "The account.")) var account: String
    @Option(
        help: ArgumentHelp(
            vi: "Ngày, DD/MM/YYYY hoặc YYYY-MM-DD; không nêu thì là hôm nay.",
            en: "The day, DD/MM/YYYY or YYYY-MM-DD; today if it is left out."
        )
    ) var day: String?
    @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

    func run() async throws {
        let day = try day.map { try Day(option: "--day", $0) } ?? Instant.now().day
        let explanation = try await Program.withServices { services, _ in
            try await services.explanations.explain(account: account, day: day)
        }
        let answer = explanation.json(in: .ofTerminal)
        Terminal.answer(answer, asJSON: json, text: Explain.describe(answer))
        if answer["residual"] != 0 { throw ExitCode(1) }
    }

    static func describe(_ answer: JSON) -> String {
        var rows = [
            [
                String(vi: "Số dư ngân hàng (theo sao kê)", en: "The bank's balance (by its statements)"),
                Shown.money(answer["bank"]),
            ],
            [String(vi: "Số dư sổ", en: "The balance of the books"), Shown.money(answer["books"])],
            [
                String(vi: "Chênh lệch (ngân hàng trừ sổ sách)", en: "Difference (bank less books)"),
                Shown.money(answer["difference"]),
            ],
        ]
        rows += (answer["items"]?.array ?? []).map { [Shown.text($0["sentence"]), Shown.money($0["amount"])] }
        rows.append([String(vi: "Còn chưa giải thích", en: "Left unexplained"), Shown.money(answer["residual"])])
        let (account, day) = (Shown.text(answer["account_number"]), Shown.day(answer["day"]))
        return String(vi: "Tài khoản \(account), cuối ngày \(day)\n", en: "Account \(account), end of \(day)\n")
            + TerminalTable([.text("khoản", "item"), .number("số tiền", "amount")], rows).text
    }
}
