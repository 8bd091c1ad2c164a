public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A type whose values can be bound to a statement's parameters.
public protocol Bindable: Sendable {
    var boundValue: BoundValue { get }
}

extension String: Bindable { public var boundValue: BoundValue { .text(self) } }
extension Int: Bindable { public var boundValue: BoundValue { .text(String(self)) } }
extension Int64: Bindable { public var boundValue: BoundValue { .text(String(self)) } }
extension Int32: Bindable { public var boundValue: BoundValue { .text(String(self)) } }
extension Int16: Bindable { public var boundValue: BoundValue { .text(String(self)) } }
extension Bool: Bindable { public var boundValue: BoundValue { .text(self ? "t" : "f") } }
extension Money: Bindable { public var boundValue: BoundValue { .text(String(dong)) } }
extension Day: Bindable { public var boundValue: BoundValue { .text(description) } }
extension Instant: Bindable { public var boundValue: BoundValue { .text(description) } }
extension JSON: Bindable { public var boundValue: BoundValue { .text(serialized) } }
extension UUID: Bindable { public var boundValue: BoundValue { .text(uuidString) } }

/// Bytes for a `bytea`, as distinct from an array of small integers.
public struct Bytes: Bindable, Hashable {
    public let bytes: [UInt8]
    public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
    public var boundValue: BoundValue { .bytes(bytes) }
}

extension Array: Bindable where Element: ArrayElement {
    public var boundValue: BoundValue { .text(Element.arrayLiteral(self)) }
}

extension Optional: Bindable where Wrapped: Bindable {
    public var boundValue: BoundValue { self?.boundValue ?? .null }
}

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
extension Bytes: ArrayElement {}
extension Optional: ArrayElement where Wrapped: ArrayElement {
    public func appendElement(to literal: inout [UInt8]) {
        if let self { self.appendElement(to: &literal) } else { literal.append(contentsOf: "NULL".utf8) }
    }
}
