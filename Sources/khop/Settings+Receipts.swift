import Collection
import Cryptography
import Foundation
import Values

extension Settings {
    /// With what receipts are signed; `nil` where neither file is named.
    func receiptSigning() throws -> ReceiptSigning? {
        guard receiptKey != nil || receiptCertificate != nil else { return nil }
        let key = try Settings.bytes(receiptKey, "KHOP_RECEIPT_KEY")
        let certificate = try Settings.bytes(receiptCertificate, "KHOP_RECEIPT_CERTIFICATE")
        guard let name = CertificateSubject.commonName(pem: certificate) else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_RECEIPT_CERTIFICATE",
                Phrase(
                    vi: "tệp phải là chứng thư X.509 dạng PEM có tên chủ thể (CN)",
                    en: "the file must be an X.509 certificate in PEM whose subject has a common name"
                )
            )
        }
        do { return try ReceiptSigning(key: key, certificate: certificate, name: name) } catch {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_RECEIPT_KEY",
                Phrase(
                    vi: "không ký được: tệp phải là khóa RSA dạng PEM, không có mật khẩu, của chứng thư đó (\(error))",
                    en: "it does not sign: the file must be that certificate's RSA key in PEM, no passphrase (\(error))"
                )
            )
        }
    }

    private static func bytes(_ path: String?, _ name: String) throws -> [UInt8] {
        guard let path else {
            throw ServiceError(
                .invalidParameter,
                at: name,
                Phrase(
                    vi: "khóa và chứng thư ký biên lai phải được nêu cùng nhau",
                    en: "the key and the certificate that sign receipts are named together"
                )
            )
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ServiceError(.invalidParameter, at: name, .unreadableFile(path))
        }
        return Array(data)
    }
}
