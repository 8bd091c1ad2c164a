/// The payload of an EMVCo merchant-presented QR code of any scheme: its objects in order, with a verified checksum.
public struct EMVPayload: Hashable, Sendable {
    /// All objects except the checksum; ids are unique.
    public let objects: [TLV]

    /// The maximum size of a payload in bytes (EMVCo QR Code Specification, 3.2).
    public static let maximumBytes = 512

    public init(_ objects: [TLV]) { self.objects = objects }

    /// Reads a payload strictly: it must begin with `000201`, have each object once, and end with a valid checksum.
    public init(parsing payload: String) throws(VietQRError) {
        guard payload.utf8.count <= EMVPayload.maximumBytes else {
            throw .malformed("longer than \(EMVPayload.maximumBytes) bytes")
        }
        let objects = try TLV.parse(payload)
        guard objects.first == TLV("00", "01") else { throw .malformed("it does not begin with 000201") }
        guard let last = objects.last, last.id == "63", last.value.utf8.count == 4 else {
            throw .malformed("it does not end with a checksum")
        }
        let expected = checksum(payload.utf8.dropLast(4))
        // Some generators write the digits in lowercase; the specification requires capitals.
        guard last.value.uppercased() == expected else {
            throw .wrongChecksum(expected: expected, found: last.value)
        }
        self.objects = objects.dropLast()
    }

    /// The value of an object; `nil` if there is none.
    public subscript(id: String) -> String? { objects[id] }

    /// The complete payload with its checksum. Values must have 1 to 99 characters.
    public var text: String {
        let body = objects.map(\.text).joined() + "6304"
        return body + checksum(body.utf8)
    }
}

/// Returns CRC-16/IBM-3740 as four capital hex digits: polynomial 0x1021, initial value 0xFFFF, not reflected, no final
/// XOR.
func checksum(_ bytes: some Sequence<UInt8>) -> String {
    var crc: UInt16 = 0xFFFF
    for byte in bytes {
        crc ^= UInt16(byte) << 8
        for _ in 0..<8 { crc = crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1 }
    }
    let digits = String(crc, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.utf8.count) + digits
}
