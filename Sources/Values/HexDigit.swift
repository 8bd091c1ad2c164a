/// The value of a hexadecimal digit in ASCII, of either case; `nil` for any other byte.
public func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
}
