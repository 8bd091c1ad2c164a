import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads members of JSON that this program stored; a missing member is an error, never 0 or empty.
struct StoredJSON {
    let json: JSON
    /// What the JSON describes, for the error message.
    let what: String

    struct Unreadable: Error, CustomStringConvertible {
        let what: String
        let member: String

        var description: String { "\(what) as it is stored has no \(member) that can be read" }
    }

    private func need<Value>(_ value: Value?, _ member: String) throws -> Value {
        guard let value else { throw Unreadable(what: what, member: member) }
        return value
    }

    func money(_ member: String) throws -> Money { Money(try integer(member)) }
    func integer(_ member: String) throws -> Int64 { try need(json[member]?.integer, member) }
    func text(_ member: String) throws -> String { try need(json[member]?.string, member) }
    func uuid(_ member: String) throws -> UUID {
        try need(json[member]?.string.flatMap { UUID(uuidString: $0) }, member)
    }

    func list(_ member: String) throws -> [StoredJSON] {
        try need(json[member]?.array, member).map { StoredJSON(json: $0, what: what) }
    }
}
