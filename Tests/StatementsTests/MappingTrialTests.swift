import Statements
import Testing
import Values

/// A mapping is looked at on a whole file before it counts for anything.
@Suite struct MappingTrialTests {
    private static let head = "Ngày;Mã;Chi;Thu;Còn lại;Diễn nghĩa\n"
    private static let lines = [
        "20/11/2026;GD0001;;100.000;1.100.000;nop phi ho so", "20/11/2026;GD0002;50.000;;1.050.000;phi dich vu",
        "21/11/2026;GD0003;;30.000;1.080.000;nop le phi ho so",
    ]

    private static func file(_ lines: [String], _ head: String = head) -> [UInt8] {
        Array((head + lines.joined(separator: "\n") + "\n").utf8)
    }

    private func today() throws -> Day { try #require(Day(year: 2026, month: 11, day: 30)) }

    private func guess(_ bytes: [UInt8]) throws -> StatementGuess {
        try #require(StatementGuess(try RawTable(bytes)))
    }

    private func trial(_ bytes: [UInt8], _ guess: StatementGuess, account: String? = nil) throws -> MappingTrial {
        let mapping = try StatementMapping(guess.mapping(name: "thu", title: "Thử", bank: nil))
        return MappingTrial(bytes, as: mapping, account: account, today: try today())
    }

    @Test func `balances that follow prove debits and credits, and the lines are shown`() throws {
        let bytes = Self.file(Self.lines)
        let read = try trial(bytes, try guess(bytes))
        #expect(read.faults.isEmpty && read.isProven && read.lines.count == 3 && read.summary?.lines == 3)
        #expect(read.lines.map(\.amount) == [Money(100_000), Money(-50_000), Money(30_000)])
        #expect(read.lines.first?.transactionID == "GD0001" && read.lines.first?.memo == "nop phi ho so")
    }

    @Test func `without balances, with few lines or with the same amount everywhere nothing is proven`() throws {
        let bare = Self.file(
            Self.lines.map { line in
                let cells = line.split(separator: ";", omittingEmptySubsequences: false)
                return (cells[..<4] + cells[5...]).joined(separator: ";")
            },
            "Ngày;Mã;Chi;Thu;Diễn nghĩa\n"
        )
        #expect(try !trial(bare, try guess(bare)).isProven)
        let two = Self.file(Array(Self.lines[..<2]))
        #expect(try !trial(two, try guess(two)).isProven)
        // Newest first with the sides exchanged, the balances would follow as well.
        let same = Self.file((1...4).map { "2\($0)/11/2026;GD000\($0);;10.000;1.0\($0)0.000;nop phi" })
        var turned = try guess(same)
        try turned.take([0: [.bookedAt], 2: [.credit], 3: [.debit], 4: [.balance]])
        let read = try trial(same, turned)
        #expect(read.lines.allSatisfy { $0.amount == Money(-10_000) } && read.faults.isEmpty && !read.isProven)
    }

    @Test func `debits and credits that are exchanged contradict the balances`() throws {
        let bytes = Self.file(Self.lines)
        var guess = try guess(bytes)
        try guess.take([0: [.bookedAt], 2: [.credit], 3: [.debit], 4: [.balance]])
        let read = try trial(bytes, guess)
        #expect(read.faults.contains { $0.field == "balance" } && !read.isProven)
    }

    @Test func `a column that is chosen twice, or is none, is refused by its name`() throws {
        var guess = try guess(Self.file(Self.lines))
        func why(_ choices: [Int: [StatementMapping.Column]]) -> StatementMapping.Failure? {
            do throws(StatementMapping.Failure) {
                try guess.take(choices)
                return nil
            } catch { return error }
        }
        let twice = try #require(why([0: [.bookedAt], 2: [.amount], 3: [.amount]]))
        #expect(twice.member == "columns.amount" && twice.reason[.english].contains("two columns, 3 and 4"))
        let none = try #require(why([0: [.bookedAt], 9: [.amount]]))
        #expect(none.member == "columns.amount" && none.reason[.english].contains("column 10"))
        #expect(why([0: [.bookedAt, .transactionID], 2: [.debit], 3: [.credit]]) == nil)
    }

    @Test func `dates that are none, or are days to come, are told line by line`() throws {
        let bytes = Self.file(Self.lines)
        var other = try guess(bytes)
        try other.take([1: [.bookedAt], 2: [.debit], 3: [.credit]])
        let wrong = try trial(bytes, other)
        #expect(wrong.lines.isEmpty && wrong.faults.map(\.line) == [2, 3, 4], "\(wrong.faults)")
        #expect(wrong.faults.allSatisfy { $0.field == "booked_at" || $0.field == "Mã" }, "\(wrong.faults)")
        // Month first: the ninth of November is read as the eleventh of September, and the eleventh of December is to come.
        let turned = Self.file(["11/09/2026;GD0001;;5.000;5.000;a b", "11/12/2026;GD0002;;6.000;11.000;a b"])
        let late = try trial(turned, try guess(turned))
        #expect(late.faults.count == 1 && late.faults.first?.reason[.english].contains("day to come") == true)
        #expect(!late.isProven)
    }

    @Test func `headings that the file does not have, and the lines of another account, are refused`() throws {
        let bytes = Self.file(Self.lines)
        let mapping = try StatementMapping([
            "name": "thu", "header": ["Ngày"], "dates": ["dd/MM/yyyy"],
            "columns": ["booked_at": ["Ngày"], "debit": ["Rút"], "credit": ["Thu"]],
        ])
        let read = MappingTrial(bytes, as: mapping, account: nil, today: try today())
        #expect(read.faults.map(\.field) == ["debit"] && read.lines.isEmpty)
        let named = Array("Số tài khoản:;9990001\n".utf8) + bytes
        #expect(try !trial(named, try guess(named), account: "0801000567890").faults.isEmpty)
        #expect(try trial(named, try guess(named), account: "9990001").faults.isEmpty)
    }

    @Test func `a stored mapping comes after built-in layouts that are sure, and before those that are guessed`() throws
    {
        // ACB's layout is one that programs read; Agribank's general one is a guess.
        let stored = try StatementMapping([
            "name": "own", "header": ["Ngày giao dịch"], "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy"],
            "columns": ["booked_at": ["Ngày giao dịch"], "debit": ["Ghi nợ"], "credit": ["Ghi có"]], "thousands": ["."],
            "footer": ["Cộng"], "labels": ["opening": ["Số dư đầu kỳ"], "closing": ["Số dư cuối kỳ"]],
        ]).stored(as: 7)
        func layout(_ fixture: String, bank: String?) throws -> StatementSummary {
            var options = StatementOptions(bank: bank, mappings: [stored] + StatementMapping.builtIn)
            options.acceptsForeign = true
            let reader = StatementReader(options: options)
            try reader.feed(try Fixture.bytes(fixture)) { _ in }
            return try reader.finish { _ in }
        }
        let acb = try layout("banks/acb.csv", bank: "970416")
        #expect(acb.layout == "acb" && acb.storedMapping == nil)
        let general = try layout("banks/agribank.csv", bank: "970405")
        #expect(general.layout == "own" && general.storedMapping == 7, "\(general.layout ?? "")")
    }
}
