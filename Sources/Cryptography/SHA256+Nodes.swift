import COpenSSL

extension SHA256 {
    /// Returns the hash of two pieces after a prefix of one byte, without joining them elsewhere first.
    public static func hash(prefix: UInt8, _ left: [UInt8], _ right: [UInt8] = []) -> [UInt8] {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 + left.count + right.count) { joined in
            joined[0] = prefix
            for (offset, byte) in left.enumerated() { joined[1 + offset] = byte }
            for (offset, byte) in right.enumerated() { joined[1 + left.count + offset] = byte }
            return [UInt8](unsafeUninitializedCapacity: byteCount) { hash, count in
                _ = COpenSSL.SHA256(joined.baseAddress, joined.count, hash.baseAddress)
                count = byteCount
            }
        }
    }
}
