public import Sealing
import Values
import XMLSignatures

extension ReceiptFile {
    /// Whether the file is as it was signed, by whoever has a certificate that a trusted one vouches for: then all that it
    /// says is proved, the payer and the items as well.
    ///
    /// - Parameter trusted: certificates in PEM.
    /// - Throws: `XMLSignatureError` if they cannot be read.
    public func isSigned(trusting trusted: [UInt8]) throws -> Bool {
        try XMLSignature.isRight(bytes, trusting: trusted, at: issuedAt.unixSeconds)
    }
}
