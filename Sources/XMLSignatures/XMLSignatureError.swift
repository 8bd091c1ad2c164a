/// Why an XML document could not be signed.
public enum XMLSignatureError: Error, Hashable, CustomStringConvertible {
    /// libxmlsec1 could not begin.
    case unavailable
    /// The key or the certificate is no PEM, or they do not belong together.
    case unreadableKey
    /// The document is no XML, or holds no place for a signature.
    case unreadableDocument
    case notSigned

    public var description: String {
        switch self {
        case .unavailable: "libxmlsec1 cannot be used: is the Debian package libxmlsec1-openssl installed?"
        case .unreadableKey: "the key and the certificate must be PEM, without a passphrase, and belong together"
        case .unreadableDocument: "what is to be signed is not XML with a Signature template"
        case .notSigned: "the document could not be signed"
        }
    }
}
