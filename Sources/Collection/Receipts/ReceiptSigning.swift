import XMLSignatures

/// With what receipts are signed: the key and the certificate of the installation.
public struct ReceiptSigning: Sendable {
    let signer: XMLSigner
    /// Whose certificate it is, as receipts show it.
    let name: String

    /// - Parameters:
    ///   - key: a private RSA key in PEM, without a passphrase.
    ///   - certificate: its X.509 certificate in PEM.
    ///   - name: whose it is.
    /// - Throws: `XMLSignatureError` if they are not read or do not sign.
    public init(key: [UInt8], certificate: [UInt8], name: String) throws {
        signer = try XMLSigner(key: key, certificate: certificate)
        self.name = name
    }
}
