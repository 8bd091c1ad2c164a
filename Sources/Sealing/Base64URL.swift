private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

/// Bytes in base64url (RFC 4648 §5) without padding.
func base64url(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var (held, bits) = (0, 0)
    for byte in bytes {
        held = held << 8 | Int(byte)
        bits += 8
        while bits >= 6 {
            bits -= 6
            text.append(alphabet[held >> bits & 63])
        }
        held &= 1 << bits - 1
    }
    if bits > 0 { text.append(alphabet[held << (6 - bits) & 63]) }
    return String(decoding: text, as: UTF8.self)
}

/// Reads base64url without padding; `nil` for other characters, an impossible length or bits that should be zero.
func base64url(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (held, bits) = (0, 0)
    for character in text.utf8 {
        guard let value = alphabet.firstIndex(of: character) else { return nil }
        held = held << 6 | value
        bits += 6
        guard bits >= 8 else { continue }
        bits -= 8
        bytes.append(UInt8(held >> bits))
        held &= 1 << bits - 1
    }
    return bits < 6 && held == 0 ? bytes : nil
}
