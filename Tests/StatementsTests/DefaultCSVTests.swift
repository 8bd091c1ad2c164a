import Statements
import Testing
import Values

@Suite struct DefaultCSVTests {
    static let header =
        "transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance\n"

    @Test func `every column is read`() throws {
        let (lines, summary) = try readCSV(
            Self.header + """
                FT1,2026-11-21T09:30:00+07:00,2026-11-22,115000,VND,NGUYEN VAN AN,0123,"RF18ABCD, nop phi",615000
                ,2026-11-21 10:00,, -15000 ,,,,,600000

                """
        )
        let first = StatementLine(
            lineNumber: 2,
            transactionID: "FT1",
            bookedAt: Instant("2026-11-21T02:30:00Z")!,
            valueDate: Day("2026-11-22"),
            amount: Money(115_000),
            counterpartyName: "NGUYEN VAN AN",
            counterpartyAccount: "0123",
            memo: "RF18ABCD, nop phi",
            balance: Money(615_000)
        )
        let second = StatementLine(
            lineNumber: 3,
            transactionID: nil,
            bookedAt: Instant("2026-11-21T10:00:00+07:00")!,
            valueDate: nil,
            amount: Money(-15_000),
            counterpartyName: nil,
            counterpartyAccount: nil,
            memo: nil,
            balance: Money(600_000)
        )
        #expect(lines == [first, second])
        #expect(summary.lines == 2)
        #expect(summary.creditCount == 1 && summary.credits == Money(115_000))
        #expect(summary.debitCount == 1 && summary.debits == Money(15_000))
        #expect(summary.openingBalance == Money(500_000) && summary.closingBalance == Money(600_000))
        #expect(summary.firstDay == Day("2026-11-21") && summary.lastDay == Day("2026-11-21"))
        #expect(!summary.isNewestFirst)
    }

    @Test func `columns may be in any order, and optional ones may be missing`() throws {
        let (lines, _) = try readCSV("memo,Amount,balance, booked_at ,transaction_id\nhi,5,,2026-01-02,T\n")
        #expect(lines.first?.memo == "hi")
        #expect(lines.first?.bookedAt == Instant("2026-01-02T00:00:00+07:00"))
    }

    @Test func `missing, repeated and misspelt columns are all reported`() {
        let found = faults(ofCSV: "transaction_id,booked_at,booked_at,amuont,memo\nx\n")
        #expect(found.map(\.field) == ["booked_at", "amount", "balance", "amuont"])
        #expect(faults(ofCSV: "").map(\.reason.english) == ["is empty: the first line must name the columns"])
    }

    @Test func `unknown columns are ignored if all nine are present`() throws {
        let text = Self.header.dropLast() + ",branch\nT,2026-01-02,,5,,,,,,HN\n"
        #expect(try readCSV(String(text)).lines.count == 1)
    }

    @Test(arguments: [
        ("2026-11-21T09:30:00+07:00", "2026-11-21T02:30:00Z"), ("2026-11-21T02:30:00Z", "2026-11-21T02:30:00Z"),
        ("2026-11-21T09:30:00.25+07:00", "2026-11-21T02:30:00.25Z"),
        ("2026-11-20T21:30:00-05:00", "2026-11-21T02:30:00Z"),
        ("2026-11-21 09:30:00", "2026-11-21T02:30:00Z"), ("2026-11-21T09:30:00", "2026-11-21T02:30:00Z"),
        ("2026-11-21 09:30", "2026-11-21T02:30:00Z"), ("2026-11-21", "2026-11-20T17:00:00Z"),
        ("2028-02-29", "2028-02-28T17:00:00Z"),
    ])
    func `times without an offset are Vietnamese`(text: String, expected: String) throws {
        let (lines, _) = try readCSV(Self.header + "T,\(text),,1,,,,,\n")
        #expect(lines.first?.bookedAt == Instant(expected))
    }

    @Test(arguments: [
        "", "2026-02-29", "2026-13-01", "21/11/2026", "2026-11-21T24:00:00", "2026-11-21T09:60",
        "2026-11-21T09:30:00+7",
        "2026-11-21T09:30:00.+07:00", "2026-11-21 9:30", "20261121", "2026-11-21T09:30:00+07:00x", "46000",
    ])
    func `times that do not exist are refused`(text: String) {
        #expect(faults(ofCSV: Self.header + "T,\(text),,1,,,,,\n").map(\.field) == ["booked_at"])
    }

    @Test(arguments: [
        ("115000", 115_000), ("+115000", 115_000), ("-1", -1), ("115000.00", 115_000), ("\"115000,0\"", 115_000),
        ("0005", 5), ("9999999999999", 9_999_999_999_999),
    ])
    func `whole amounts are read`(text: String, dong: Int64) throws {
        #expect(try readCSV(Self.header + "T,2026-01-02,,\(text),,,,,\n").lines.first?.amount == Money(dong))
    }

    @Test(arguments: [
        "", "0", "-0", "1.5", "\"115,000\"", "115.000", "1e5", "--1", "9999999999999.01", "10000000000000",
        "99999999999999999999", "１", "5 đ", ".",
    ])
    func `other amounts are refused`(text: String) {
        #expect(faults(ofCSV: Self.header + "T,2026-01-02,,\(text),,,,,\n").map(\.field) == ["amount"])
    }

    @Test func `every error of the file is reported, and no line after the first one is passed on`() throws {
        var reader = DefaultCSVReader()
        var lines: [StatementLine] = []
        let text =
            Self.header + """
                T1,2026-01-02,,5,VND,,,,
                T2,soon,,0,USD,,,,x
                T3,2026-01-02,,5
                T4,2026-01-02,02/01/2026,5,VND,,,,
                T5,2026-01-02,,5,VND,,,,
                """
        try reader.feed(Array(text.utf8)) { lines.append($0) }
        let error = #expect(throws: StatementRejected.self) { try reader.finish { lines.append($0) } }
        #expect(lines.map(\.transactionID) == ["T1"])
        #expect(
            error?.faults.map { "\($0.line) \($0.field)" } == [
                "3 booked_at", "3 amount", "3 currency", "3 balance", "4 ", "5 value_date",
            ]
        )
        #expect(error?.hasMore == false)
    }

    @Test func `errors are reported up to a limit, and reading then stops`() {
        let bad = String(repeating: "T,never,,1,,,,,\n", count: 100_000)
        let error = #expect(throws: StatementRejected.self) { try readCSV(Self.header + bad) }
        #expect(error?.faults.count == StatementRejected.maximumFaults)
        #expect(error?.hasMore == true)
    }

    @Test func `invalid CSV is refused with its line`() {
        #expect(faults(ofCSV: Self.header + "T,\"2026").map(\.line) == [2])
        #expect(faults(ofCSV: Self.header + "T,2026-01-02,,5,VND,,,a\"b,\n").map(\.field) == ["field 8"])
    }

    @Test func `balances are checked in the order of the file or in reverse`() throws {
        let rows = [
            "a,2026-01-02,,100,,,,,1100", "b,2026-01-03,,-40,,,,,1060", "c,2026-01-04,,7,,,,,",
            "d,2026-01-05,,3,,,,,1070",
        ]
        let forward = try readCSV(Self.header + rows.joined(separator: "\n")).summary
        #expect(
            forward.openingBalance == Money(1000) && forward.closingBalance == Money(1070) && !forward.isNewestFirst
        )
        let backward = try readCSV(Self.header + rows.reversed().joined(separator: "\n")).summary
        #expect(
            backward.openingBalance == Money(1000) && backward.closingBalance == Money(1070) && backward.isNewestFirst
        )
    }

    @Test func `a balance that does not follow is reported with its line`() {
        let found = faults(
            ofCSV: Self.header + "a,2026-01-02,,100,,,,,1100\nb,2026-01-03,,-40,,,,,1060\nc,2026-01-04,,5,,,,,1064\n"
        )
        #expect(found.map(\.line) == [4] && found.map(\.field) == ["balance"])
        #expect(found.first?.reason.english.contains("1060 before it and 5 of its own make 1065") == true)
    }

    @Test func `an unreadable line is not blamed on the next balance`() {
        let found = faults(
            ofCSV: Self.header + "a,2026-01-02,,100,,,,,1100\nb,2026-01-03,,x,,,,,1060\nc,2026-01-04,,5,,,,,1065\n"
        )
        #expect(found.map { "\($0.line) \($0.field)" } == ["3 amount"])
    }

    @Test func `identical lines are both passed on`() throws {
        #expect(try readCSV(Self.header + "T,2026-01-02,,5,,,,,\nT,2026-01-02,,5,,,,,\n").lines.count == 2)
    }

    @Test func `totals beyond the range of money and too many lines are refused without a trap`() {
        let row = "T,2026-01-02,,9999999999999,,,,,\n"
        #expect(!faults(ofCSV: Self.header + String(repeating: row, count: 100_200)).isEmpty)
        let found = faults(ofCSV: Self.header + row + row + row, options: StatementOptions(maximumLines: 2))
        #expect(found.map(\.line) == [4])
    }

    @Test func `another currency is read in minor units, only if allowed`() throws {
        let text = Self.header + "T,2026-01-02,,5.5,EUR,,,,\n"
        #expect(faults(ofCSV: text).map(\.field) == ["currency"])
        let (lines, summary) = try readCSV(text, options: StatementOptions(acceptedCurrency: nil))
        #expect(lines.first?.amount == Money(550) && summary.currency == "EUR")
    }

    @Test func `texts beyond their limits are refused`() {
        let long = String(repeating: "ố", count: 2001)
        #expect(faults(ofCSV: Self.header + "T,2026-01-02,,5,,,,\(long),\n").map(\.field) == ["memo"])
    }

    @Test(arguments: [1, 2, 3, 7, 64]) func `pieces of any size read the same`(piece: Int) throws {
        let text = Self.header + "T,2026-01-02,,5,,ĐỖ,,\"a\nb\",105\r\nU,2026-01-02,,-5,,,,,100"
        let whole = try readCSV(text)
        let pieces = try readCSV(text, piece: piece)
        #expect(whole.lines == pieces.lines && whole.summary == pieces.summary)
        #expect(whole.lines.map(\.lineNumber) == [2, 4])
    }
}
