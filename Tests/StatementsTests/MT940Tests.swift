import Statements
import Testing
import Values

@Suite struct MT940Tests {
    /// One statement around the lines given, which must come to 100.
    private func statement(_ lines: String, opening: String = "C260101VND1000,", closing: String = "C260102VND1100,")
        -> String
    {
        ":20:S1\n:25:12345678\n:28C:1/1\n:60F:\(opening)\n\(lines)\n:62F:\(closing)\n-}"
    }

    @Test func `a line and its narrative are read`() throws {
        let read = try read(statement(":61:2601020103CN100,NTRFNONREF//BANK123\nsupplement\n:86:RF18 nop phi"))
        #expect(
            read.lines == [
                StatementLine(
                    lineNumber: 5,
                    transactionID: "BANK123",
                    bookedAt: Day("2026-01-03")!.start,
                    valueDate: Day("2026-01-02"),
                    amount: Money(100),
                    counterpartyName: nil,
                    counterpartyAccount: nil,
                    memo: "RF18 nop phi",
                    balance: nil
                )
            ]
        )
        #expect(read.summary.account == "12345678" && read.summary.currency == "VND")
    }

    /// Wherever a file of two messages is cut off, what is left is refused, or is the first message and nothing else.
    @Test func `a file that is cut off is refused`() throws {
        let envelope = "{1:F01BANKVNVXAXXX0000000000}{2:I940BANKVNVXXXXXN}{4:\n"
        let first = envelope + statement(":61:2601020103CN100,NTRFNONREF//BANK1") + "\n"
        let second =
            envelope
            + statement(
                ":61:2601030103CN100,NTRFNONREF//BANK2",
                opening: "C260102VND1100,",
                closing: "C260103VND1200,"
            )
        let whole = Array((first + second).utf8)
        var options = StatementOptions()
        options.account = "12345678"
        for cut in 1...whole.count {
            let part = Array(whole[..<cut])
            guard let read = try? read(part, options: options) else { continue }
            // The comma of the closing balance may be cut off, and what follows it: it is told in full.
            let end = read.lines.count == 2 ? whole.count + 1 : first.utf8.count
            #expect((end - 5...end).contains(cut), "cut at \(cut)")
        }
    }

    @Test(arguments: [("C", 100), ("D", -100), ("RC", -100), ("RD", 100), ("CR", 100), ("DN", -100), ("RCN", -100)])
    func `marks set the direction and reversals invert it`(mark: String, dong: Int64) throws {
        let closing = "C260102VND\(1000 + dong),"
        let read = try read(statement(":61:260102\(mark)100,00NTRFREF1", closing: closing))
        #expect(read.lines.first?.amount == Money(dong) && read.lines.first?.transactionID == "REF1")
    }

    @Test(arguments: [
        ("2601021231", "2025-12-31"), ("2512310102", "2026-01-02"), ("2403010229", "2024-02-29"),
        ("260102", "2026-01-02"),
    ])
    func `the entry date takes the year nearest to the value date`(dates: String, booked: String) throws {
        let read = try read(statement(":61:\(dates)C100,NTRFX"))
        #expect(read.lines.first?.bookedAt == Day(booked)!.start)
    }

    @Test func `narrative lines are joined directly if full and with a space otherwise`() throws {
        let full = String(repeating: "x", count: 65)
        let read = try read(statement(":61:260102C100,NTRFX\n:86:\(full)\nabc\n:no tag\n:8: neither"))
        #expect(read.lines.first?.memo == full + "abc :no tag :8: neither")
    }

    @Test func `subfields contain memo, name and account`() throws {
        let read = try read(
            statement(
                ":61:260102C100,NTRFX\n:86:166?00TRANSFER?20RF18ABCD0123?21EFGH phi?3\n0VCBKVNVX?310021000?32NGUYEN VAN?33 AN"
            )
        )
        let line = try #require(read.lines.first)
        #expect(line.memo == "RF18ABCD0123 EFGH phi" && line.counterpartyName == "NGUYEN VAN AN")
        #expect(line.counterpartyAccount == "0021000")
    }

    @Test func `a second narrative goes on where the first ended`() throws {
        let plain = try read(statement(":61:260102C100,NTRFX\n:86:RF18ABCD0123\n:86:EFGH phi\n:86:cap lai"))
        #expect(plain.lines.first?.memo == "RF18ABCD0123 EFGH phi cap lai")
        let split = try read(
            statement(":61:260102C100,NTRFX\n:86:166?20nop phi?310021000\n:86:?21ho so 7?310099000?32NGUYEN VAN A")
        )
        let line = try #require(split.lines.first)
        #expect(line.memo == "nop phi ho so 7" && line.counterpartyAccount == "0021000")
        #expect(line.counterpartyName == "NGUYEN VAN A")
        // Together they are no longer than one may be.
        let many = Array(repeating: ":86:" + String(repeating: "x", count: 65), count: 200).joined(separator: "\n")
        let found = faults(statement(":61:260102C100,NTRFX\n\(many)"))
        #expect(found.map(\.field) == [":86:"])
    }

    @Test func `a reference in its own field is structured`() throws {
        let read = try read(statement(":61:260102C100,NTRFRF18ABCD0123EFGH//B1"))
        #expect(read.lines.first?.structuredReference == "RF18ABCD0123EFGH")
    }

    @Test func `the closing balance must follow from the lines`() {
        let found = faults(statement(":61:260102C99,NTRFX"))
        #expect(found.map(\.field) == ["closing balance"])
        #expect(found.first?.reason.english == "does not follow: the opening balance 1000 and the lines' 99 make 1099")
    }

    @Test func `each statement in a file must continue the one before`() throws {
        let first = statement(":61:260102C100,NTRFA")
        let next = statement(":61:260102C50,NTRFB", opening: "C260102VND1100,", closing: "C260103VND1150,")
        let read = try read(first + "\r\n" + next)
        #expect(read.summary.openingBalance == Money(1000) && read.summary.closingBalance == Money(1150))
        let gap = statement(":61:260102C50,NTRFB", opening: "C260102VND2000,", closing: "C260103VND2050,")
        #expect(faults(first + "\n" + gap).map(\.field) == ["opening balance"])
    }

    @Test func `of several accounts only the required one is read`() throws {
        let other = statement(":61:260102C100,NTRFB").replacing("12345678", with: "VCBKVNVX/999-888 VND")
        let both = statement(":61:260102C100,NTRFA") + "\n" + other
        #expect(faults(both).map(\.field) == ["account"])
        let one = try read(both, options: StatementOptions(account: "1234.5678"))
        #expect(one.lines.map(\.transactionID) == ["A"])
        #expect(
            one.summary.notes.map(\.english) == ["Statements of other accounts were passed over: VCBKVNVX/999-888VND."]
        )
        #expect(try read(both, options: StatementOptions(account: "999888")).lines.map(\.transactionID) == ["B"])
        let refused = faults(both, options: StatementOptions(account: "777"))
        #expect(refused.first?.reason.english == "the file is of 12345678, VCBKVNVX/999-888VND, not of 777")
    }

    @Test(arguments: [
        (":61:261302C100,NTRFX", ":61:"), (":61:260102X100,NTRFX", ":61:"), (":61:260102C100NTRFX", ":61:"),
        (":61:260102C0,NTRFX", ":61:"), (":61:260102C100,", ":61:"), (":61:260102C100,50NTRFX", ":61:"),
        (":61:2601021345C100,NTRFX", ":61:"), (":61:", ":61:"), (":61:260102C99999999999999999999,NTRFX", ":61:"),
    ])
    func `invalid lines are refused with their tag`(line: String, field: String) {
        #expect(faults(statement(line)).map(\.field) == [field])
    }

    @Test func `missing, repeated and misplaced fields are reported`() {
        #expect(faults(":20:S\n").map(\.field) == [":25:", ":60F:", ":62F:"])
        #expect(faults(":61:260102C100,NTRFX\n").map(\.field) == [":61:"])
        #expect(faults(statement(":60F:C260101VND1,\n:61:260102C100,NTRFX")).map(\.field) == [":60F:"])
        #expect(faults(statement("") + "x").count == 1)
        #expect(faults(statement(":61:260102C100,NTRFX", opening: "C260101VND1 000,")).first?.field == ":60F:")
    }

    @Test func `other currencies are refused unless allowed`() throws {
        let text = statement(":61:260102C1,25NTRFX", opening: "C260101EUR10,00", closing: "C260102EUR11,25")
        #expect(faults(text).map(\.field) == [":60F:"])
        let read = try read(text, options: StatementOptions(acceptedCurrency: nil))
        #expect(read.lines.first?.amount == Money(125) && read.summary.closingBalance == Money(1125))
    }

    @Test func `the interim report is refused by name`() {
        let text =
            ":20:S\n:25:1\n:28C:1/1\n:34F:VND0,\n:13D:2601010900+0700\n:61:260102C100,NTRFX\n:90D:0VND0,\n:90C:1VND100,\n-"
        let found = faults(text)
        #expect(found.count == 1 && found.first?.reason.english.contains("MT942") == true)
    }

    @Test func `text that is not UTF-8 is read as Latin-1`() throws {
        var bytes = Array(statement(":61:260102C100,NTRFX\n:86:M@LLER").utf8)
        bytes[bytes.firstIndex(of: UInt8(ascii: "@"))!] = 0xDC
        #expect(try read(bytes).lines.first?.memo == "MÜLLER")
    }

    @Test func `endless lines and fields are refused`() {
        #expect(faults(":20:" + String(repeating: "x", count: 100_000)).count == 1)
        let narrative = String(repeating: "abc def\n", count: 100_000)
        #expect(!faults(statement(":61:260102C100,NTRFX\n:86:" + narrative)).isEmpty)
    }
}
