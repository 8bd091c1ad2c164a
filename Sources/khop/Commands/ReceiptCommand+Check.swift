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
        @Option(
            help: ArgumentHelp(
                vi: "Chứng thư tin cậy (PEM): kiểm tra cả chữ ký số, tức cả người nộp và các khoản thu.",
                en: "A trusted certificate (PEM): the digital signature is checked too, and with it payer and items."
            )
        ) var trustedPem: String?
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
            let isSigned = try found.flatMap(signature)
            if isSigned == false { (found, fault) = (nil, Check.unsigned) }
            Terminal.answer(
                [
                    "ok": .bool(found != nil), "number": .optional(found?.number),
                    "signature": isSigned.map { .bool($0) } ?? .null,
                    "fault": fault.map { .string($0[.ofTerminal]) } ?? .null,
                ],
                asJSON: json,
                text: found.map { Check.right($0, isSigned: isSigned == true) } ?? fault?[.ofTerminal] ?? ""
            )
            if found == nil { throw ExitCode(1) }
        }

        /// Whether the signature is right; `nil` if nobody asks.
        private func signature(_ file: ReceiptFile) throws -> Bool? {
            guard let trustedPem else { return nil }
            guard let trusted = FileManager.default.contents(atPath: trustedPem) else {
                throw ServiceError(.invalidParameter, at: "--trusted-pem", .unreadableFile(trustedPem))
            }
            do { return try file.isSigned(trusting: Array(trusted)) } catch {
                throw ServiceError(
                    .invalidParameter,
                    at: "--trusted-pem",
                    Phrase(vi: "không đọc được chứng thư: phải là PEM", en: "holds no certificate in PEM")
                )
            }
        }

        /// What is proved, and what is not.
        private static func right(_ file: ReceiptFile, isSigned: Bool) -> String {
            let head = String(
                vi:
                    "Đúng: biên lai số \(file.number), \(file.amount) đồng, có trong lịch sử niêm phong lúc \(file.proof.sealedAt.formatted).",
                en:
                    "Right: receipt number \(file.number) of \(file.amount) đồng stands in the history sealed at \(file.proof.sealedAt.formatted)."
            )
            let rest =
                isSigned
                ? String(
                    vi: "Chữ ký số đúng: cả người nộp, các khoản thu và cơ quan thu.",
                    en: "Its digital signature is right: payer, items and collector as well."
                )
                : String(
                    vi:
                        "Chưa chứng minh: mẫu và ký hiệu, người nộp, các khoản thu, số tiền bằng chữ, cơ quan thu. Chỉ chữ ký số chứng minh: thêm --trusted-pem.",
                    en:
                        "Not proved: form and serial, payer, items, amount in words, collector. Only the digital signature proves them: add --trusted-pem."
                )
            let later = String(
                vi: "Có thể đã được thay thế sau đó: xem /r/\(file.address).",
                en: "It may have been replaced since: see /r/\(file.address)."
            )
            return [head, rest, later].joined(separator: "\n")
        }

        private static let unsigned = Phrase(
            vi: "Sai: chữ ký số không đúng, hoặc không phải của người ký được tin cậy. Đừng dùng bản này.",
            en: "Wrong: its digital signature is not right, or not of a trusted signer. Do not rely on it."
        )

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
