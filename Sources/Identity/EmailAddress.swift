import Values

/// An e-mail address that identifies a person: lower case, since people do not mind the case and providers do not either.
public struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    public let text: String
    public var description: String { text }

    /// Returns `nil` unless there is one `@` with something on both sides and a dot in the domain; at most 254 ASCII
    /// characters, no spaces.
    public init?(_ typed: String) {
        let text = typed.trimming().lowercased()
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard (5...254).contains(text.utf8.count), halves.count == 2, let domain = halves.last,
            halves.allSatisfy({ !$0.isEmpty }), domain.contains("."), !domain.hasPrefix("."), !domain.hasSuffix("."),
            text.utf8.allSatisfy({ (33...126).contains($0) && $0 != 34 && $0 != 60 && $0 != 62 && $0 != 92 })
        else { return nil }
        self.text = text
    }

    /// What stands before the `@`.
    public var local: String { String(text.prefix { $0 != "@" }) }
}
