import ArgumentParser
import Collection
import Cryptography
import Foundation
import Sealing
import Values

extension ReceiptCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Kiểm tra tệp XML của một biên lai, không cần cơ sở dữ liệu; mã thoát 1 nếu không đúng.",
                en: "Check a receipt's XML file, without the database; exit code 1 if it is not right."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tệp XML.", en: "The XML file.")) var file: String
        @Option(
            help: ArgumentHelp(
                vi: "Khóa công khai của hệ thống, base64 (khop seal key).",
                en: "The installation's public key, in base64 (khop seal key)."
            )
        ) var key: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() throws {
            guard let bytes = Data(base64Encoded: key), let key = VerificationKey(Array(bytes)) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--key",
                    Phrase(vi: "phải là 32 byte theo base64", en: "must be 32 bytes in base64")
                )
            }
            guard let content = FileManager.default.contents(atPath: file) else {
                throw ServiceError(.invalidParameter, at: "file", .unreadableFile(file))
            }
            var fault: Phrase?
            var found: ReceiptFile?
            do throws(ReceiptFile.Fault) {
                let read = try ReceiptFile(Array(content))
                try read.verify(under: key)
                found = read
            } catch { fault = Check.phrase(error) }
            let right = found.map { read in
                String(
                    vi: "Đúng: biên lai số \(read.number), \(read.amount) đồng, niêm phong lúc \(read.proof.sealedAt).",
                    en: "Right: receipt number \(read.number) of \(read.amount) đồng, sealed at \(read.proof.sealedAt)."
                )
            }
            Terminal.answer(
                [
                    "ok": .bool(found != nil), "number": .optional(found?.number),
                    "fault": fault.map { .string($0[.ofTerminal]) } ?? .null,
                ],
                asJSON: json,
                text: right ?? fault?[.ofTerminal] ?? ""
            )
            if found == nil { throw ExitCode(1) }
        }

        private static func phrase(_ fault: ReceiptFile.Fault) -> Phrase {
            switch fault {
            case .notXML:
                Phrase(
                    vi:
                        "Sai: đây không phải tệp XML của biên lai. Bản PDF chỉ là hình: quét mã QR trên đó, rồi tải bản XML.",
                    en: "Wrong: this is no receipt's XML. A PDF is a picture only: scan its QR code, and fetch the XML."
                )
            case .notSealed:
                Phrase(
                    vi: "Chưa kiểm tra được: tệp được tải trước khi biên lai được niêm phong. Hãy tải lại bản XML.",
                    en: "Not to be checked: the file was fetched before its receipt was sealed. Fetch the XML again."
                )
            case .otherKey:
                Phrase(
                    vi:
                        "Sai: biên lai của hệ thống khác. Mở địa chỉ in trên biên lai và kiểm tra ở đó, hoặc dùng khóa của hệ thống đó.",
                    en:
                        "Wrong: of another installation. Open the address on the receipt and check there, or use that one's key."
                )
            case .changed:
                Phrase(
                    vi:
                        "Sai: biên lai hoặc chứng cứ đã bị sửa. Đừng dùng bản này: tải lại bản gốc, hoặc hỏi cơ quan thu.",
                    en:
                        "Wrong: the receipt or its proof was changed. Do not rely on it: fetch the original, or ask the agency."
                )
            }
        }
    }
}
