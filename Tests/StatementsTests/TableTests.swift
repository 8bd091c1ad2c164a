import Statements
import Testing
import Values

@Suite struct TableTests {
    private let mapping = """
        {"name": "test", "header": ["Ngày", "Có"], "dates": ["dd/MM/yyyy HH:mm:ss", "d-M-yy"],
         "columns": {"transaction_id": "Số CT", "booked_at": "Ngày", "debit": "Nợ", "credit": ["Ghi có", "Có"],
                     "balance": "Số dư", "memo": "Nội dung"},
         "thousands": [".", ","], "decimals": [",", "."], "footer": ["Tổng"],
         "labels": {"account": "Số tài khoản", "opening": "Số dư đầu", "closing": "Số dư cuối", "credits": "Tổng có"}}
        """
    private let header = "Số CT,Ngày,Nợ,Có,Số dư,Nội dung\n"

    private func options(_ json: String? = nil) throws -> StatementOptions {
        StatementOptions(mappings: [
            try StatementMapping(
                (json ?? mapping).replacing(
                    "dd/MM/yyyy HH:mm:ss\", \"d-M-yy",
                    with: "dd/MM/yyyy HH:mm:ss\", \"dd-MM-yy"
                ).utf8
            )
        ])
    }

    private func table(_ rows: String) throws -> Read {
        try read(header + rows, as: .table(mapping: nil), options: options())
    }

    private func refused(_ rows: String, at location: SourceLocation = #_sourceLocation) throws -> [StatementFault] {
        faults(header + rows, as: .table(mapping: nil), options: try options(), at: location)
    }

    @Test(arguments: [
        ("1000", 1000), ("1.000", 1000), ("1,000", 1000), ("1.234.567", 1_234_567), ("1.000,00", 1000),
        ("1,000.0", 1000),
        ("1000.00", 1000), ("1.000 VND", 1000), ("1.000 đ", 1000), ("+5", 5), (" 5 ", 5),
    ])
    func `amounts are read as people write them`(text: String, dong: Int64) throws {
        #expect(try table("A,1-2-26,,\"\(text)\",,x").lines.first?.amount == Money(dong))
    }

    @Test(arguments: [
        "1.00.000", "1.0000", "1.000,50", "1,000,00,000", "1.000.000,000", "1 000", "x", "-5", "(5)",
        "99.999.999.999.999", ".000", "1.000,",
    ])
    func `ambiguous amounts are refused`(text: String) throws {
        #expect(try refused("A,1-2-26,,\"\(text)\",,x").map(\.field) == ["credit"])
    }

    @Test func `a line must not have both a debit and a credit`() throws {
        #expect(try table("A,1-2-26,0,5,,x\nB,1-2-26,5,-,,").lines.map(\.amount) == [Money(5), Money(-5)])
        #expect(try refused("A,1-2-26,5,5,,x").map(\.field) == ["credit"])
        #expect(try refused("A,1-2-26,,0,,x").map(\.field) == ["credit"])
    }

    @Test(arguments: [
        ("21/11/2026 09:30:00", "2026-11-21T09:30:00+07:00"), ("1/2/2026 9:05:07", "2026-02-01T09:05:07+07:00"),
        ("\"21/11/2026\n09:30:00\"", "2026-11-21T09:30:00+07:00"), ("21-11-26", "2026-11-21T00:00:00+07:00"),
    ])
    func `dates are read by the mapping's patterns`(text: String, expected: String) throws {
        #expect(try table("A,\(text),,5,,x").lines.first?.bookedAt == Instant(expected))
    }

    @Test(arguments: [
        "11/21/2026 09:30:00", "30/02/2026 09:30:00", "21/11/2026", "2026-11-21", "21/11/2026 24:00:00", "tomorrow",
    ])
    func `other dates are refused`(text: String) throws {
        #expect(try refused("A,\(text),,5,,x").map(\.field) == ["booked_at"])
    }

    @Test func `headings match in any case, spacing and Unicode composition`() throws {
        let odd = "SỐ  CT,\"ngày\",\"N\nợ\",\" Co\u{301} \",So\u{302}\u{301} dư,NỘI DUNG\nA,1-2-26,,5,,x\n"
        #expect(try read(odd, as: .table(mapping: "test"), options: options()).lines.first?.transactionID == "A")
    }

    @Test func `rows around the lines are understood`() throws {
        let read = try read(
            """
            Ngân hàng,,,,,
            Số tài khoản: 0123-456789 (VND),,,,,
            Số dư đầu kỳ,,,,1.000,

            \(header)(1),(2),(3),(4),(5),(6)
            ,,,,1.000,Số dư đầu kỳ
            A,1-2-26,,5,1.005,x
            \(header)B,2-2-26,3,,1.002,"y
            z"
            Tổng có,,,5,,
            Số dư cuối kỳ: 1.002 đồng (một nghìn lẻ hai),,,,,
            Người lập,,,,,
            """,
            as: .table(mapping: nil),
            options: options()
        )
        #expect(read.lines.map(\.amount) == [Money(5), Money(-3)] && read.lines.map(\.memo) == ["x", "y z"])
        #expect(read.summary.account == "0123-456789")
        #expect(read.summary.openingBalance == Money(1000) && read.summary.closingBalance == Money(1002))
    }

    @Test func `values stated around the lines must be correct`() throws {
        #expect(
            try refused("A,1-2-26,,5,1.005,x\nSố dư cuối kỳ: 1.006").count == 1,
            "a row of fewer fields is still a row"
        )
        #expect(try refused("A,1-2-26,,5,1.005,x\nTổng có,,,6,,").map(\.field) == ["sum of credits"])
        let above = "Số dư đầu kỳ: 999,,,,,\n" + header + "A,1-2-26,,5,1.005,x\n"
        #expect(faults(above, as: .table(mapping: nil), options: try options()).map(\.field) == ["opening balance"])
    }

    @Test func `an invalid row is never taken for a footer`() throws {
        #expect(try refused("A,31-2-26,,5,,Số dư đầu kỳ").map(\.field) == ["booked_at"])
        #expect(try refused("A,,,5,,x").map(\.field) == ["booked_at"])
    }

    @Test func `the account must be the required one`() throws {
        let text = "Số tài khoản,0123456789\n" + header + "A,1-2-26,,5,,x\n"
        var options = try options()
        options.account = "0123.456.789"
        #expect(try read(text, as: .table(mapping: nil), options: options).lines.count == 1)
        options.account = "0123456780"
        #expect(faults(text, as: .table(mapping: nil), options: options).map(\.field) == ["account"])
    }

    @Test func `a column may be found by position and have its sign in another column`() throws {
        let json = """
            {"name": "p", "header": ["a"], "dates": ["dd/MM/yyyy"], "signs": {"credit": ["C", "+"], "debit": "D"},
             "columns": {"booked_at": 1, "amount": 2, "sign": 3, "memo": 4}}
            """
        let read = try read(
            "a,b,c,d\n01/02/2026,5,c,x\n01/02/2026,7,D,y\n",
            as: .table(mapping: "p"),
            options: options(json)
        )
        #expect(read.lines.map(\.amount) == [Money(5), Money(-7)])
        #expect(
            faults("a,b,c,d\n01/02/2026,5,?,x\n", as: .table(mapping: "p"), options: try options(json)).map(\.field)
                == ["sign"]
        )
    }

    @Test(arguments: [
        ("{}", "name"), ("[]", ""), ("{", ""), (#"{"name": "A B"}"#, "name"), (#"{"name": "a", "x": 1}"#, "x"),
        (#"{"name": "a", "bank": "ACB"}"#, "bank"),
        (#"{"name": "a", "header": []}"#, "header"), (#"{"name": "a", "header": ["h"]}"#, "columns"),
        (#"{"name": "a", "header": ["h"], "columns": {"booked_at": 1, "debit": 2}}"#, "columns"),
        (#"{"name": "a", "header": ["h"], "columns": {"booked_at": 0, "amount": 2}}"#, "columns.booked_at"),
        (#"{"name": "a", "header": ["h"], "columns": {"booked_at": 1, "amount": 2}}"#, "dates"),
        (#"{"name": "a", "header": ["h"], "columns": {"booked_at": 1, "amount": 2}, "dates": ["MM/dd"]}"#, "dates"),
        (
            #"{"name": "a", "header": ["h"], "columns": {"booked_at": 1, "amount": 2, "sign": 3}, "dates": ["dd/MM/yyyy"]}"#,
            "signs"
        ),
        (#"{"name": "a", "header": ["h"], "encoding": "ebcdic"}"#, "encoding"),
        (#"{"name": "a", "header": ["h"], "delimiter": "x"}"#, "delimiter"),
    ])
    func `an invalid mapping file is refused with its member`(json: String, member: String) {
        let error = #expect(throws: StatementMapping.Failure.self) { try StatementMapping(json.utf8) }
        #expect(error?.member == member)
    }

    @Test func `an unknown layout is refused`() {
        #expect(faults("a,b", as: .table(mapping: "nobank")).first?.field == "format")
    }

    @Test func `invalid text is refused`() throws {
        #expect(try refused("A,\"1-2-26").count == 1)
        let half: [UInt8] = [0xFF, 0xFE] + Array("a\0,\0".utf8) + [0x61]
        #expect(!faults(half, as: .table(mapping: nil)).isEmpty)
    }
}
