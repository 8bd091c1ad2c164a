import Collection
import Statements
import Values

/// What `khop statement describe` shows: what each column is taken for, and the first lines as they are read.
struct DescribeText {
    let text: String

    private static let lines = 20

    init(_ table: RawTable, _ guess: StatementGuess, _ mapping: StatementMapping, _ bytes: [UInt8]) {
        text = [
            Self.columns(table, guess),
            guess.isProven
                ? String(vi: "Số dư chứng minh các cột tiền.", en: "The balances prove the columns of money.")
                : String(
                    vi: "Không số dư nào chứng minh các cột tiền: hãy xem kỹ ghi nợ và ghi có.",
                    en: "No balance proves the columns of money: look closely at debits and credits."
                ), "", Self.read(mapping, bytes),
        ].joined(separator: "\n")
    }

    private static func columns(_ table: RawTable, _ guess: StatementGuess) -> String {
        let (headings, first) = (guess.headings, table.rows[guess.firstLine].texts)
        let rows = (0..<max(headings.count, first.count)).map { place in
            [
                String(place + 1), shown(headings, place),
                guess.columns.filter { $0.value == place }.map(\.key.rawValue).sorted().joined(separator: ", "),
                shown(first, place),
            ]
        }
        let header = [
            "#", String(vi: "TIÊU ĐỀ", en: "HEADING"), String(vi: "LÀ", en: "IS"),
            String(vi: "DÒNG ĐẦU", en: "FIRST LINE"),
        ]
        return TextTable.render([header] + rows, leftAligned: [1, 2, 3])
    }

    private static func shown(_ cells: [String], _ place: Int) -> String {
        guard place < cells.count else { return "" }
        return String(cells[place].split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(40))
    }

    private static func read(_ mapping: StatementMapping, _ bytes: [UInt8]) -> String {
        let reader = StatementReader(
            format: .table(mapping: mapping.name),
            options: StatementOptions(mappings: [mapping])
        )
        var first: [StatementLine] = []
        func take(_ line: StatementLine) { if first.count < lines { first.append(line) } }
        do {
            try reader.feed(bytes, line: take)
            _ = try reader.finish(line: take)
        } catch let refused as StatementRejected {
            let faults = refused.faults.prefix(10).map { "\($0.line) \($0.field): \($0.reason[.ofTerminal])" }
            return table(first) + faults.map { "✘ " + $0 + "\n" }.joined()
        } catch { return "\(error)" }
        return table(first)
    }

    private static func table(_ lines: [StatementLine]) -> String {
        let header = [
            "#", String(vi: "LÚC", en: "WHEN"), String(vi: "SỐ TIỀN", en: "AMOUNT"), String(vi: "SỐ DƯ", en: "BALANCE"),
            "ID",
            String(vi: "NỘI DUNG", en: "MEMO"),
        ]
        let rows = lines.map { line in
            [
                String(line.lineNumber), String(line.bookedAt.description.prefix(19)), line.amount.grouped,
                line.balance?.grouped ?? "", line.transactionID ?? "", String((line.memo ?? "").prefix(50)),
            ]
        }
        return TextTable.render([header] + rows, leftAligned: [1, 4, 5])
    }
}
