import Statements
import TestSupport
import Testing
import Values

/// Statements drawn at random in every built-in layout, whole and damaged.
@Suite struct LayoutRandomTests {
    private static func lines(_ read: Read) -> [PrintedLayout.Line] {
        read.lines.map {
            PrintedLayout.Line(time: String($0.bookedAt.description.prefix(19)), amount: $0.amount, balance: $0.balance)
        }
    }

    @Test func `thousands of files are read as they were made`() throws {
        var random = Seeded("statements in layouts")
        let seed = random.seed
        for round in 0..<2400 {
            let mapping = StatementMapping.builtIn[round % StatementMapping.builtIn.count]
            let printed = PrintedLayout(mapping, &random)
            let text = round % 3 == 0 ? printed.page() : printed.csv([",", ";", "\t"].randomElement(using: &random)!)
            do {
                let read = try read(
                    Array(text.utf8),
                    // What several banks share also fits some bank's own.
                    as: mapping.bank == nil ? .table(mapping: mapping.name) : nil,
                    options: printed.options,
                    piece: Int.random(in: 20...4000, using: &random)
                )
                #expect(Self.lines(read) == printed.lines, "\(mapping.name), seed \(seed), round \(round)")
            } catch { Issue.record("\(mapping.name), seed \(seed), round \(round): \(error)\n\(text)") }
        }
    }

    /// What is accepted of a damaged file has the amounts of the whole one, from its first line on.
    private static func holdsOrIsRefused(_ bytes: [UInt8], _ printed: PrintedLayout, _ what: String) {
        guard let read = try? read(bytes, options: printed.options) else { return }
        let lines = Self.lines(read)
        #expect(lines.map(\.amount) == printed.lines.prefix(lines.count).map(\.amount), "\(what)")
        // Where the column of the time of day is gone, the day is left.
        let days = lines.map { $0.time.prefix(10) }
        #expect(days == printed.lines.prefix(lines.count).map { $0.time.prefix(10) }, "\(what)")
    }

    @Test func `a file without one of its columns is read right or refused`() {
        var random = Seeded("statements without a column")
        let seed = random.seed
        for round in 0..<1200 {
            let mapping = StatementMapping.builtIn[round % StatementMapping.builtIn.count]
            var printed = PrintedLayout(mapping, &random)
            let gone = Int.random(in: 0..<printed.rows[printed.headerRows - 1].count, using: &random)
            for row in (printed.headerRows - 1)..<printed.rows.count where printed.rows[row].count > gone {
                printed.rows[row].remove(at: gone)
            }
            Self.holdsOrIsRefused(Array(printed.csv().utf8), printed, "\(mapping.name), seed \(seed), round \(round)")
        }
    }

    @Test func `a file that was cut off is read right as far as it goes, or refused`() {
        var random = Seeded("statements cut off")
        let seed = random.seed
        for round in 0..<1200 {
            let mapping = StatementMapping.builtIn[round % StatementMapping.builtIn.count]
            let printed = PrintedLayout(mapping, &random)
            let bytes = Array((round % 3 == 0 ? printed.page() : printed.csv()).utf8)
            let cut = Array(bytes.prefix(Int.random(in: 1..<bytes.count, using: &random)))
            Self.holdsOrIsRefused(cut, printed, "\(mapping.name), seed \(seed), round \(round)")
        }
    }

    @Test func `a file in another encoding is read right or refused`() {
        var random = Seeded("statements in other encodings")
        let seed = random.seed
        for round in 0..<600 {
            let mapping = StatementMapping.builtIn[round % StatementMapping.builtIn.count]
            let printed = PrintedLayout(mapping, &random)
            let text = printed.csv()
            let bytes: [UInt8] =
                switch round % 3 {
                case 0: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
                case 1: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
                default: text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
                }
            Self.holdsOrIsRefused(bytes, printed, "\(mapping.name), seed \(seed), round \(round)")
        }
    }
}
