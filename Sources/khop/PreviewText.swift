import Collection
import Values
import Workflow

/// The preview of a statement as people read it.
enum PreviewText {
    /// How many lines of an outcome are shown; the JSON document has more.
    private static let shownOfEach = 5

    static func describe(_ answer: JSON) -> String {
        head(answer)
            + Shown.section(Phrase(vi: "Lỗi của tệp", en: "Faults of the file"), faults(answer))
            + Shown.section(Phrase(vi: "Sẽ thành", en: "What would become of it"), outcomes(answer))
            + samples(answer)
            + String(vi: "\nChưa lưu gì.\n", en: "\nNothing was stored.\n")
    }

    private static func head(_ answer: JSON) -> String {
        let (period, account) = (answer["period"], Shown.text(answer["account_number"]))
        let days = [period?["first_day"], period?["last_day"]].map { Shown.day($0) }
        let title = String(
            vi: "Xem trước sao kê, tài khoản \(account)\n",
            en: "Preview of a statement, account \(account)\n"
        )
        let imported = answer["statement_id"]?.integer.map { id in
            String(vi: "đúng tệp này đã được nhập: sao kê số \(id)", en: "this very file was imported: statement \(id)")
        }
        return title
            + Shown.list([
                (Phrase(vi: "Định dạng", en: "Format"), Shown.text(answer["format"])),
                (Phrase(vi: "Ngân hàng", en: "Bank"), Shown.text(answer["bank"])),
                (
                    Phrase(vi: "Kỳ", en: "Period"),
                    days[0].isEmpty ? "" : String(vi: "\(days[0]) đến \(days[1])", en: "\(days[0]) to \(days[1])")
                ),
                (Phrase(vi: "Số dư đầu kỳ", en: "Opening balance"), Shown.money(answer["opening_balance"])),
                (Phrase(vi: "Số dư cuối kỳ", en: "Closing balance"), Shown.money(answer["closing_balance"])),
                (Phrase(vi: "Nối tiếp", en: "Continuity"), Shown.text(answer["continuity"]?["sentence"])),
                (Phrase(vi: "Số dòng", en: "Lines"), lines(answer)),
                (Phrase(vi: "Đã nhập", en: "Imported"), imported ?? ""),
                (
                    Phrase(vi: "Ghi chú", en: "Notes"),
                    (answer["notes"]?.array ?? []).map { Shown.text($0) }.joined(separator: "\n")
                ),
            ])
    }

    private static func lines(_ answer: JSON) -> String {
        guard let all = answer["lines"]?.integer else { return "" }
        guard let new = answer["new"]?.integer, let known = answer["known"]?.integer else {
            return String(vi: "\(all) dòng đọc được", en: "\(all) that could be read")
        }
        return String(
            vi: "\(all): \(new) dòng mới, \(known) dòng đã có từ sao kê trước",
            en: "\(all): \(new) new, \(known) known from statements before"
        )
    }

    private static func faults(_ answer: JSON) -> String {
        let rows = (answer["faults"]?.array ?? []).map { fault in
            [
                fault["line"]?.integer.map { String($0) } ?? "", Shown.text(fault["column"]),
                Shown.text(fault["reason"]),
            ]
        }
        guard !rows.isEmpty else { return "" }
        let more = answer["has_more_faults"] == true ? String(vi: "… và còn nữa\n", en: "… and more\n") : ""
        return TerminalTable([.number("dòng", "line"), .text("cột", "column"), .text("lỗi", "fault")], rows).text + more
    }

    private static func outcomes(_ answer: JSON) -> String {
        var counts = answer["outcomes"]?.members ?? []
        guard !counts.isEmpty else { return "" }
        counts.append(.init("awaiting_confirmation", answer["awaiting_confirmation"] ?? 0))
        let rows = counts.map { member in
            [Vocabulary.outcome[member.name][.ofTerminal], String(member.value.integer ?? 0)]
        }
        return TerminalTable([.text("kết quả", "outcome"), .number("số dòng", "lines")], rows).text
    }

    private static func samples(_ answer: JSON) -> String {
        let columns: [TerminalTable.Column] = [
            .number("dòng", "line"), .number("số tiền", "amount"), .text("vì sao", "why"), .text("nội dung", "memo"),
        ]
        return (answer["samples"]?.members ?? []).map { member in
            let items = member.value.array ?? []
            let rows = items.prefix(shownOfEach).map { item in
                [
                    item["line"]?.integer.map { String($0) } ?? "", Shown.money(item["amount"]),
                    Shown.text(item["sentence"]), Shown.text(item["memo"]),
                ]
            }
            let others = Int(answer["outcomes"]?[member.name]?.integer ?? 0) - rows.count
            let rest = others > 0 ? String(vi: "… và \(others) dòng khác\n", en: "… and \(others) more\n") : ""
            return Shown.section(Vocabulary.outcome[member.name], TerminalTable(columns, Array(rows)).text + rest)
        }.joined()
    }
}
