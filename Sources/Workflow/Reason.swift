public import Values

/// Why something was decided: a stable code and the values that the decision is based on.
///
/// Reasons are made by named functions (`Reason+….swift`), each of which takes every value of its code, so that a reason
/// without its values does not compile. ``sentence(in:)`` is the one place that turns a reason into words.
public struct Reason: Sendable, Hashable {
    public let code: Code
    public let values: [Key: Value]

    /// Used only by the named functions.
    init(_ code: Code, _ values: [Key: Value] = [:]) {
        self.code = code
        self.values = values
    }

    /// One value of a reason.
    public enum Value: Sendable, Hashable {
        case money(Money)
        case day(Day)
        case instant(Instant)
        case count(Int64)
        /// An identifier of ours or of a bank: a reference, an account, a transaction, the code of a rule.
        case text(String)
    }

    /// The reason as it is stored and returned: `{"code": …, "values": {…}}`, amounts as integers.
    public var json: JSON {
        let members: [JSON.Member] = values.sorted { $0.key.rawValue < $1.key.rawValue }.map { key, value in
            switch value {
            case .money(let money): .init(key.rawValue, .money(money))
            case .count(let count): .init(key.rawValue, .integer(count))
            case .day(let day): .init(key.rawValue, .text(day))
            case .instant(let instant): .init(key.rawValue, .text(instant))
            case .text(let text): .init(key.rawValue, .string(text))
            }
        }
        return ["code": .string(code.rawValue), "values": .object(members)]
    }

    /// The members of every answer that shows a decision: `reason` (code and values) and `sentence`.
    public func members(in language: Language) -> [JSON.Member] {
        [.init("reason", json), .init("sentence", .string(sentence(in: language)))]
    }

    /// Reads what ``json`` wrote; `nil` for an unknown code and for values that are not those of the code.
    public init?(stored json: JSON) {
        guard let code = json["code"]?.string.flatMap(Code.init(rawValue:)) else { return nil }
        var values: [Key: Value] = [:]
        for key in code.keys {
            guard let value = json["values"]?[key.rawValue].flatMap(key.kind.read) else { return nil }
            values[key] = value
        }
        self.init(code, values)
    }
}
