import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Values

extension PlatformCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Các kết nối với nền tảng và các tệp đối soát đã nhập, mới nhất trước.",
                en: "The connections to the platform and the files that were imported, the latest first."
            )
        )
        @Option(help: ArgumentHelp(vi: "Chỉ của một kết nối.", en: "Those of one connection.")) var connection: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (links, files) = try await Program.withServices { services, _ in
                (
                    try await services.platform.links.list(),
                    try await services.platform.files.list(connection: connection)
                )
            }
            let addresses = TerminalTable(
                [
                    .text("kết nối", "connection"), .text("tài khoản", "account"), .text("đối tác", "partner"),
                    .text("khởi tạo", "begins at"),
                ],
                links.map { [$0.connection, $0.accountNumber, $0.partner, $0.initURL] }
            ).text
            let table = TerminalTable(
                [
                    .number("số", "id"), .text("kết nối", "connection"), .text("ngày", "day"),
                    .number("lần", "turn"), .number("dòng", "rows"), .number("tổng (₫)", "total (₫)"),
                    .number("vụ việc mở", "open cases"), .text("tệp", "file"),
                ],
                files.map { file in
                    [
                        String(file.id), file.connection, file.day.formatted, String(file.turn), String(file.rows),
                        file.total.grouped, String(file.openCases), file.name,
                    ]
                }
            ).text
            Terminal.answer(
                ["links": .array(links.map(\.json)), "files": .array(files.map(\.json))],
                asJSON: json,
                text: addresses + "\n" + table
            )
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Nhập tệp đối soát của một ngày; nhập lại cùng tệp là cùng một lần nhập.",
                en: "Import a day's file; the same file again is the same import."
            ),
            discussion: String(
                vi: """
                    Các dòng cách nhau bằng |, dòng cuối là số dòng và tổng tiền; hoặc JSON chứa tệp theo Base64. Cột lấy từ dòng đầu nếu có
                    tên cột, nếu không thì từ --columns. Mỗi chênh lệch là một vụ việc.
                    """,
                en: """
                    Values are joined with |, and the last line has count and sum; or JSON that holds the file in Base64. The columns are those
                    of the first line, if it names them, else of --columns. Each difference is a case.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tệp.", en: "The file.")) var file: String
        @Option(help: ArgumentHelp(vi: "Kết nối.", en: "The connection.")) var connection: String
        @Option(help: ArgumentHelp(vi: "Ngày của tệp, YYYY-MM-DD.", en: "The day that it is of, YYYY-MM-DD."))
        var day: String
        @Option(help: ArgumentHelp(vi: "Tên các cột, cách nhau bằng dấu phẩy.", en: "Names of columns, with commas."))
        var columns: String?
        @Flag(
            help: ArgumentHelp(
                vi: "Tệp không có dòng cuối (không phát hiện được bị cắt cụt).",
                en: "The file has no last line (that it was cut off is not seen then)."
            )
        )
        var noTrailer = false
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ServiceError(.invalidParameter, at: "file", .unreadableFile(file))
            }
            guard let day = Day(day) else { throw ServiceError(.invalidParameter, at: "--day", .existingDay) }
            var layout = PlatformFile.Layout()
            layout.mayEndAnywhere = noTrailer
            if let columns { layout.columns = columns.split(separator: ",").map { $0.trimming() } }
            let imported = try await Program.withServices { [layout] services, settings in
                try await services.platform.files.importFile(
                    Array(data),
                    connection: connection,
                    day: day,
                    name: String(file.split(separator: "/").last ?? ""),
                    layout: layout,
                    by: try await Program.actor(services, settings)
                )
            }
            let told =
                imported.isRepeated
                ? String(
                    vi: "Tệp này đã được nhập, không nhập lại.",
                    en: "This file was imported before; nothing was added."
                )
                    + "\n" : ""
            Terminal.answer(
                imported.json(in: .ofTerminal),
                asJSON: json,
                text: told + imported.shown.summary(in: .ofTerminal)
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xem từng dòng của một tệp so với sổ và sao kê.",
                en: "Show each row of a file beside the books and the statement."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số của tệp.", en: "The file's id.")) var id: Int64
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let shown = try await Program.withServices { services, _ in
                try await services.platform.files.compare(id)
            }
            Terminal.answer(shown.json(in: .ofTerminal), asJSON: json, text: shown.summary(in: .ofTerminal))
        }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ghi tệp trả lời nền tảng: mỗi dòng khớp hay không, và vì sao.",
                en: "Write the answer to the platform: each row matched or not, and why."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số của tệp.", en: "The file's id.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Ghi vào tệp này.", en: "Write it to this file.")) var out: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (shown, text) = try await Program.withServices { services, settings in
                try await services.platform.files.answer(id, by: try await Program.actor(services, settings))
            }
            try Data(text.utf8).write(to: URL(fileURLWithPath: out))
            let (matched, unmatched) = (shown.matched, shown.unmatched)
            Terminal.answer(
                [
                    "file": .integer(id), "matched": .integer(matched),
                    "unmatched": .integer(unmatched), "out": .string(out),
                ],
                asJSON: json,
                Phrase(
                    vi: "Đã ghi \(out): \(matched) dòng khớp, \(unmatched) dòng không khớp.",
                    en: "Wrote \(out): \(matched) rows matched, \(unmatched) unmatched."
                )
            )
        }
    }
}
