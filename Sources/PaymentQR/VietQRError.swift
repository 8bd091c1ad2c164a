/// Why a payload is refused, or cannot be made.
public enum VietQRError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is no EMVCo payload.
    case malformed(String)
    case wrongChecksum(expected: String, found: String)
    /// An EMVCo payload, but not one for a NAPAS transfer.
    case notVietQR(String)
    /// A field given for a new payload does not fit.
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
