/// References in a separate field.
enum StatementReference {
    /// Whether a text has the form of an ISO 11649 reference. Its check digits are verified when the reference is
    /// looked up.
    static func isPlausible(_ text: String) -> Bool {
        let bytes = text.utf8.filter { $0 != 0x20 }
        guard (5...25).contains(bytes.count), bytes[0] | 0x20 == UInt8(ascii: "r"), bytes[1] | 0x20 == UInt8(ascii: "f")
        else {
            return false
        }
        return bytes[2...3].allSatisfy { (48...57).contains($0) }
            && bytes.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) }
    }
}
