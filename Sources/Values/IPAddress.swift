/// An address of the internet protocol, version 4 or 6.
///
/// A version 4 address inside one of version 6 (`::ffff:10.0.0.1`) is that version 4 address, because that is where a
/// connection to it goes.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// As on the network: 4 bytes, or 16.
    public let bytes: [UInt8]

    /// Throws nothing away: `nil` for anything but 4 or 16 bytes.
    public init?(bytes: [UInt8]) {
        switch bytes.count {
        case 4: self.bytes = bytes
        case 16: self.bytes = bytes.starts(with: Self.mapped) ? Array(bytes[12...]) : bytes
        default: return nil
        }
    }

    /// Reads an address in its plain notation, as `192.0.2.1` or `2001:db8::1`, also in brackets; the short, octal and
    /// hexadecimal notations that some programs take are none.
    public init?(_ text: some StringProtocol) {
        var text = text[...]
        if text.first == "[", text.last == "]" { text = text.dropFirst().dropLast() }
        guard text.utf8.count <= 45, let bytes = text.contains(":") ? Self.six(text) : Self.four(text) else {
            return nil
        }
        self.init(bytes: bytes)
    }

    public var description: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        // The longest run of zeros is left out, as RFC 5952 wants it.
        var (best, start) = (0..<0, 0)
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(best.count, 1) { best = start..<end }
            start = max(end, start + 1)
        }
        let text = { (range: Range<Int>) in groups[range].map { String($0, radix: 16) }.joined(separator: ":") }
        return best.isEmpty ? text(0..<8) : text(0..<best.lowerBound) + "::" + text(best.upperBound..<8)
    }

    /// Whether it is of this machine.
    public var isLoopback: Bool { bytes.count == 4 ? bytes[0] == 127 : bytes == Self.one }

    /// Whether it is an address of the public internet: none of a private network, of this machine, of a link, of a group, of
    /// a tunnel, or reserved (the special-purpose registries of IANA).
    public var isPublic: Bool {
        if bytes.count == 16, bytes[0] & 0xE0 != 0x20 { return false }
        return !Self.special.contains { $0.contains(self) }
    }

    private static let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
    private static let one: [UInt8] = Array(repeating: 0, count: 15) + [1]

    private static let special: [IPRange] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        // Within 2000::/3: tunnels, which end at a version 4 address, and documentation.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ].compactMap { IPRange($0) }

    private static func four(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            // A leading zero means octal to some, so it means nothing here.
            guard part.utf8.allSatisfy({ (48...57).contains($0) }), part.utf8.count == 1 || part.first != "0",
                let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func six(_ text: some StringProtocol) -> [UInt8]? {
        let text = String(text)
        guard let gap = text.firstRange(of: "::") else {
            let bytes = groups(text[...])
            return bytes?.count == 16 ? bytes : nil
        }
        let (head, tail) = (text[..<gap.lowerBound], text[gap.upperBound...])
        guard let front = head.isEmpty ? [] : groups(head), let back = tail.isEmpty ? [] : groups(tail),
            front.count + back.count <= 14
        else { return nil }
        return front + Array(repeating: 0, count: 16 - front.count - back.count) + back
    }

    /// Groups of four hexadecimal digits; the last may be a version 4 address.
    private static func groups(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
            if place == parts.count - 1, part.contains(".") {
                guard let end = four(part) else { return nil }
                bytes += end
            } else {
                guard (1...4).contains(part.utf8.count), part.first != "+", part.first != "-",
                    let group = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes
    }
}
