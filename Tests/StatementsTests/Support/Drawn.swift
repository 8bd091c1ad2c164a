import Statements
import TestSupport
import Values

/// A statement drawn at random, and how each format prints it.
struct Drawn {
    let opening: Money
    let closing: Money
    let lines: [StatementLine]

    init(_ random: inout Seeded, atLeast least: Int = 0) {
        var balance = Money(Int64.random(in: 0...1_000_000_000, using: &random))
        opening = balance
        var time = Instant("2026-01-05T00:00:00+07:00")!
        var lines: [StatementLine] = []
        let words = ["RF18ABCD0123EFGH", "nộp lệ phí", "hồ sơ \"H62\"", "a, b; c", "Đỗ Thị Ánh", "<&>", "000.00.00"]
        for number in 0..<Int.random(in: least...12, using: &random) {
            time = time.adding(seconds: Int64.random(in: 1...200_000, using: &random))
            var amount = Money(Int64.random(in: 1...5_000_000, using: &random))
            if Int.random(in: 0..<4, using: &random) == 0 { amount = -amount }
            balance += amount
            let memo = (0..<Int.random(in: 1...4, using: &random)).map { _ in words.randomElement(using: &random)! }
            lines.append(
                StatementLine(
                    lineNumber: number + 2,
                    transactionID: "FT\(1000 + number)",
                    bookedAt: time,
                    valueDate: time.day,
                    amount: amount,
                    counterpartyName: "NGUYỄN VĂN A",
                    counterpartyAccount: "0021000\(number)",
                    memo: memo.joined(separator: " "),
                    balance: balance
                )
            )
        }
        self.lines = lines
        closing = balance
    }

    func csv() -> [UInt8] {
        var text = "\u{FEFF}" + DefaultCSVReader.columns.joined(separator: ",") + "\r\n"
        for line in lines {
            text +=
                CSV.line([
                    line.transactionID!, line.bookedAt.description, line.valueDate!.description,
                    line.amount.description, "VND",
                    line.counterpartyName!, line.counterpartyAccount!, line.memo!, line.balance!.description,
                ]) + "\r\n"
        }
        return Array(text.utf8)
    }

    private static func mt940Date(_ day: Day) -> String {
        day.description.replacing("-", with: "").dropFirst(2).description
    }

    private static func balance(_ balance: Money, _ day: Day) -> String {
        (balance < .zero ? "D" : "C") + mt940Date(day) + "VND\(balance < .zero ? -balance : balance),"
    }

    func mt940() -> String {
        var text = "{1:F01BANKVNVXAXXX0000000000}{4:\r\n:20:X\r\n:25:0011000\r\n:28C:1/1\r\n"
        text += ":60F:" + Self.balance(opening, Day("2026-01-05")!) + "\r\n"
        for line in lines {
            let isCredit = line.amount > .zero
            text += ":61:" + Self.mt940Date(line.valueDate!) + Self.mt940Date(line.bookedAt.day).dropFirst(2)
            text +=
                "\(isCredit ? "C" : "D")\(isCredit ? line.amount : -line.amount),NTRFNONREF//\(line.transactionID!)\r\n"
            text += ":86:\(line.memo!)\r\n"
        }
        return text + ":62F:" + Self.balance(closing, lines.last?.bookedAt.day ?? Day("2026-01-05")!) + "\r\n-}\r\n"
    }

    func camt() -> String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        func amount(_ money: Money) -> String {
            "<Amt Ccy=\"VND\">\(money < .zero ? -money : money)</Amt><CdtDbtInd>\(money < .zero ? "DBIT" : "CRDT")</CdtDbtInd>"
        }
        func balance(_ code: String, _ money: Money) -> String {
            "<Bal><Tp><CdOrPrtry><Cd>\(code)</Cd></CdOrPrtry></Tp>\(amount(money))</Bal>\n"
        }
        var text = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>"
        text +=
            "<Acct><Id><Othr><Id>0011000</Id></Othr></Id></Acct>\n" + balance("OPBD", opening)
            + balance("CLBD", closing)
        for line in lines {
            text +=
                "<Ntry>\(amount(line.amount))<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>\(line.bookedAt)</DtTm></BookgDt>"
            text +=
                "<AcctSvcrRef>\(line.transactionID!)</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>\(escaped(line.memo!))"
            text += "</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
        }
        return text + "</Stmt></BkToCstmrStmt></Document>"
    }

    /// ACB's layout, with dots in the amounts.
    func table() -> String {
        func date(_ instant: Instant) -> String {
            let time = instant.description.dropFirst(11).prefix(8)
            return "\(instant.day.formatted) \(time)"
        }
        var text =
            "Số dư đầu kỳ,\(opening.grouped)\nNgày hiệu lực,Ngày giao dịch,Số GD,Nội dung giao dịch,Ghi nợ,Ghi có,Số dư\n"
        for line in lines {
            let isCredit = line.amount > .zero
            text +=
                CSV.line([
                    line.valueDate!.formatted, date(line.bookedAt), line.transactionID!, line.memo!,
                    isCredit ? "" : (-line.amount).grouped, isCredit ? line.amount.grouped : "", line.balance!.grouped,
                ]) + "\n"
        }
        return text + "Tổng cộng,,,,,,\nSố dư cuối kỳ: \(closing.grouped) VND\n"
    }
}
