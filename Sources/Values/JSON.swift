/// A JSON value that keeps what money needs: numbers as they were written, members in their order.
///
/// Foundation's decoders turn numbers into `Double`, take the last of two members of one name, and lose the order that
/// some providers sign over, so bodies that carry money are read by ``JSON/parse(_:maximumDepth:)`` instead.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number as written, such as `115000` or `1.5e3`; always valid JSON grammar.
    case number(String)
    case string(String)
    case array([JSON])
    /// Members in the order written; names are unique.
    case object([Member])

    public struct Member: Hashable, Sendable {
        public let name: String
        public let value: JSON

        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    public static func integer(_ value: some BinaryInteger) -> JSON { .number(String(value)) }
    public static func money(_ value: Money) -> JSON { .number(String(value.dong)) }
    public static func text(_ value: some CustomStringConvertible) -> JSON { .string(value.description) }
    public static func optional(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }

    /// The member of that name; `nil` if this is not an object or has no such member.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number if it is written as a whole number in Int64's range: `115000`, but not `115000.0`, `1e5` or `"1"`.
    public var integer: Int64? {
        guard case .number(let text) = self else { return nil }
        return Int64(text)
    }

    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    public var array: [JSON]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    public var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    public var isNull: Bool { self == .null }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// An object, its members in the order written.
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0.0, $0.1) }) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .number(String(value)) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(nilLiteral: ()) { self = .null }
}
