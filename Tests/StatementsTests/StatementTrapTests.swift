import Statements
import Testing
import Values

/// What banks' files are beside plain tables, and what must never be read by mistake.
@Suite struct StatementTrapTests {
    private static func container(_ names: [String]) -> [UInt8] {
        var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 40_960 - 8)
        for (place, name) in names.enumerated() {
            let entry = name.utf8.flatMap { [$0, 0] as [UInt8] }
            bytes.replaceSubrange((30_720 + place * 128)..<(30_720 + place * 128 + entry.count), with: entry)
        }
        return bytes
    }

    @Test(arguments: [
        (["Root Entry", "EncryptionInfo", "EncryptedPackage"], "is a workbook with a password"),
        (["Root Entry", "Workbook"], "is an old .xls workbook"),
        (["Root Entry", "WordDocument"], "is a Word document"),
    ])
    func `an old container is refused with what lies in it`(names: [String], reason: String) throws {
        for piece in [17, 1 << 20] {
            let error = #expect(throws: StatementRejected.self) { try read(Self.container(names), piece: piece) }
            #expect(error?.faults.first?.reason.english.hasPrefix(reason) == true, "\(String(describing: error))")
        }
    }

    @Test func `a PDF is refused with the ways to a table of that bank`() {
        func told(_ bank: String) -> String {
            faults("%PDF-1.7\n1 0 obj, x", options: StatementOptions(bank: bank)).first?.reason.english ?? ""
        }
        #expect(told("970441").contains("VIB, MyVIB retail (XLSX)") && told("970441").contains("From PDF"))
        #expect(told("970449").contains("LPBank, statement") && !told("970449").contains("of this bank are read"))
        #expect(told("970443").hasSuffix("from the bank's internet banking"))
    }

    private static let header =
        "<tr><td>Ngày hạch toán<td>Ngày CT<td>Số CT<td>Diễn giải<td>Ghi nợ<td>Ghi có<td>Số dư</tr>"

    private static func page(_ rows: String, head: String = "") -> String {
        "\(head)<html><body><table>\(header)\(rows)</table></body></html>"
    }

    @Test func `a page is read as a browser shows it`() throws {
        let read = try read(
            Self.page(
                """
                <tr><td>21/11/2026</td><td>21/11/2026</td><td>A&amp;1</td><td>nộp <b>lệ</b>&nbsp;phí
                  của A<br>dòng hai<script>alert(1)</script></td><td></td><td align=right>1,000</td><td>1,000</tr>
                <tr><td>22/11/2026<td colspan=2><td><table><tr><td>trong bảng</td></tr></table>x<td>400<td><td>600
                """,
                head: "<!DOCTYPE html><meta charset='windows-1252'><p>Số tài khoản: 0801000567890</p>"
            )
        )
        #expect(read.lines.map(\.amount) == [Money(1000), Money(-400)])
        #expect(read.lines.first?.transactionID == "A&1" && read.lines.first?.memo == "nộp lệ phí của A dòng hai")
        #expect(read.lines.last?.memo == "x" && read.summary.account == "0801000567890")
    }

    @Test func `cells that reach over rows and columns keep the others in their places`() throws {
        let rows = """
            <tr><td rowspan=2>21/11/2026</td><td>21/11/2026</td><td>A</td><td>x</td><td></td><td>5</td><td>5</td></tr>
            <tr><td>21/11/2026</td><td>B</td><td>y</td><td></td><td>6</td><td>11</td></tr>
            """
        // The second row has no date of its own.
        #expect(faults(Self.page(rows)).map(\.field) == ["booked_at"])
    }

    @Test(arguments: [
        "<table>" + String(repeating: "<tr><td><table>", count: 40), String(repeating: "<div>", count: 400),
        "<table><tr><td>" + String(repeating: "x", count: 300_000),
        "<table><tr>" + String(repeating: "<td>1</td>", count: 1200),
        "<table><tr><td colspan=999999999>1</td></tr></table>", "<table><!-- ",
        "<!DOCTYPE html [<!ENTITY a \"b\">]><table>&a;",
        "<html><table><tr><td>21/11/2026</td></tr>",
        "<table><tr><td rowspan=-1 colspan=x>&#x110000;&bogus;</td></tr></table>",
    ])
    func `a hostile or broken page is refused`(page: String) {
        #expect(!faults(page).isEmpty)
    }

    @Test func `a page that was cut off is refused`() {
        let rows = "<tr><td>21/11/2026<td>21/11/2026<td>A<td>x<td><td>5<td>5</tr>"
        #expect(
            faults("<html><table>\(Self.header)\(rows)").map(\.reason.english).first?.hasPrefix("ends within") == true
        )
    }

    @Test func `a heading of money above two columns is refused`() {
        let text = "Date,Description,Debit,Credit,Balance,Credit\n21/11/2026,x,,5,5,9\n"
        #expect(faults(text).map(\.field) == ["credit"])
    }

    @Test func `headings of two banks are refused with both names, unless the account decides`() throws {
        func layout(_ name: String, _ bank: String, _ confidence: String, more: String = "") throws -> StatementMapping
        {
            try StatementMapping(
                """
                {"name": "\(name)", "bank": "\(bank)", "confidence": "\(confidence)", "header": ["ngay", "tien"],
                 "dates": ["dd/MM/yyyy"], "columns": {"booked_at": "ngay", "amount": "tien"\(more)}}
                """.utf8
            )
        }
        let text = "ngay,tien,so\n21/11/2026,5,x\n"
        func read(_ mappings: [StatementMapping], bank: String? = nil) throws -> String? {
            try StatementsTests.read(text, options: StatementOptions(bank: bank, mappings: mappings)).summary.layout
        }
        let (sure, same) = (try layout("sure", "970416", "program"), try layout("same", "970422", "program"))
        let refused = faults(text, options: StatementOptions(mappings: [sure, same]))
        #expect(refused.map(\.value) == ["sure (sure); same (same)"])
        #expect(try read([sure, same], bank: "970422") == "same" && read([sure, same], bank: "970416") == "sure")
        let unsure = try layout("unsure", "970422", "guess", more: #", "memo": "so""#)
        #expect(try read([unsure, sure]) == "sure", "one that is not sure never wins over one that is")
        #expect(try read([unsure, sure], bank: "970422") == "unsure", "unless the account is that bank's")
        let wider = try layout("wider", "970422", "program", more: #", "transaction_id": "so""#)
        #expect(try read([sure, wider]) == "wider", "what explains more of the header wins over what is as sure")
        #expect(throws: StatementRejected.self) { try read([sure, wider], bank: "970416") }
    }

    @Test func `of several accounts below each other only the one asked for is read`() throws {
        let text = """
            Số tài khoản: 111111111
            Date,Description,Debit,Credit,Balance
            21/11/2026,x,,5,5
            Số tài khoản: 222222222
            Date,Description,Debit,Credit,Balance
            21/11/2026,y,,7,7
            22/11/2026,z,3,,4

            """
        for (account, amounts) in [("111111111", [5]), ("222222222", [7, -3])] {
            let read = try read(text, options: StatementOptions(account: account))
            #expect(read.lines.map(\.amount) == amounts.map { Money(Int64($0)) } && read.summary.account == account)
            #expect(read.summary.notes.count == 1)
        }
        #expect(faults(text).map(\.field).first == "account", "without an account nobody says which one is meant")
        #expect(faults(text, options: StatementOptions(account: "333333333")).first?.value == "111111111, 222222222")
    }

    @Test func `debits of either sign have one sign in a file`() throws {
        let head = "Ngày giao dịch,Số chứng từ,Mô tả,Ghi nợ,Ghi có,Loại tiền,Số dư\n"
        let good = head + "21/11/2026,A,x,(5),,VND,95\n21/11/2026,B,x,-6,,VND,89\n"
        #expect(try read(good).lines.map(\.amount) == [Money(-5), Money(-6)])
        #expect(faults(head + "21/11/2026,A,x,(5),,VND,95\n21/11/2026,B,x,6,,VND,89\n").first?.field == "debit")
    }

    @Test func `the last number of a file that may be cut off must be proven`() throws {
        let head = "Date,Description,Debit,Credit,Balance\n21/11/2026,x,,5000,15000\n"
        #expect(try read(head + "22/11/2026,y,,700,15700").lines.count == 2, "the balance proves it")
        #expect(faults(head + "22/11/2026,y,,700,157").map(\.field) == ["balance"])
        #expect(faults("Date,Description,Debit,Credit\n21/11/2026,x,,5000").isEmpty == false)
    }
}
