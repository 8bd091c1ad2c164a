import ArgumentParser
import Collection
import Foundation
import Spreadsheets
import Values

/// The format of a report, and the file it goes to.
struct OutputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            vi: "table, json, csv hoặc xlsx; biên bản đối soát còn có pdf.",
            en: "table, json, csv or xlsx; a reconciliation record also pdf."
        )
    ) var format = "table"
    @Flag(help: ArgumentHelp(vi: "Như --format json.", en: "The same as --format json.")) var json = false
    @Option(
        help: ArgumentHelp(
            vi: "Ghi vào đâu; bỏ trống là in ra màn hình. xlsx cần nêu khi chạy ở màn hình.",
            en: "Where to write it; standard output if left out. On a terminal xlsx needs it."
        )
    ) var output: String?

    /// - Parameters:
    ///   - csv: the sheet written as CSV; the first one by default.
    ///   - pdf: draws the report, if it can be.
    func write(_ report: JSON, _ sheets: [Sheet], csv: Sheet? = nil, pdf: (() throws -> [UInt8])? = nil) throws {
        let bytes: [UInt8]
        switch json ? "json" : format {
        case "json": bytes = Array((report.pretty + "\n").utf8)
        case "csv": bytes = Array(((csv ?? sheets.first)?.csv ?? "").utf8)
        case "table": bytes = Array(sheets.map { $0.table(in: .ofTerminal) }.joined(separator: "\n").utf8)
        case "xlsx":
            try requireFile()
            bytes = try Workbook.xlsx(sheets)
        case "pdf" where pdf != nil:
            try requireFile()
            bytes = try pdf?() ?? []
        default:
            let known = ["table", "json", "csv", "xlsx"] + (pdf == nil ? [] : ["pdf"])
            throw ServiceError(.invalidParameter, at: "--format", .oneOf(known))
        }
        guard let output else { return FileHandle.standardOutput.write(Data(bytes)) }
        try Data(bytes).write(to: URL(fileURLWithPath: output))
        Terminal.say(Phrase(vi: "đã ghi vào \(output)", en: "written to \(output)"))
    }

    /// Throws where the bytes of a file would go to a screen.
    private func requireFile() throws {
        guard output != nil || !Terminal.isOutputInteractive else {
            throw ServiceError(
                .invalidParameter,
                at: "--output",
                Phrase(
                    vi: "tệp này không in ra màn hình được: hãy nêu tệp bằng --output",
                    en: "such a file cannot be printed: name one with --output"
                )
            )
        }
    }
}
