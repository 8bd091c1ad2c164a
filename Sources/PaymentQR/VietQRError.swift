/// Why a payload is rejected, or cannot be generated.
public enum VietQRError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is not an EMVCo payload.
    case malformed(String)
    case wrongChecksum(expected: String, found: String)
    /// The payload is EMVCo, but not for a NAPAS transfer.
    case notVietQR(String)
    /// A field of a new payload is out of bounds.
    case fieldOutOfBounds(String)

    public var description: String {
        switch self {
        case .malformed(let what): "no EMVCo payload: \(what)"
        case .wrongChecksum(let expected, let found): "the checksum is \(found), it should be \(expected)"
        case .notVietQR(let what): "no VietQR payload: \(what)"
        case .fieldOutOfBounds(let what): what
        }
    }
}
