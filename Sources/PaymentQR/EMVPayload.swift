/// The payload of an EMVCo merchant-presented QR code, of any scheme: objects in their order, the checksum proved.
public struct EMVPayload: Hashable, Sendable {
    /// All objects but the checksum; ids are unique.
    public let objects: [TLV]

    /// The most a payload may hold (EMVCo QR Code Specification, 3.2), in bytes.
    public static let maximumBytes = 512

    public init(_ objects: [TLV]) { self.objects = objects }

    /// Reads a payload strictly: it begins with `000201`, has each object once, ends with the checksum, and that holds.
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
        // Some makers write the digits in lower case; the specification has capitals.
        guard last.value.uppercased() == expected else {
            throw .wrongChecksum(expected: expected, found: last.value)
        }
        self.objects = objects.dropLast()
    }

    /// The value of an object, or `nil` where there is none.
    public subscript(id: String) -> String? { objects[id] }

    /// The payload as it is printed, checksum and all. Values must have 1 to 99 characters.
    public var text: String {
        let body = objects.map(\.text).joined() + "6304"
        return body + checksum(body.utf8)
    }
}

/// The four capital hex digits of CRC-16/IBM-3740: polynomial 0x1021, start 0xFFFF, no reflection, no final change.
func checksum(_ bytes: some Sequence<UInt8>) -> String {
    var crc: UInt16 = 0xFFFF
    for byte in bytes {
        crc ^= UInt16(byte) << 8
        for _ in 0..<8 { crc = crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1 }
    }
    let digits = String(crc, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.utf8.count) + digits
}
