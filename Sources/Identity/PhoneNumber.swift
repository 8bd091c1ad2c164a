import Values

/// A Vietnamese mobile number, which messages can be sent to.
public struct PhoneNumber: Sendable, Hashable, CustomStringConvertible {
    /// As it is called from anywhere: `+84912345678`.
    public let text: String
    public var description: String { text }

    /// Reads `0912 345 678`, `+84 912.345.678` or `84912345678`; `nil` for what is no mobile number of Vietnam.
    public init?(_ typed: String) {
        let plain = typed.filter { !" .-()".contains($0) }
        guard plain.utf8.count <= 15 else { return nil }
        let national: Substring
        if plain.hasPrefix("+84") {
            national = plain.dropFirst(3)
        } else if plain.hasPrefix("84"), plain.utf8.count == 11 {
            national = plain.dropFirst(2)
        } else if plain.hasPrefix("0") {
            national = plain.dropFirst(1)
        } else {
            return nil
        }
        guard national.utf8.count == 9, national.utf8.allSatisfy({ (48...57).contains($0) }),
            let first = national.first, "35789".contains(first)
        else { return nil }
        text = "+84" + national
    }
}
