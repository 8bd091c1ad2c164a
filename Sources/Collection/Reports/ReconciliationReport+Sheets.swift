public import Spreadsheets
import Values
import Workflow

/// The reconciliation record as it is printed: for a signed day, the record as it was signed, and what has changed
/// since.
extension ReconciliationReport {
    /// The direction is the record's: the explanation of a day goes from the bank's side.
    static let differenceTitle = Phrase(
        vi: "Chênh lệch (sổ sách trừ ngân hàng)",
        en: "Difference (books less bank)"
    )

    static let balances: [(String, Phrase)] = [
        ("opening_balance", Phrase(vi: "Số dư đầu ngày", en: "Opening balance")),
        ("closing_balance", Phrase(vi: "Số dư cuối ngày", en: "Closing balance")),
        ("stated_closing_balance", Phrase(vi: "Sao kê ghi", en: "Stated by the bank")),
        ("books_balance", Phrase(vi: "Sổ sách", en: "Books")),
        ("difference", differenceTitle),
        ("unexplained", Phrase(vi: "Chưa giải thích", en: "Unexplained")),
    ]

    /// What is shown: the members of ``json``.
    var shown: JSON { signOff?.report ?? content }

    private func money(_ name: String) -> Sheet.Cell {
        shown[name]?.integer.map { .money(Money($0)) } ?? .empty
    }

    func list(_ name: String) -> [JSON] { shown[name]?.array ?? [] }

    static func text(_ value: JSON?) -> String { value?.string ?? value?.integer.map { String($0) } ?? "" }

    private static func amount(_ value: JSON?) -> Sheet.Cell { .money(Money(value?.integer ?? 0)) }

    static func group(_ group: JSON) -> Phrase {
        let outcome = Vocabulary.outcome[text(group["outcome"])]
        return group["direction"]?.string == "credit"
            ? Phrase(vi: "Có: \(outcome[.vietnamese])", en: "Credit: \(outcome[.english])")
            : Phrase(vi: "Nợ: \(outcome[.vietnamese])", en: "Debit: \(outcome[.english])")
    }

    /// The action that ended a case; its state if it has not ended.
    private static func ended(_ item: JSON) -> String {
        let action = text(item["action"])
        return action.isEmpty ? text(item["state"]) : action
    }

    static func endedWords(_ item: JSON) -> Phrase {
        let action = text(item["action"])
        return action.isEmpty ? Vocabulary.caseState[text(item["state"])] : Vocabulary.caseAction[action]
    }

    static func reason(_ item: JSON) -> Phrase { Vocabulary.difference[text(item["reason"])] }

    private var signature: Phrase {
        signOff.map {
            Phrase(vi: "Đã ký: \($0.by), \($0.at.formatted)", en: "Signed off by \($0.by), \($0.at.formatted)")
        } ?? Phrase(vi: "Chưa ký", en: "Not signed off")
    }

    private var secondSignature: Phrase? {
        countersigned.map {
            Phrase(
                vi: "Ký lần hai: \($0.by), \($0.at.formatted)",
                en: "Countersigned by \($0.by), \($0.at.formatted)"
            )
        }
    }

    var cases: [(title: Phrase, JSON)] {
        list("cases_opened").map { (Phrase(vi: "mở trong ngày", en: "opened"), $0) }
            + list("cases_closed").map { (Phrase(vi: "đóng trong ngày", en: "closed"), $0) }
    }

    /// The tables of the workbook and the terminal: the record, which is signed, and what belongs to it.
    public var sheets: [Sheet] {
        let about = Phrase(
            vi: "Tài khoản \(accountNumber), ngày \(day.formatted)",
            en: "Account \(accountNumber), day \(day.formatted)"
        )
        let head =
            [about, signature] + [secondSignature].compactMap { $0 } + [.asOf(generatedAt)]
            + list("warnings").compactMap { Reason(stored: $0)?.phrase }
        var more = [detail([about]), caseSheet([about]), runSheet([about])]
        if !adjustments.isEmpty { more.insert(adjustmentSheet([about]), at: 0) }
        return [summary(head)] + more
    }

    private func summary(_ head: [Phrase]) -> Sheet {
        let groups: [[Sheet.Cell]] = list("groups").map { group in
            [
                .words(Self.group(group)), .count(group["count"]?.integer ?? 0), Self.amount(group["amount"]),
            ]
        }
        let rows = Self.balances.map { name, title in [Sheet.Cell.words(title), .empty, money(name)] }
        var sheet = Sheet(
            name: "Đối soát",
            title: Phrase(vi: "Biên bản đối soát", en: "Reconciliation record"),
            subtitles: head
                + (adjustments.isEmpty
                    ? []
                    : [
                        Phrase(
                            vi: "Đã thay đổi sau khi ký: xem bên dưới",
                            en: "Changed since it was signed off: see below"
                        )
                    ]),
            columns: [
                .init("item", "Khoản mục", "Item", .text), .init("count", "Số lượng", "Count", .count),
                .init("amount", "Số tiền (₫)", "Amount (₫)", .money),
            ],
            rows: Array(rows.prefix(1)) + groups + rows.dropFirst()
        )
        sheet.issuer = accountName.isEmpty ? accountNumber : accountName
        sheet.signers = [
            .init("Người lập", "Prepared by", name: signOff?.by),
            .init("Kế toán trưởng", "Chief accountant", name: countersigned?.by),
        ]
        return sheet
    }

    private func detail(_ head: [Phrase]) -> Sheet {
        let items = list("items")
        return Sheet(
            name: "Chênh lệch",
            title: Phrase(
                vi: "Giải thích chênh lệch (sổ sách trừ ngân hàng)",
                en: "The difference (books less bank), item by item"
            ),
            subtitles: head,
            columns: [
                .init("reason", "Lý do", "Reason", .text), .init("booked_on", "Ngày", "Day", .day),
                .init("amount", "Số tiền (₫)", "Amount (₫)", .money),
                .init("detail", "Giao dịch", "Transaction", .text),
            ],
            rows: items.map { item in
                [
                    .words(Self.reason(item)), Day(Self.text(item["booked_on"])).map { .day($0) } ?? .empty,
                    Self.amount(item["amount"]), .text(Self.text(item["detail"])),
                ]
            },
            total: [
                .words(.total), .empty, .money(Money(items.reduce(0) { $0 + ($1["amount"]?.integer ?? 0) })),
                .empty,
            ]
        )
    }

    /// A case may have ended since: its state is that of the signature, or of the day of printing.
    var stateTitle: Phrase {
        signOff == nil
            ? Phrase(vi: "Trạng thái lúc in", en: "State when printed")
            : Phrase(vi: "Trạng thái lúc ký", en: "State when signed")
    }

    private func caseSheet(_ head: [Phrase]) -> Sheet {
        Sheet(
            name: "Vụ việc",
            title: Phrase(vi: "Vụ việc mở và đóng trong ngày", en: "Cases opened and closed on the day"),
            subtitles: head,
            columns: [
                .init("what", "Việc", "What", .text), .init("id", "Số", "Id", .ordinal),
                .init("kind", "Loại", "Kind", .text),
                .init("amount", "Số tiền (₫)", "Amount (₫)", .money),
                .init("state", stateTitle[.vietnamese], stateTitle[.english], .text),
            ],
            rows: cases.map { title, item in
                [
                    .words(title), .ordinal(item["id"]?.integer ?? 0),
                    .words(Vocabulary.caseKind[Self.text(item["kind"])]),
                    Self.amount(item["amount"]), .words(Self.endedWords(item)),
                ]
            }
        )
    }

    private func runSheet(_ head: [Phrase]) -> Sheet {
        Sheet(
            name: "Lần đối soát",
            title: Phrase(vi: "Các lần đối soát đã gồm ngày này", en: "The runs that covered the day"),
            subtitles: head,
            columns: [
                .init("run", "Số", "Run", .ordinal), .init("by", "Người chạy", "Run by", .text),
                .init("through", "Đến ngày", "Through", .day),
            ],
            rows: list("runs").map { run in
                [
                    .ordinal(run["id"]?.integer ?? 0), .text(Self.text(run["started_by"])),
                    Day(Self.text(run["through"])).map { .day($0) } ?? .empty,
                ]
            }
        )
    }

    private func adjustmentSheet(_ head: [Phrase]) -> Sheet {
        Sheet(
            name: "Điều chỉnh",
            title: Phrase(vi: "Điều chỉnh sau khi ký", en: "Adjustments since the day was signed off"),
            subtitles: head,
            columns: [
                .init("what", "Khoản mục", "Item", .text), .init("signed", "Lúc ký (₫)", "Signed (₫)", .money),
                .init("now", "Hiện nay (₫)", "Now (₫)", .money),
            ],
            rows: adjustmentRows
        )
    }

    /// What was and what is, side by side.
    var adjustmentRows: [[Sheet.Cell]] {
        changesSinceSigned.map { change in
            [
                .words(change.title), change.was.map { .money($0) } ?? .empty, change.now.map { .money($0) } ?? .empty,
            ]
        }
    }

    /// The whole record as one table, for CSV.
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
        for warning in list("warnings").compactMap({ Reason(stored: $0) }) {
            add("warning", warning.code.rawValue, nil, nil, .empty, warning.sentence(in: .english))
        }
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
            title: Phrase(same: ""),
            subtitles: [],
            columns: [
                .init("section", "", "", .text), .init("item", "", "", .text), .init("day", "", "", .day),
                .init("count", "", "", .count), .init("amount", "", "", .money), .init("detail", "", "", .text),
            ],
            rows: rows
        )
    }
}
