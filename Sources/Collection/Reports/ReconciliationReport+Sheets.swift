public import Spreadsheets
import Values

/// The minutes as they are printed: of a day that was signed off what was signed, and beside it what has changed since.
extension ReconciliationReport {
    private static let reasons = [
        "awaiting_line": "Chờ sao kê / awaiting its line",
        "missing_at_bank": "Ngân hàng chưa báo có / missing at the bank",
        "shown_later": "Sao kê ngày sau / shown later", "shown_earlier": "Sao kê ngày trước / shown earlier",
        "repeated_line": "Dòng lặp / a line that came twice", "not_reconciled": "Chưa đối soát / not reconciled",
        "statement_gap": "Thiếu sao kê / a statement is missing",
    ]
    private static let balances = [
        ("opening_balance", "Số dư đầu ngày / Opening"), ("closing_balance", "Số dư cuối ngày / Closing"),
        ("stated_closing_balance", "Sao kê ghi / Stated by the bank"), ("books_balance", "Sổ sách / Books"),
        ("difference", "Chênh lệch / Difference"), ("unexplained", "Chưa giải thích / Unexplained"),
    ]

    /// What is shown: the members of ``json``.
    private var shown: JSON { signOff?.report ?? content }

    private func money(_ name: String) -> Sheet.Cell {
        shown[name]?.integer.map { .money(Money($0)) } ?? .empty
    }

    private func list(_ name: String) -> [JSON] { shown[name]?.array ?? [] }

    private static func text(_ value: JSON?) -> String { value?.string ?? value?.integer.map { String($0) } ?? "" }

    private static func amount(_ value: JSON?) -> Sheet.Cell { .money(Money(value?.integer ?? 0)) }

    private static func group(_ group: JSON) -> String {
        (group["direction"]?.string == "credit" ? "Có / Credit" : "Nợ / Debit") + ": " + text(group["outcome"])
    }

    /// By which action a case ended; its state where it has not.
    private static func ended(_ item: JSON) -> String {
        let action = text(item["action"])
        return action.isEmpty ? text(item["state"]) : action
    }

    private static func reason(_ item: JSON) -> String { reasons[text(item["reason"])] ?? text(item["reason"]) }

    private var signature: String {
        signOff.map { "Đã ký / Signed off by \($0.by), \($0.at)" } ?? "Chưa ký / Not signed off"
    }

    private var cases: [(title: String, JSON)] {
        list("cases_opened").map { ("Mở trong ngày / opened", $0) }
            + list("cases_closed").map { ("Đóng trong ngày / closed", $0) }
    }

    /// The tables of the workbook and the terminal.
    public var sheets: [Sheet] {
        let head = [
            "Tài khoản / Account \(accountNumber), ngày / day \(day.formatted)", signature,
            "Lập lúc / As of \(generatedAt)",
        ]
        var sheets = [summary(head), detail(head), caseSheet(head), runSheet(head)]
        if !adjustments.isEmpty { sheets.insert(adjustmentSheet(head), at: 1) }
        return sheets
    }

    private func summary(_ head: [String]) -> Sheet {
        let groups: [[Sheet.Cell]] = list("groups").map { group in
            [
                .text(Self.group(group)), .count(group["count"]?.integer ?? 0), Self.amount(group["amount"]),
            ]
        }
        let rows = Self.balances.map { name, title in [Sheet.Cell.text(title), .empty, money(name)] }
        return Sheet(
            name: "Đối soát",
            title: "Biên bản đối soát / Reconciliation minutes",
            subtitles: head
                + (adjustments.isEmpty ? [] : ["Đã thay đổi sau khi ký / Changed since it was signed off: see below"]),
            columns: [
                .init("item", "Khoản mục", "Item", .text), .init("count", "Số lượng", "Count", .count),
                .init("amount", "Số tiền (₫)", "Amount (₫)", .money),
            ],
            rows: Array(rows.prefix(1)) + groups + rows.dropFirst(),
            footers: [
                "Người lập / Prepared by: ____________________    Kế toán trưởng / Chief accountant: ____________________"
            ]
        )
    }

    private func detail(_ head: [String]) -> Sheet {
        let items = list("items")
        return Sheet(
            name: "Chênh lệch",
            title: "Giải thích chênh lệch / The difference, line by line",
            subtitles: head,
            columns: [
                .init("reason", "Lý do", "Reason", .text), .init("booked_on", "Ngày", "Day", .day),
                .init("amount", "Số tiền (₫)", "Amount (₫)", .money),
                .init("detail", "Giao dịch", "Transaction", .text),
            ],
            rows: items.map { item in
                [
                    .text(Self.reason(item)), Day(Self.text(item["booked_on"])).map { .day($0) } ?? .empty,
                    Self.amount(item["amount"]), .text(Self.text(item["detail"])),
                ]
            },
            total: [
                .text("Tổng / Total"), .empty, .money(Money(items.reduce(0) { $0 + ($1["amount"]?.integer ?? 0) })),
                .empty,
            ]
        )
    }

    private func caseSheet(_ head: [String]) -> Sheet {
        Sheet(
            name: "Hồ sơ xử lý",
            title: "Hồ sơ xử lý mở và đóng trong ngày / Cases opened and closed on the day",
            subtitles: head,
            columns: [
                .init("what", "Việc", "What", .text), .init("id", "Số", "Id", .count),
                .init("kind", "Loại", "Kind", .text),
                .init("amount", "Số tiền (₫)", "Amount (₫)", .money), .init("state", "Trạng thái", "State", .text),
            ],
            rows: cases.map { title, item in
                [
                    .text(title), .count(item["id"]?.integer ?? 0), .text(Self.text(item["kind"])),
                    Self.amount(item["amount"]), .text(Self.ended(item)),
                ]
            }
        )
    }

    private func runSheet(_ head: [String]) -> Sheet {
        Sheet(
            name: "Lần đối soát",
            title: "Các lần đối soát đã gồm ngày này / The runs that covered the day",
            subtitles: head,
            columns: [
                .init("run", "Số", "Run", .count), .init("by", "Người chạy", "Run by", .text),
                .init("through", "Đến ngày", "Through", .day),
            ],
            rows: list("runs").map { run in
                [
                    .count(run["id"]?.integer ?? 0), .text(Self.text(run["started_by"])),
                    Day(Self.text(run["through"])).map { .day($0) } ?? .empty,
                ]
            }
        )
    }

    private func adjustmentSheet(_ head: [String]) -> Sheet {
        Sheet(
            name: "Điều chỉnh",
            title: "Điều chỉnh sau khi ký / Adjustments since the day was signed off",
            subtitles: head,
            columns: [
                .init("what", "Khoản mục", "Item", .text), .init("signed", "Lúc ký (₫)", "Signed (₫)", .money),
                .init("now", "Hiện nay (₫)", "Now (₫)", .money),
            ],
            rows: adjustmentRows
        )
    }

    /// Balances side by side; of lists only what has come, gone or changed.
    private var adjustmentRows: [[Sheet.Cell]] {
        adjustments.flatMap { adjustment -> [[Sheet.Cell]] in
            let name = Self.text(adjustment["member"])
            guard let was = adjustment["signed"]?.array, let now = adjustment["now"]?.array else {
                let title = Self.balances.first { $0.0 == name }?.1 ?? name
                return [[.text(title), Self.amount(adjustment["signed"]), Self.amount(adjustment["now"])]]
            }
            func title(_ item: JSON) -> String {
                name == "groups" ? Self.group(item) : "\(Self.reason(item)) \(Self.text(item["detail"]))"
            }
            return was.filter { !now.contains($0) }.map { [.text(title($0)), Self.amount($0["amount"]), .empty] }
                + now.filter { !was.contains($0) }.map { [.text(title($0)), .empty, Self.amount($0["amount"])] }
        }
    }

    /// The whole of the minutes as one table, for CSV.
    public var flatSheet: Sheet {
        var rows: [[Sheet.Cell]] = []
        func add(
            _ section: String,
            _ item: String,
            _ day: Day? = nil,
            _ count: Int64? = nil,
            _ amount: Sheet.Cell = .empty,
            _ detail: String = ""
        ) {
            rows.append([
                .text(section), .text(item), day.map { .day($0) } ?? .empty, count.map { .count($0) } ?? .empty, amount,
                .text(detail),
            ])
        }
        add("minutes", "account", day, nil, .empty, accountNumber)
        add("minutes", "signed_off", nil, nil, .empty, signOff.map { "\($0.by) \($0.at)" } ?? "")
        add("minutes", "generated", nil, nil, .empty, "\(generatedAt)")
        for (name, _) in Self.balances { add("balance", name, day, nil, money(name)) }
        for group in list("groups") {
            let item = Self.text(group["direction"]) + "_" + Self.text(group["outcome"])
            add("lines", item, day, group["count"]?.integer, Self.amount(group["amount"]))
        }
        for item in list("items") {
            let day = Day(Self.text(item["booked_on"]))
            add(
                "difference",
                Self.text(item["reason"]),
                day,
                nil,
                Self.amount(item["amount"]),
                Self.text(item["detail"])
            )
        }
        for (section, name) in [("case_opened", "cases_opened"), ("case_closed", "cases_closed")] {
            for item in list(name) {
                let detail = "case \(Self.text(item["id"])), \(Self.ended(item))"
                add(section, Self.text(item["kind"]), nil, nil, Self.amount(item["amount"]), detail)
            }
        }
        for run in list("runs") {
            let through = Day(Self.text(run["through"]))
            add("run", Self.text(run["started_by"]), through, nil, .empty, "run \(Self.text(run["id"]))")
        }
        for row in adjustmentRows {
            let now = row[2] == .empty ? "gone" : "now \(row[2].plain)"
            add("adjustment", row[0].plain, nil, nil, row[1], now)
        }
        return Sheet(
            name: "Đối soát",
            title: "",
            subtitles: [],
            columns: [
                .init("section", "", "", .text), .init("item", "", "", .text), .init("day", "", "", .day),
                .init("count", "", "", .count), .init("amount", "", "", .money), .init("detail", "", "", .text),
            ],
            rows: rows
        )
    }
}
