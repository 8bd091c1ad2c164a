import Values

/// Reads a number of digits only, such as a timestamp; returns `nil` for anything else.
func wholeNumber(_ text: some StringProtocol) -> Int64? {
    guard (1...18).contains(text.utf8.count) else { return nil }
    var value: Int64 = 0
    for byte in text.utf8 {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 48)
    }
    return value
}

/// Decodes hex digits in either case; returns `nil` for anything else and for more than 128 bytes.
func bytes(hex text: some StringProtocol) -> [UInt8]? {
    let count = text.utf8.count
    guard count > 0, count.isMultiple(of: 2), count <= 256 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count / 2)
    var high: UInt8?
    for byte in text.utf8 {
        guard let digit = hexDigit(byte) else { return nil }
        if let first = high {
            bytes.append(first << 4 | digit)
            high = nil
        } else {
            high = digit
        }
    }
    return bytes
}

/// Decodes base64 (RFC 4648 §4) with or without padding; returns `nil` for anything else, including white space.
func bytes(base64 text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 3 / 4)
    var bits: UInt32 = 0
    var held = 0
    var digits = 0
    var padding = 0
    for byte in text.utf8 {
        let digit: UInt32
        switch byte {
        case 65...90: digit = UInt32(byte) - 65
        case 97...122: digit = UInt32(byte) - 71
        case 48...57: digit = UInt32(byte) + 4
        case UInt8(ascii: "+"): digit = 62
        case UInt8(ascii: "/"): digit = 63
        case UInt8(ascii: "="):
            padding += 1
            continue
        default: return nil
        }
        guard padding == 0 else { return nil }
        digits += 1
        bits = bits << 6 | digit
        held += 6
        guard held >= 8 else { continue }
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
        bits &= (1 << UInt32(held)) - 1
    }
    // Unused bits must be zero, or the same bytes would have several encodings.
    guard bits == 0, held < 6, padding == 0 || (padding <= 2 && (digits + padding).isMultiple(of: 4)) else {
        return nil
    }
    return bytes
}
