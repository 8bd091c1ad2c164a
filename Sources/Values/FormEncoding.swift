/// `application/x-www-form-urlencoded`, as decoded by PHP's `urldecode` and encoded by its `urlencode`.
public enum FormEncoding {
    /// More are refused.
    public static let maximumParameters = 100

    /// Returns the decoded parameters of a query or form, in order; `nil` for an invalid escape, text that is not
    /// UTF-8, or more parameters than the maximum.
    public static func parameters(_ bytes: some Collection<UInt8>, maximum: Int = maximumParameters)
        -> [(name: String, value: String)]?
    {
        var parameters: [(name: String, value: String)] = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard parameters.count < maximum else { return nil }
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            guard let decodedName = decode(name), let value = decode(pair.dropFirst(name.count + 1)) else { return nil }
            parameters.append((decodedName, value))
        }
        return parameters
    }

    private static func decode(_ bytes: some Collection<UInt8>) -> String? {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index != bytes.endIndex {
            let byte = bytes[index]
            bytes.formIndex(after: &index)
            switch byte {
            case UInt8(ascii: "+"): out.append(0x20)
            case UInt8(ascii: "%"):
                var code: UInt8 = 0
                for _ in 0..<2 {
                    guard index != bytes.endIndex, let digit = hexDigit(bytes[index]) else { return nil }
                    code = code << 4 | digit
                    bytes.formIndex(after: &index)
                }
                out.append(code)
            default: out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self)
    }

    /// Encodes a text: letters, digits, `-`, `_` and `.` unchanged, a space as `+`, all else as `%` and two capital hex
    /// digits.
    public static func encode(_ text: String, to out: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): out.append(byte)
            case 0x20: out.append(UInt8(ascii: "+"))
            default: out.append(contentsOf: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
    }
}
