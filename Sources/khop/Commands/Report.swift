import ArgumentParser
import Collection
import Identity
import Server
import Spreadsheets
import Values
import Workflow

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Báo cáo của tỉnh: tỷ lệ, số thu, miễn giảm, điểm theo Quyết định 766.",
            en: "Reports: rates, collections, discounts, the points of Decision 766."
        ),
        subcommands: [
            NonCash.self, Payments.self, Hours.self, Scores.self, Collections.self, Discounts.self, Exemptions.self,
            ReconciliationRecord.self,
        ]
    )

    struct NonCash: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "non-cash",
            abstract: String(
                vi: "Tỷ lệ thanh toán không dùng tiền mặt: theo địa bàn, thủ tục, lĩnh vực hoặc kênh.",
                en: "The share of requests paid without cash: by locality, procedure, field or channel."
            )
        )
        @OptionGroup var period: PeriodOptions
        @OptionGroup var area: AreaOptions
        @Option(
            help: ArgumentHelp(
                vi: "locality, procedure, field hoặc channel.",
                en: "locality, procedure, field or channel."
            )
        ) var by: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let question = try area.question(period, by: by)
            let report = try await Program.withServices { services, _ in try await services.reports.nonCash(question) }
            try output.write(report.json, [report.sheet])
        }
    }

    struct Payments: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Các khoản nộp mà một ô của báo cáo không dùng tiền mặt tính đến.",
                en: "The payments counted in a cell of the non-cash report."
            )
        )
        @OptionGroup var period: PeriodOptions
        @OptionGroup var area: AreaOptions
        @Option(
            help: ArgumentHelp(
                vi: "locality, procedure, field hoặc channel.",
                en: "locality, procedure, field or channel."
            )
        ) var by: String?
        @Option(
            help: ArgumentHelp(vi: "Mã của dòng; bỏ trống là dòng tổng.", en: "The row's code; the total if left out.")
        ) var row: String?
        @Option(help: ArgumentHelp(vi: "paid, non_cash, online hoặc cash.", en: "paid, non_cash, online or cash."))
        var counted = "paid"
        @OptionGroup var paging: PageOptions
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            guard let counted = NonCashPayments.Counted(rawValue: counted) else {
                throw ServiceError(.invalidParameter, at: "--counted", .oneOf(["paid", "non_cash", "online", "cash"]))
            }
            let cell = NonCashPayments.Cell(
                question: try area.question(period, by: by),
                row: row,
                rowValidFrom: nil,
                counted: counted,
                limit: paging.limit,
                after: try paging.after.map { try NonCashPayments.Cursor($0) }
            )
            let query = Disclosure.query([
                "period": period.period, "from": period.from, "to": period.to, "by": by, "row": row,
                "counted": counted.rawValue,
            ])
            let (page, sight) = try await Program.showing { services, settings in
                let sight = try await unmasking.sight(services, settings, "report payments")
                let page = try await services.reports.payments(cell)
                return ((page, sight), Disclosure(.payments, count: page.items.count, query: query))
            }
            let rows = page.items.map { item in
                [Shown.day(item["paid_on"])]
                    + ["reference", "dossier_code", "agency_code", "procedure_code"].map { item[$0]?.string ?? "" }
                    + [Vocabulary.channel[item["channel"]?.string ?? ""][.ofTerminal]]
                    + [Money(item["amount_due"]?.integer ?? 0).grouped]
            }
            Terminal.answer(
                sight.shown(page.json),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("ngày nộp", "paid on"), .text("mã thanh toán", "reference"), .text("hồ sơ", "dossier"),
                        .text("cơ quan", "agency"), .text("thủ tục", "procedure"), .text("kênh", "channel"),
                        .number("số tiền (₫)", "amount (₫)"),
                    ],
                    rows
                ).text
                    + String(
                        vi: "\(page.count) khoản nộp, tổng \(page.amount.formatted)\n",
                        en: "\(page.count) payment(s), \(page.amount.formatted(in: .english)) in all\n"
                    )
                    + (page.next.map { String(vi: "Trang sau: ", en: "The next page: ") + "--after \($0)\n" } ?? "")
            )
        }
    }

    struct Scores: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decision766",
            abstract: String(
                vi: "Ba chỉ số thanh toán trực tuyến theo Quyết định 766/QĐ-TTg, và cách nâng điểm.",
                en: "The three online payment indicators of Decision 766/QĐ-TTg, and how to raise them."
            )
        )
        @OptionGroup var period: PeriodOptions
        @OptionGroup var area: AreaOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let question = try area.question(period, by: nil)
            let report = try await Program.withServices { services, _ in
                try await services.reports.decision766(question)
            }
            try output.write(report.json, report.sheets)
        }
    }

    struct Collections: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Số thu theo khoản thu, mã nội dung kinh tế, cơ quan, và số phải nộp ngân sách.",
                en: "What was collected by fee, budget code and agency, and what is owed to the budget."
            )
        )
        @OptionGroup var period: PeriodOptions
        @Option(
            help: ArgumentHelp(
                vi: "Mã địa bàn: gồm cả các đơn vị trực thuộc.",
                en: "A locality's code: it and the units below it."
            )
        ) var locality: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let asked = try period.days
            let report = try await Program.withServices { services, _ in
                try await services.reports.collections(asked, locality: locality)
            }
            try output.write(report.json, [report.sheet])
        }
    }

    struct ReconciliationRecord: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reconciliation",
            abstract: String(
                vi: "Biên bản đối soát một ngày của tài khoản, và ký biên bản.",
                en: "The reconciliation record of an account's day, and signing it off."
            ),
            discussion: String(
                vi: """
                    Số dư đầu và cuối ngày, các dòng sao kê theo kết quả, sổ so với ngân hàng, và chênh lệch được giải thích từng
                    khoản. Ngày đã ký giữ nguyên như khi ký; thay đổi sau đó hiện thành điều chỉnh. Ngày chưa đến thì không ký
                    được; còn khoản chưa xong thì phải nói rõ bằng --with-open-items.
                    """,
                en: """
                    Opening and closing balance, the day's lines by outcome, books against bank, and the difference explained
                    item by item. A day that was signed off stays as it was signed; what changes later shows as an adjustment.
                    A day that has not come cannot be signed off, and what is still open must be acknowledged
                    (--with-open-items).
                    """
            )
        )
        @Option(help: ArgumentHelp(vi: "Tài khoản.", en: "The account.")) var account: String
        @Option(help: ArgumentHelp(vi: "Ngày, DD/MM/YYYY hoặc YYYY-MM-DD.", en: "The day, DD/MM/YYYY or YYYY-MM-DD."))
        var day: String
        @Flag(help: ArgumentHelp(vi: "Ký ngày này như hiện có.", en: "Sign the day off as it stands.")) var signOff =
            false
        @Flag(
            help: ArgumentHelp(
                vi: "Ký lần hai, bởi người khác với người ký thứ nhất.",
                en: "Sign for the second time, as another person than the first."
            )
        ) var countersign = false
        @Option(
            help: ArgumentHelp(
                vi: "Vẫn ký dù còn khoản chưa xong: ghi chú vì sao; lưu cùng biên bản.",
                en: "Sign although items are open: a note that says why, kept with the record."
            )
        ) var withOpenItems: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let day = try Day(option: "--day", day)
            guard !(signOff && countersign) else {
                throw ValidationError(
                    String(
                        vi: "--sign-off và --countersign là chữ ký của hai người: chọn một.",
                        en: "--sign-off and --countersign are the signatures of two persons: choose one."
                    )
                )
            }
            let report =
                signOff || countersign
                ? try await Program.withPerson(.signOffReconciliation, account: account) { services, acting in
                    let person = acting.person
                    let note = withOpenItems
                    guard countersign else {
                        return try await services.reports.signOff(
                            account: account,
                            day: day,
                            by: person,
                            acknowledging: note
                        )
                    }
                    return try await services.reports.countersign(account: account, day: day, by: person, note: note)
                }
                : try await Program.withServices { services, _ in
                    try await services.reports.reconciliation(account: account, day: day)
                }
            let agency = try await Settings.load().installation.name?.vietnamese
            try output.write(report.json, report.sheets, csv: report.flatSheet) {
                try report.pdf(of: agency)
            }
        }
    }

    struct Discounts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Số tiền của từng khoản miễn, giảm.", en: "What each reduction and discount cost.")
        )
        @OptionGroup var period: PeriodOptions
        @Option(
            help: ArgumentHelp(
                vi: "Mã địa bàn: gồm cả các đơn vị trực thuộc.",
                en: "A locality's code: it and the units below it."
            )
        ) var locality: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let asked = try period.days
            let report = try await Program.withServices { services, _ in
                try await services.reports.discounts(asked, locality: locality)
            }
            try output.write(report.json, [report.sheet])
        }
    }
}

extension Report {
    struct Exemptions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Hồ sơ được miễn còn 0 đồng, theo địa bàn và căn cứ pháp lý; không tính vào tỷ lệ nào.",
                en: "Requests whose price was reduced to 0 đồng, by locality and legal basis; they count in no rate."
            )
        )
        @OptionGroup var period: PeriodOptions
        @OptionGroup var area: AreaOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let question = try area.question(period, by: nil)
            let report = try await Program.withServices { services, _ in
                try await services.reports.exemptions(question)
            }
            try output.write(report.json, [report.sheet])
        }
    }

    struct Hours: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Người dân nộp tiền vào giờ nào, ngày nào trong tuần, theo giờ Việt Nam.",
                en: "At which hours of which weekdays people pay, by the time in Vietnam."
            )
        )
        @OptionGroup var period: PeriodOptions
        @OptionGroup var area: AreaOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let question = try area.question(period, by: nil)
            let report = try await Program.withServices { services, _ in try await services.reports.hours(question) }
            try output.write(report.json, [report.sheet])
        }
    }
}
