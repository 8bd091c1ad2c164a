import ArgumentParser
import Collection
import Foundation
import Spreadsheets
import Values

/// The format of a report, and the file it goes to.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp(vi: "table, json, csv hoặc xlsx.", en: "table, json, csv or xlsx.")) var format = "table"
    @Flag(help: ArgumentHelp(vi: "Như --format json.", en: "The same as --format json.")) var json = false
    @Option(
        help: ArgumentHelp(
            vi: "Ghi vào đâu; bỏ trống là in ra màn hình. xlsx cần nêu khi chạy ở màn hình.",
            en: "Where to write it; standard output if left out. On a terminal xlsx needs it."
        )
    ) var output: String?

    /// - Parameter csv: the sheet written as CSV; the first one by default.
    func write(_ report: JSON, _ sheets: [Sheet], csv: Sheet? = nil) throws {
        let bytes: [UInt8]
        switch json ? "json" : format {
        case "json": bytes = Array((report.pretty + "\n").utf8)
        case "csv": bytes = Array(((csv ?? sheets.first)?.csv ?? "").utf8)
        case "table": bytes = Array(sheets.map { $0.table(in: .ofTerminal) }.joined(separator: "\n").utf8)
        case "xlsx":
            guard output != nil || !Terminal.isOutputInteractive else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--output",
                    Phrase(
                        vi: "bảng tính không in ra màn hình được: hãy nêu tệp bằng --output",
                        en: "a workbook cannot be printed: name a file with --output"
                    )
                )
            }
            bytes = try Workbook.xlsx(sheets)
        default: throw ServiceError(.invalidParameter, at: "--format", .oneOf(["table", "json", "csv", "xlsx"]))
        }
        guard let output else { return FileHandle.standardOutput.write(Data(bytes)) }
        try Data(bytes).write(to: URL(fileURLWithPath: output))
        Terminal.say(Phrase(vi: "đã ghi vào \(output)", en: "written to \(output)"))
    }
}
