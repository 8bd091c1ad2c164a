import Foundation
import Statements
import Testing
import Values

/// What an unknown table's columns are is guessed from its cells.
@Suite struct StatementGuessTests {
    private static let judged: [StatementMapping.Column] = [
        .bookedAt, .time, .transactionID, .memo, .debit, .credit, .amount, .balance, .counterpartyAccount,
        .counterpartyName,
    ]

    /// A sample of a bank as a table whose headings say nothing.
    private struct Renamed {
        let rows: [[String]]
        let header: Int
        /// Where the layout has its columns.
        let places: [StatementMapping.Column: Int]

        init?(_ file: String, _ mapping: StatementMapping) throws {
            let table = try RawTable(Fixture.bytes(file))
            rows = table.rows.map { $0.texts.map(Self.shown) }
            func folded(_ text: String) -> String {
                text.lowercased().filter { !$0.isWhitespace && !"(*)".contains($0) }
            }
            func forms(_ value: JSON) -> [String] { (value.array ?? [value]).compactMap(\.string).map(folded) }
            let headings = (mapping.json["header"]?.array ?? []).map(forms)
            guard
                let header = rows.firstIndex(where: { row in
                    headings.allSatisfy { $0.contains(where: row.map(folded).contains) }
                })
            else { return nil }
            self.header = header
            let names = rows[header].map(folded)
            var places: [StatementMapping.Column: Int] = [:]
            for column in StatementGuessTests.judged {
                guard let wanted = mapping.json["columns"]?[column.rawValue] else { continue }
                places[column] = forms(wanted).compactMap { names.firstIndex(of: $0) }.first
            }
            self.places = places
        }

        /// A cell of a workbook that is a date, as text.
        private static func shown(_ text: String) -> String {
            guard text.utf8.count == 25, let time = Instant(text) else { return text }
            let clock = text.dropFirst(11).prefix(8)
            return time.day.formatted + (clock == "00:00:00" ? "" : " \(clock)")
        }

        var csv: [UInt8] {
            let named = rows.enumerated().map { place, row in
                place == header ? row.indices.map { "Cột \(UnicodeScalar(UInt8(65 + $0)))" } : row
            }
            return Array(named.map { CSV.line($0) + "\n" }.joined().utf8)
        }
    }

    private static let files: [(file: String, layout: String)] =
        LayoutSample.all.map { ("layouts/\($0.file)", $0.layout) }
        + [
            "vietcombank.csv", "vietcombank-retail.csv", "vietinbank.csv", "vietinbank.xlsx", "bidv.csv", "mb.csv",
            "acb.csv",
            "techcombank.csv", "agribank.csv",
        ].map { ("banks/\($0)", String($0.prefix { $0 != "." })) }

    @Test func `of tables whose headings say nothing 95 of 100 columns are guessed right`() throws {
        var (right, wrong): (Int, [String]) = (0, [])
        for (file, layout) in Self.files {
            let mapping = try #require(StatementMapping.builtIn.first { $0.name == layout })
            let renamed = try #require(try Renamed(file, mapping), "\(file)")
            guard let guess = StatementGuess(try RawTable(renamed.csv)) else {
                wrong.append("\(file): nothing")
                continue
            }
            for (column, place) in renamed.places {
                if guess.columns[column] == place {
                    right += 1
                } else {
                    wrong.append("\(file): \(column.rawValue) \(guess.columns[column] ?? -1), not \(place)")
                }
            }
        }
        let share = Double(right) / Double(right + wrong.count)
        #expect(
            share >= 0.95 && right > 250,
            "\(right) right; \(wrong.count) wrong:\n\(wrong.sorted().joined(separator: "\n"))"
        )
    }

    @Test func `what balances prove is read right by the mapping that it makes`() throws {
        var proven = 0
        for (file, layout) in Self.files {
            let mapping = try #require(StatementMapping.builtIn.first { $0.name == layout })
            let renamed = try #require(try Renamed(file, mapping))
            guard let guess = StatementGuess(try RawTable(renamed.csv)), guess.isProven else { continue }
            let made = try StatementMapping(guess.mapping(name: "made", title: "Made", bank: nil))
            let account = LayoutSample.all.first { "layouts/\($0.file)" == file }?.account
            let options = StatementOptions(account: account, mappings: [made])
            // What stands around the lines may have words that only the bank's own layout knows: then it is refused.
            guard let found = try? read(renamed.csv, as: .table(mapping: "made"), options: options) else { continue }
            proven += 1
            let known = try read(Fixture.bytes(file), options: StatementOptions(account: account, bank: mapping.bank))
            #expect(found.lines.map(\.amount) == known.lines.map(\.amount), "\(file)")
            #expect(found.lines.map(\.bookedAt.day) == known.lines.map(\.bookedAt.day), "\(file)")
        }
        #expect(proven >= 25, "\(proven)")
    }

    @Test func `what is no table of lines is not guessed`() throws {
        #expect(StatementGuess(try RawTable(Array("a,b\nc,d\n".utf8))) == nil)
        #expect(throws: StatementRejected.self) { try RawTable(Array("%PDF-1.7".utf8)) }
        #expect(throws: StatementRejected.self) { try RawTable(Fixture.bytes("camt053-001-08.xml")) }
    }

    @Test func `columns without a heading of their own are found by their place`() throws {
        let text = "x,x,Số dư\n20/11/2026,5,105\n21/11/2026,7,112\n"
        let guess = try #require(StatementGuess(try RawTable(Array(text.utf8))))
        #expect(guess.isProven && guess.columns == [.bookedAt: 0, .amount: 1, .balance: 2])
        let json = guess.mapping(name: "made", title: "Made", bank: "970443")
        #expect(json["columns"]?["amount"]?.integer == 2 && json["bank"]?.string == "970443")
        let options = StatementOptions(mappings: [try StatementMapping(json)])
        #expect(try read(text, as: .table(mapping: nil), options: options).lines.map(\.amount) == [Money(5), Money(7)])
    }

    private func made(_ text: String) throws -> (guess: StatementGuess, lines: [StatementLine]) {
        let guess = try #require(StatementGuess(try RawTable(Array(text.utf8))))
        let mapping = try StatementMapping(guess.mapping(name: "made", title: "Made", bank: nil))
        let options = StatementOptions(mappings: [mapping])
        return (guess, try read(text, as: .table(mapping: "made"), options: options).lines)
    }

    @Test(arguments: [
        // One heading above two columns, others beside both rows.
        "Ngày,Phát sinh,,Số dư,Nội dung\n,Nợ,Có,,\n",
        // The same words below each.
        "Ngày,Ghi nợ,Ghi có,Số dư,Nội dung\nNgày,Số tiền,Số tiền,Số tiền,Chữ\n",
        // Vietnamese above English.
        "Ngày,Ghi nợ,Ghi có,Số dư,Nội dung\nDate,Debit,Credit,Balance,Details\n",
    ])
    func `headings in two rows are seen, and read by the mapping that they make`(_ head: String) throws {
        let rows = "20/11/2026,,100,1100,nop phi\n21/11/2026,50,,1050,phi dich vu\n22/11/2026,,30,1080,nop le phi\n"
        let (guess, lines) = try made("Số tài khoản: 0801000567890,,,,\n" + head + rows)
        #expect(guess.headerRows == 2 && guess.isProven, "\(guess.headings)")
        #expect(Set(guess.headings).count == 5)
        #expect(lines.map(\.amount) == [Money(100), Money(-50), Money(30)])
        #expect(lines.map(\.memo) == ["nop phi", "phi dich vu", "nop le phi"])
    }

    @Test func `one row of headings below something that is told is one row`() throws {
        let text = "Tên khách hàng,UBND phường,,\nNgày,Ghi nợ,Ghi có,Số dư\n20/11/2026,,5,105\n21/11/2026,7,,98\n"
        let (guess, lines) = try made(text)
        #expect(guess.headerRows == 1 && guess.headings == ["Ngày", "Ghi nợ", "Ghi có", "Số dư"])
        #expect(lines.map(\.amount) == [Money(5), Money(-7)])
    }

    @Test(arguments: [("C", "D"), ("C", "N"), ("+", "-"), ("Có", "Nợ"), ("CR", "DR"), ("Tiền vào", "Tiền ra")])
    func `a column of marks says which amounts are debits`(_ credit: String, _ debit: String) throws {
        let rows = [
            "20/11/2026,\(credit),100,1100,nop phi", "21/11/2026,\(debit),50,1050,phi dich vu",
            "22/11/2026,\(credit),30,1080,nop le phi",
        ].joined(separator: "\n")
        let (guess, lines) = try made("Ngày,Loại,Số tiền,Số dư,Nội dung\n\(rows)\n")
        #expect(guess.isProven && guess.columns[.sign] == 1 && guess.columns[.amount] == 2)
        #expect(lines.map(\.amount) == [Money(100), Money(-50), Money(30)])
        // Without balances nothing proves it, and it is guessed all the same.
        let bare = rows.split(separator: "\n").map { line in
            line.split(separator: ",").enumerated().filter { $0.offset != 3 }.map { String($0.element) }
                .joined(separator: ",")
        }
        let (guessed, read) = try made("Ngày,Loại,Số tiền,Nội dung\n" + bare.joined(separator: "\n") + "\n")
        #expect(!guessed.isProven && guessed.columns[.sign] == 1)
        #expect(read.map(\.amount) == [Money(100), Money(-50), Money(30)])
    }

    @Test func `where all are credits the marks of debits that may come are known, and others are refused`() throws {
        let head = "Ngày,DC,Số tiền,Số dư\n"
        let rows = "20/11/2026,C,100,1100\n21/11/2026,C,50,1150\n22/11/2026,C,30,1180\n"
        let (guess, _) = try made(head + rows)
        #expect(guess.columns[.sign] == 1 && guess.signMarks?.debit.sorted() == ["D", "N"])
        let mapping = try StatementMapping(guess.mapping(name: "made", title: "Made", bank: nil))
        let options = StatementOptions(mappings: [mapping])
        let later = head + rows + "23/11/2026,D,80,1100\n"
        #expect(try read(later, as: .table(mapping: "made"), options: options).lines.last?.amount == Money(-80))
        #expect(throws: StatementRejected.self) {
            try read(head + rows + "23/11/2026,X,80,1100\n", as: .table(mapping: "made"), options: options)
        }
    }
}
