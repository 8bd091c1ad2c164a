/// One data object of an EMVCo QR payload: a two-digit id, a two-digit length that counts characters, a value.
public struct TLV: Hashable, Sendable {
    public let id: String
    public let value: String

    public init(_ id: String, _ value: String) {
        self.id = id
        self.value = value
    }

    /// The object as it stands in a payload; the value must have 1 to 99 characters.
    var text: String {
        let length = value.count
        precondition((1...99).contains(length), "a value of \(length) characters has no two-digit length")
        return id + (length < 10 ? "0" : "") + String(length) + value
    }

    /// Reads a sequence of objects; throws where a header is no header or a value is cut short.
    public static func parse(_ text: Substring) throws(VietQRError) -> [TLV] {
        var objects: [TLV] = []
        var rest = text
        while !rest.isEmpty {
            let header = rest.prefix(4)
            guard header.count == 4, header.allSatisfy({ $0.isASCII && $0.isNumber }),
                let length = Int(header.suffix(2))
            else {
                throw .malformed("\"\(header)\" is no object header")
            }
            let value = rest.dropFirst(4).prefix(length)
            guard value.count == length else { throw .malformed("the object \(header.prefix(2)) is cut short") }
            objects.append(TLV(String(header.prefix(2)), String(value)))
            rest = rest.dropFirst(4 + length)
        }
        return objects
    }
}

/// Why a payload is refused.
public enum VietQRError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformed(String)
    case wrongChecksum(expected: String, found: String)
    case notVietQR(String)
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

/// CRC-16/IBM-3740: polynomial 0x1021, start 0xFFFF, no reflection, no final change; over UTF-8 bytes.
func crc16(_ bytes: some Sequence<UInt8>) -> UInt16 {
    var crc: UInt16 = 0xFFFF
    for byte in bytes {
        crc ^= UInt16(byte) << 8
        for _ in 0..<8 { crc = crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1 }
    }
    return crc
}

func crcText(_ payload: some StringProtocol) -> String {
    let digits = String(crc16(payload.utf8), radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
}
