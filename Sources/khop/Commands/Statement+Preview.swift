import ArgumentParser
import Collection
import Foundation
import Values

extension Statement {
    struct Preview: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xem trước: nhập và đối soát một sao kê sẽ cho kết quả gì; không lưu gì.",
                en: "Preview what importing and reconciling a statement would do; nothing is stored."
            ),
            discussion: String(
                vi: """
                    Nêu định dạng, kỳ, sao kê có nối tiếp các sao kê đã có không, dòng nào mới, từng dòng mới sẽ thành gì và vì sao,
                    và mọi lỗi cùng số dòng. Mã thoát 1 nếu tệp có lỗi hoặc hụt quãng so với các sao kê đã có.
                    """,
                en: """
                    It tells the format, the period, whether the statement follows from those that are there, how many lines
                    are new, what each would become and why, and every fault with its line. The exit code is 1 if the file has
                    faults or leaves a gap to the statements before it.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tệp sao kê.", en: "The statement's file.")) var file: String
        @Option(help: ArgumentHelp(vi: "Tài khoản của sao kê.", en: "The account that it is of.")) var account: String
        @Option(
            help: ArgumentHelp(
                vi: "auto, csv, camt053, camt054, mt940, xlsx, hoặc mẫu của ngân hàng như vietcombank.",
                en: "auto, csv, camt053, camt054, mt940, xlsx, or a bank's layout such as vietcombank."
            )
        ) var format = "auto"
        @Option(
            help: ArgumentHelp(
                vi: "Tệp JSON mô tả mẫu bảng của ngân hàng mà khop chưa biết; xem docs/statements.md.",
                en: "A JSON file with the layout of a bank's table that khop does not know; see docs/statements.md."
            )
        )
        var mapping: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let size = FileHandle(forReadingAtPath: file).map { Int(lseek($0.fileDescriptor, 0, SEEK_END)) } ?? 0
            let layout = try mapping.map { try Settings.mapping(file: $0) }
            let preview = try await Program.withServices { services, _ in
                try await services.statementPreviews.preview(
                    path: file,
                    account: account,
                    format: format,
                    mapping: layout
                ) { done in
                    Terminal.progress(done, of: size, Phrase(vi: "đang đọc", en: "reading"))
                }
            }
            let answer = preview.json(in: .ofTerminal)
            Terminal.answer(answer, asJSON: json, text: PreviewText.describe(answer))
            if !preview.isClean { throw ExitCode(1) }
        }
    }
}
