public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A type that can be an element of a PostgreSQL array.
public protocol ArrayElement: Sendable {
    /// Appends the element as written in an array literal, quoted if necessary.
    func appendElement(to literal: inout [UInt8])
}

extension ArrayElement {
    static func arrayLiteral(_ elements: [Self]) -> String {
        var literal: [UInt8] = [UInt8(ascii: "{")]
        literal.reserveCapacity(elements.count * 24)
        for (index, element) in elements.enumerated() {
            if index > 0 { literal.append(UInt8(ascii: ",")) }
            element.appendElement(to: &literal)
        }
        literal.append(UInt8(ascii: "}"))
        return String(decoding: literal, as: UTF8.self)
    }
}

extension ArrayElement where Self: Bindable {
    public func appendElement(to literal: inout [UInt8]) {
        switch boundValue {
        case .null: literal.append(contentsOf: "NULL".utf8)
        case .text(let text): appendQuoted(text.utf8, to: &literal)
        case .bytes(let bytes):
            literal.append(contentsOf: "\"\\\\x".utf8)
            for byte in bytes {
                literal.append(hexDigits[Int(byte >> 4)])
                literal.append(hexDigits[Int(byte & 15)])
            }
            literal.append(UInt8(ascii: "\""))
        }
    }
}

private let hexDigits = Array("0123456789abcdef".utf8)

private func appendQuoted(_ text: String.UTF8View, to literal: inout [UInt8]) {
    literal.append(UInt8(ascii: "\""))
    for byte in text {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { literal.append(UInt8(ascii: "\\")) }
        literal.append(byte)
    }
    literal.append(UInt8(ascii: "\""))
}

extension ArrayElement where Self: BinaryInteger & Bindable {
    public func appendElement(to literal: inout [UInt8]) { literal.append(contentsOf: String(self).utf8) }
}

extension String: ArrayElement {}
extension Int: ArrayElement {}
extension Int64: ArrayElement {}
extension Int32: ArrayElement {}
extension Bool: ArrayElement {}
extension Money: ArrayElement {}
extension Day: ArrayElement {}
extension Instant: ArrayElement {}
extension JSON: ArrayElement {}
extension UUID: ArrayElement {}
extension Optional: ArrayElement where Wrapped: ArrayElement {
    public func appendElement(to literal: inout [UInt8]) {
        if let self { self.appendElement(to: &literal) } else { literal.append(contentsOf: "NULL".utf8) }
    }
}
