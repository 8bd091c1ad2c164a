import PureSupport
import Statements
import Testing
import Values

/// What is written is what is read.
@Suite struct StatementWriterTests {
    @Test(arguments: [StatementWriter.Format.csv, .mt940, .camt053])
    func `each format is read back line by line`(_ format: StatementWriter.Format) throws {
        var random = Seeded("written \(format.rawValue)")
        let day = try #require(Day("2026-11-21"))
        let words = [
            "NOP LE PHI", "RF18ABCD0123EFGH", "nop phi, ho so H44.26", "A \"B\" C", "x < y & z",
            "MBVCB.1234567890.RF18ABCD0123EFGH.CHUYEN TIEN NOP LE PHI CAP DOI",
        ]
        for _ in 0..<40 {
            let lines = (0..<Int.random(in: 0...20, using: &random)).map { number in
                let sign: Int64 = random.chance(10) ? -1 : 1
                return StatementLine(
                    lineNumber: number + 1,
                    transactionID: "FT26325\(10_000 + number)",
                    bookedAt: Instant(unixSeconds: 1_795_194_000 + Int64(number)),
                    valueDate: day,
                    amount: Money(sign * Int64.random(in: 1...9_000_000, using: &random)),
                    counterpartyName: "NGUYEN VAN \(random.pick(["AN", "BINH"]))",
                    counterpartyAccount: String(Int.random(in: 1_000_000...9_999_999, using: &random)),
                    memo: random.pick(words),
                    balance: nil
                )
            }
            let opening = Money(Int64.random(in: 0...50_000_000, using: &random))
            let writer = StatementWriter(account: "0011000000001", day: day, opening: opening, lines: lines)
            let text = writer.text(format)
            // A file without lines is no statement in a table.
            if lines.isEmpty, format == .csv { continue }
            let found = try read(text)
            #expect(found.lines.map(\.amount) == lines.map(\.amount))
            #expect(found.lines.map(\.transactionID) == lines.map(\.transactionID))
            #expect(
                found.lines.map { $0.memo?.filter { $0 != " " } } == lines.map { $0.memo?.filter { $0 != " " } },
                "\(text)"
            )
            #expect(found.lines.allSatisfy { $0.bookedAt.day == lines[0].bookedAt.day })
            if format != .csv {
                #expect(found.summary.openingBalance == opening && found.summary.closingBalance == writer.closing)
            }
        }
    }

    @Test func `each layout that is read is written, and read back line by line`() throws {
        #expect(StatementWriter.Format.all.count == StatementMapping.builtIn.count + 3)
        let account = "0801000567890"
        let day = try #require(Day("2026-11-21"))
        for layout in StatementMapping.builtIn {
            var random = Seeded("written \(layout.name)")
            for round in 0..<20 {
                let lines = (0..<Int.random(in: 1...15, using: &random)).map { number in
                    StatementLine(
                        lineNumber: number + 1,
                        transactionID: "FT26325\(10_000 + number)",
                        bookedAt: day.start.adding(seconds: Int64(3600 + number * 61)),
                        valueDate: day,
                        amount: Money((random.chance(20) ? -1 : 1) * Int64.random(in: 1...9_000_000, using: &random)),
                        counterpartyName: "NGUYEN VAN \(random.pick(["AN", "BINH"]))",
                        counterpartyAccount: String(Int.random(in: 10_000_000...99_999_999, using: &random)),
                        memo: random.pick([
                            "NOP LE PHI", "nop phi, ho so \"H44.26\"", "MBVCB.1.RF18ABCD0123EFGH.CHUYEN TIEN",
                        ]),
                        balance: nil
                    )
                }
                let opening = Money(Int64.random(in: 0...50_000_000, using: &random))
                let writer = StatementWriter(account: account, day: day, opening: opening, lines: lines)
                let format = StatementWriter.Format(layout)
                #expect(StatementWriter.Format(rawValue: layout.name) == format)
                let text = writer.text(format)
                let found = try read(
                    Array(text.utf8),
                    // What several banks share also fits some bank's own.
                    as: layout.bank == nil ? .table(mapping: layout.name) : nil,
                    options: StatementOptions(account: account, bank: layout.bank, mappings: StatementMapping.builtIn)
                )
                func has(_ column: String) -> Bool { layout.json["columns"]?[column] != nil }
                let what = "\(layout.name), round \(round):\n\(text)"
                #expect(found.summary.layout == layout.name, "\(what)")
                #expect(found.lines.map(\.amount) == lines.map(\.amount), "\(what)")
                #expect(found.lines.map(\.bookedAt.day) == lines.map(\.bookedAt.day), "\(what)")
                if has("transaction_id") {
                    #expect(found.lines.map(\.transactionID) == lines.map(\.transactionID), "\(what)")
                }
                if has("memo") { #expect(found.lines.map(\.memo) == lines.map(\.memo), "\(what)") }
                if has("balance") { #expect(found.lines.last?.balance == writer.closing, "\(what)") }
                if has("counterparty_account") {
                    #expect(found.lines.map(\.counterpartyAccount) == lines.map(\.counterpartyAccount), "\(what)")
                }
            }
        }
    }
}
