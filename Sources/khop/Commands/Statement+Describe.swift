import ArgumentParser
import Collection
import Foundation
import Statements
import Values

extension Statement {
    struct Describe: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đoán mẫu của một bảng sao kê chưa biết, cho xem các dòng đầu đọc ra sao, và viết tệp mô tả.",
                en: "Guess the layout of an unknown table, show how its first lines are read, and write its mapping."
            ),
            discussion: String(
                vi: """
                    Không lưu gì. Sửa điều đoán sai bằng --column, rồi ghi tệp mô tả: khop statement describe TỆP --json > nganhang.json,
                    và nhập bằng --mapping nganhang.json.
                    """,
                en: """
                    Nothing is stored. Correct what was guessed wrong with --column, then write the mapping: khop statement describe
                    FILE --json > bank.json, and import with --mapping bank.json.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tệp sao kê.", en: "The statement's file.")) var file: String
        @Option(
            help: ArgumentHelp(vi: "Tên mẫu: chữ thường, số, gạch ngang.", en: "Its name: lowercase, digits, dashes.")
        )
        var name = "described"
        @Option(help: ArgumentHelp(vi: "Tên cho người đọc.", en: "What people read.")) var title: String?
        @Option(help: ArgumentHelp(vi: "Mã BIN của ngân hàng.", en: "The bank's BIN.")) var bank: String?
        @Option(
            help: ArgumentHelp(
                vi: "Cột nào là gì, đếm từ 1: credit=5; =0 bỏ cột. Nêu nhiều lần được.",
                en: "Which column is what, from 1: credit=5; =0 for none. May be repeated."
            )
        ) var column: [String] = []
        @Flag(help: ArgumentHelp(vi: "Chỉ in tệp mô tả (JSON).", en: "Print the mapping alone (JSON).")) var json =
            false

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ServiceError(.invalidParameter, at: "file", .unreadableFile(file))
            }
            let table = try Describe.reading { try RawTable(Array(data)) }
            guard var guess = StatementGuess(table) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "file",
                    Phrase(
                        vi: "không dòng nào có ngày và số tiền như một dòng sao kê",
                        en: "no row has a date and an amount as a line of a statement has"
                    )
                )
            }
            for change in column { try Describe.change(&guess, change) }
            let mapping = guess.mapping(name: name, title: title ?? name, bank: bank)
            let layout: StatementMapping
            do throws(StatementMapping.Failure) {
                layout = try StatementMapping(mapping)
            } catch { throw ServiceError(.invalidParameter, at: "column", error.phrase) }
            Terminal.answer(mapping, asJSON: json, text: DescribeText(table, guess, layout, Array(data)).text)
        }

        private static func change(_ guess: inout StatementGuess, _ change: String) throws {
            let parts = change.split(separator: "=")
            guard parts.count == 2, let column = StatementMapping.Column(rawValue: String(parts[0])),
                let place = Int(parts[1]), (0...1000).contains(place)
            else {
                let all = StatementMapping.Column.allCases.map(\.rawValue).joined(separator: ", ")
                throw ServiceError(
                    .invalidParameter,
                    at: "column",
                    Phrase(
                        vi: "“\(change.prefix(40))” phải có dạng credit=5; các cột: \(all)",
                        en: "“\(change.prefix(40))” must be like credit=5; columns are \(all)"
                    )
                )
            }
            guess.columns[column] = place == 0 ? nil : place - 1
        }

        private static func reading<Value>(_ body: () throws -> Value) throws -> Value {
            do { return try body() } catch let refused as StatementRejected {
                throw ServiceError(.invalidParameter, at: "file", refused.faults[0].reason)
            }
        }
    }
}
