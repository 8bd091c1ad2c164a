/// The addresses of a network, as `10.0.0.0/8`; one address is a network of its own.
public struct IPRange: Sendable, Hashable {
    public let first: IPAddress
    /// How many leading bits its addresses have in common.
    public let length: Int

    /// Reads a network, or one address. `nil` if the address has bits beyond the length, which is a typing mistake.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first.flatMap({ IPAddress($0) }), parts.count <= 2 else { return nil }
        let bits = first.bytes.count * 8
        guard let length = parts.count == 2 ? Int(parts[1]) : bits, (0...bits).contains(length) else { return nil }
        self.first = first
        self.length = length
        for bit in length..<bits {
            let mask: UInt8 = 0x80 >> UInt8(bit % 8)
            guard first.bytes[bit / 8] & mask == 0 else { return nil }
        }
    }

    public func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == first.bytes.count else { return false }
        let whole = length / 8
        guard address.bytes.prefix(whole) == first.bytes.prefix(whole) else { return false }
        guard length % 8 > 0 else { return true }
        let shift = 8 - length % 8
        return address.bytes[whole] >> shift == first.bytes[whole] >> shift
    }
}
