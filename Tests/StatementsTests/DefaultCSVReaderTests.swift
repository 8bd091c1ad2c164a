import Foundation
import Statements
import TestSupport
import Testing
import Values

@Suite struct DefaultCSVReaderTests {
    private static let header = DefaultCSVReader.columns.joined(separator: ",") + "\n"

    private func read(_ text: String, piece: Int = 7) throws -> (lines: [StatementLine], summary: StatementSummary) {
        let bytes = Array(text.utf8)
        var reader = DefaultCSVReader()
        var lines: [StatementLine] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try reader.feed(bytes[start..<min(start + piece, bytes.count)]) { lines.append($0) }
        }
        let summary = try reader.finish { lines.append($0) }
        return (lines, summary)
    }

    private func faults(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let error as StatementRejected {
            return error.faults.map { "\($0.line) \($0.field)" }
        } catch { return ["\(error)"] }
    }

    @Test func `lines are read and balances checked`() throws {
        let text =
            Self.header + """
                FT1,2026-11-20T09:00:00+07:00,2026-11-20,115000,VND,NGUYEN VAN A,012,"memo, with comma",1115000
                FT2,2026-11-20 10:30:00,,-15000,,,,phi,1100000
                """
        let (lines, summary) = try read(text)
        #expect(lines.map(\.amount) == [Money(115_000), Money(-15_000)])
        #expect(lines[1].bookedAt == Instant("2026-11-20T10:30:00+07:00"))
        #expect(lines[0].memo == "memo, with comma" && lines[1].counterpartyName == nil)
        #expect(summary.openingBalance == Money(1_000_000) && summary.closingBalance == Money(1_100_000))
        #expect(summary.credits == Money(115_000) && summary.debits == Money(15_000) && summary.lines == 2)
    }

    @Test func `a file with the newest line first is read`() throws {
        let text = Self.header + "b,2026-11-20,,-5,VND,,,,95\na,2026-11-19,,50,VND,,,,100\n"
        let (_, summary) = try read(text)
        #expect(summary.isNewestFirst && summary.openingBalance == Money(50) && summary.closingBalance == Money(95))
    }

    @Test func `every error is reported and the whole file is refused`() {
        let text =
            Self.header + """
                a,2026-02-30,,5,VND,,,,
                b,2026-11-20,2026-13-01,0,USD,,,,x
                c,2026-11-20,,1.5,VND,,,
                """
        #expect(faults(text) == ["2 booked_at", "3 amount", "3 value_date", "3 currency", "3 balance", "4 "])
        #expect(faults("transaction_id,booked_at,amount\n") == ["1 memo", "1 balance"])
        #expect(faults("") == ["1 "])
        #expect(faults(Self.header + "a,2026-11-20,,5,VND,,,,5\nb,2026-11-20,,5,VND,,,,11\n") == ["3 balance"])
        #expect(faults(Self.header + "a,\"2026") == ["2 field 2"])
    }

    @Test func `random statements read back as they were written`() throws {
        var random = Seeded("statements round trip")
        for _ in 0..<50 {
            var balance = Money(Int64.random(in: 0...1_000_000, using: &random))
            let opening = balance
            var text = Self.header
            var amounts: [Money] = []
            for number in 0..<Int.random(in: 1...40, using: &random) {
                var amount = Int64.random(in: -1_000_000...1_000_000, using: &random)
                if amount == 0 { amount = 1 }
                balance += Money(amount)
                amounts.append(Money(amount))
                text +=
                    CSV.line([
                        "T\(number)", "2026-11-20T09:00:00+07:00", "", String(amount), "VND", "", "",
                        random.pick(["a\nb", "x,\"y\"", "đ"]), balance.description,
                    ]) + "\r\n"
            }
            let (lines, summary) = try read(text, piece: Int.random(in: 1...50, using: &random))
            #expect(lines.map(\.amount) == amounts)
            #expect(summary.openingBalance == opening && summary.closingBalance == balance)
            #expect(summary.credits - summary.debits == balance - opening)
        }
    }
}
