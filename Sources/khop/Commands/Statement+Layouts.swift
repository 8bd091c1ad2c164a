import ArgumentParser
import Collection
import PaymentQR
import Statements
import Values

extension Statement {
    struct Layouts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Liệt kê các mẫu bảng sao kê đọc được: ngân hàng, tên, chắc đến đâu, nhận ra bằng gì.",
                en: "List the layouts of statement tables that are read: bank, name, how sure, how recognised."
            ),
            discussion: String(
                vi: """
                    Chắc đến đâu: file là theo tệp của ngân hàng, program là theo chương trình đọc tệp đó, guess là phỏng đoán, own
                    là mẫu do nơi này tự mô tả, được thử trước. Cột PDF: bảng lấy từ PDF.
                    """,
                en: """
                    How sure: file is after a file of the bank, program after a program that reads such files, guess is a guess, own
                    is a layout described here, tried first. PDF: the table has to be taken out of a PDF.
                    """
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let mappings = try await Settings.load().mappings + StatementMapping.builtIn
            let rows = mappings.map { mapping in
                [
                    mapping.name, mapping.bank.flatMap { BankNames.name(bin: $0) } ?? "", mapping.sureness,
                    mapping.isMadeFromPDF ? "PDF" : "", mapping.recognisedBy.joined(separator: ", "),
                ]
            }
            let header = [
                String(vi: "MẪU", en: "LAYOUT"), String(vi: "NGÂN HÀNG", en: "BANK"), String(vi: "CHẮC", en: "SURE"),
                "PDF",
                String(vi: "NHẬN RA BẰNG", en: "RECOGNISED BY"),
            ]
            Terminal.answer(
                .array(mappings.map(\.listed)),
                asJSON: json,
                text: TextTable.render([header] + rows, leftAligned: [0, 1, 2, 3, 4])
            )
        }
    }
}
