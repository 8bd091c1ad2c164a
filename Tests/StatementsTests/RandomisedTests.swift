import Foundation
import Statements
import TestSupport
import Testing
import Values

/// Statements drawn at random, printed in every format, and read back.
@Suite struct RandomisedTests {
    private static let count = 40

    @Test func `a statement written in any format reads back the same`() throws {
        var random = Seeded("statements printed")
        let seed = random.seed
        for _ in 0..<Self.count {
            let drawn = Drawn(&random)
            let csv = try read(drawn.csv(), piece: Int.random(in: 1...300, using: &random))
            #expect(csv.lines == drawn.lines, "CSV, seed \(seed)")
            check(csv.summary, drawn, "CSV, seed \(seed)")
            for (name, text) in [("MT940", drawn.mt940()), ("camt.053", drawn.camt()), ("table", drawn.table())] {
                let read = try read(Array(text.utf8), piece: Int.random(in: 1...300, using: &random))
                #expect(read.lines.map(\.amount) == drawn.lines.map(\.amount), "\(name), seed \(seed)")
                #expect(read.lines.map(\.transactionID) == drawn.lines.map(\.transactionID), "\(name), seed \(seed)")
                #expect(read.lines.map(\.bookedAt.day) == drawn.lines.map(\.bookedAt.day), "\(name), seed \(seed)")
                if name != "MT940" {
                    #expect(read.lines.map(\.memo) == drawn.lines.map(\.memo), "\(name), seed \(seed)")
                }
                check(read.summary, drawn, "\(name), seed \(seed)")
            }
        }
    }

    private func check(_ summary: StatementSummary, _ drawn: Drawn, _ what: String) {
        // Without lines, the default CSV tells no balance.
        if !drawn.lines.isEmpty || summary.openingBalance != nil {
            #expect(summary.openingBalance == drawn.opening && summary.closingBalance == drawn.closing, "\(what)")
        }
        let credits = drawn.lines.map(\.amount).filter { $0 > .zero }
        #expect(summary.lines == drawn.lines.count && summary.creditCount == credits.count, "\(what)")
        #expect(
            summary.credits == credits.total() && summary.credits - summary.debits == drawn.closing - drawn.opening,
            "\(what)"
        )
    }

    /// The goal: no file at all brings a reader down, and what it accepts is still a statement whose sums hold. Bytes of
    /// good files are changed, cut, doubled and swapped.
    @Test func `altered files are read or refused but never crash`() throws {
        var random = Seeded("statements tampered with")
        let seed = random.seed
        var samples: [[UInt8]] = try [
            "banks/vietinbank.xlsx", "banks/agribank.csv", "banks/vietinbank.csv", "camt054-001-04.xml",
        ].map(Fixture.bytes)
        for _ in 0..<4 {
            let drawn = Drawn(&random)
            samples += [drawn.csv(), Array(drawn.mt940().utf8), Array(drawn.camt().utf8), Array(drawn.table().utf8)]
        }
        var accepted = 0
        for sample in samples {
            for _ in 0..<25 {
                let bytes = Self.tampered(sample, &random)
                do {
                    let read = try read(bytes, piece: Int.random(in: 64...8192, using: &random))
                    accepted += 1
                    let sum = read.lines.map(\.amount).total()
                    #expect(read.summary.credits - read.summary.debits == sum, "seed \(seed)")
                    if let opening = read.summary.openingBalance, let closing = read.summary.closingBalance {
                        #expect(opening + sum == closing, "seed \(seed)")
                    }
                } catch let error as StatementRejected {
                    #expect(
                        !error.faults.isEmpty && error.faults.count <= StatementRejected.maximumFaults,
                        "seed \(seed)"
                    )
                }
            }
        }
        #expect(accepted > 0, "seed \(seed)")
    }

    @Test func `random bytes never crash any reader`() {
        var random = Seeded("bytes at random")
        let formats: [StatementFormat] = [.csv, .mt940, .camt053, .camt054, .table(mapping: nil), .xlsx(mapping: nil)]
        for round in 0..<150 {
            let alphabet: ClosedRange<UInt8> = round.isMultiple(of: 2) ? 0...255 : 32...126
            let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
                UInt8.random(in: alphabet, using: &random)
            }
            for format in formats { _ = try? read(bytes, as: format) }
        }
    }

    private static func tampered(_ sample: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = sample
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard bytes.count > 2 else { return bytes }
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let length = Int.random(in: 1...min(40, bytes.count - place), using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(place..<(place + length))
            case 2: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
            case 3: bytes[place] = Array("0123456789,.;:\"\n-<>&".utf8).randomElement(using: &random)!
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    /// An independent reader, Python's csv and decimal modules, must find the same sums.
    @Test func `Python finds the same totals`() throws {
        var random = Seeded("sums of statements")
        let seed = random.seed
        let program = """
            import csv, decimal, glob
            for name in sorted(glob.glob('*.csv')):
                with open(name, encoding='utf-8-sig', newline='') as file: rows = list(csv.DictReader(file))
                amounts = [decimal.Decimal(row['amount']) for row in rows]
                print(name, len(rows), sum(a for a in amounts if a > 0), -sum(a for a in amounts if a < 0),
                    decimal.Decimal(rows[0]['balance']) - amounts[0], rows[-1]['balance'])
            """
        var files: [String: [UInt8]] = [:]
        var expected: [String] = []
        for index in 10..<40 {
            let bytes = Drawn(&random, atLeast: 1).csv()
            files["\(index).csv"] = bytes
            let summary = try read(bytes).summary
            expected.append(
                "\(index).csv \(summary.lines) \(summary.credits) \(summary.debits) \(summary.openingBalance!) \(summary.closingBalance!)"
            )
        }
        let found = try withPython(program, files: files) { output, _ in output.split(separator: "\n").map(String.init)
        }
        #expect(found == expected, "seed \(seed)")
    }
}
