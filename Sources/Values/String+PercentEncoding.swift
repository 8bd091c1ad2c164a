extension String {
    /// The text as a part of a URI (RFC 3986 §2): letters, digits and `-._~` as they are, every other byte as `%` and two
    /// capital hexadecimal digits.
    ///
    /// - Parameter kept: further ASCII characters that stay as they are.
    public func percentEncoded(keeping kept: String = "") -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case 48...57, 65...90, 97...122: encoded.append(byte)
            case _ where "-._~".utf8.contains(byte) || kept.utf8.contains(byte): encoded.append(byte)
            default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
