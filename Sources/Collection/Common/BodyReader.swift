public import Values

/// Reads the fields of a JSON body and collects every fault, each with its JSON pointer.
///
/// It remembers which names were read in each object, so that ``finish()`` can refuse unknown members: a misspelt name
/// would otherwise be ignored silently.
public struct BodyReader {
    public let json: JSON
    public private(set) var faults: [ServiceError.Fault] = []
    /// The pointer to the object in the body.
    private let base: String
    /// The objects that were read, by their pointer, with the names known in them.
    private var known: [String: (object: JSON, names: [String])] = [:]

    /// - Parameter base: the pointer to the object, if it is a member of the body.
    public init(_ json: JSON, under base: String = "") {
        self.json = json
        self.base = base
        if json.members == nil {
            fault("", Phrase(vi: "phải là một đối tượng JSON", en: "must be a JSON object"))
        }
    }

    public mutating func fault(_ pointer: String, _ reason: Phrase) {
        // A body that is not an object has one fault, not one for each field.
        guard faults.first?.pointer != base || pointer == "" else { return }
        faults.append(ServiceError.Fault(base + pointer, reason))
    }

    /// Marks members as known, whether or not they are read.
    public mutating func know(_ names: String..., in object: JSON? = nil, under path: String = "") {
        for name in names { look(name, object, path) }
    }

    /// Reads a member of an object and marks its name as known.
    @discardableResult
    private mutating func look(_ name: String, _ object: JSON?, _ path: String) -> JSON? {
        let object = object ?? json
        var names = known[path]?.names ?? []
        if !names.contains(name) { names.append(name) }
        known[path] = (object, names)
        return object[name]
    }

    public func isGiven(_ name: String) -> Bool { json[name].map { !$0.isNull } ?? false }

    /// A required string; empty after a fault.
    public mutating func text(
        _ name: String,
        _ length: ClosedRange<Int>,
        in object: JSON? = nil,
        under path: String = ""
    ) -> String {
        guard let value = look(name, object, path), !value.isNull else {
            fault("\(path)/\(name)", .isMissing)
            return ""
        }
        return string(value, length, "\(path)/\(name)") ?? ""
    }

    public mutating func optionalText(
        _ name: String,
        _ maximum: Int,
        in object: JSON? = nil,
        under path: String = ""
    ) -> String? {
        guard let value = look(name, object, path), !value.isNull else { return nil }
        return string(value, 1...maximum, "\(path)/\(name)")
    }

    private mutating func string(_ value: JSON, _ length: ClosedRange<Int>, _ pointer: String) -> String? {
        if value.string == "", length.lowerBound > 0 {
            fault(
                pointer,
                Phrase(
                    vi: "không được để trống (từ 1 đến \(length.upperBound) ký tự)",
                    en: "must not be empty (1 to \(length.upperBound) characters)"
                )
            )
            return nil
        }
        guard let text = value.string, length.contains(text.unicodeScalars.count),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            fault(
                pointer,
                Phrase(
                    vi:
                        "phải là chuỗi từ \(length.lowerBound) đến \(length.upperBound) ký tự, không có ký tự điều khiển",
                    en:
                        "must be a string of \(length.lowerBound) to \(length.upperBound) characters, without control characters"
                )
            )
            return nil
        }
        return text
    }

    /// A required whole number; `nil` only beside a fault.
    public mutating func integer(
        _ name: String,
        _ range: ClosedRange<Int64>,
        _ what: Phrase,
        in object: JSON? = nil,
        under path: String = ""
    ) -> Int64? {
        guard let value = look(name, object, path), !value.isNull else {
            fault("\(path)/\(name)", .isMissing)
            return nil
        }
        return optionalInteger(name, range, what, in: object, under: path)
    }

    /// `true`, or nothing.
    public mutating func flag(_ name: String) -> Bool {
        guard let value = look(name, nil, ""), !value.isNull else { return false }
        guard let flag = value.bool else {
            fault("/\(name)", Phrase(vi: "phải là true hoặc false", en: "must be true or false"))
            return false
        }
        return flag
    }

    public mutating func optionalInteger(
        _ name: String,
        _ range: ClosedRange<Int64>,
        _ what: Phrase,
        in object: JSON? = nil,
        under path: String = ""
    ) -> Int64? {
        guard let value = look(name, object, path), !value.isNull else { return nil }
        guard let number = value.integer, range.contains(number) else {
            fault(
                "\(path)/\(name)",
                Phrase(
                    vi:
                        "phải là \(what[.vietnamese]): số JSON từ \(range.lowerBound) đến \(range.upperBound), không có phần lẻ",
                    en:
                        "must be \(what[.english]): a JSON number from \(range.lowerBound) to \(range.upperBound), without a fraction"
                )
            )
            return nil
        }
        return number
    }

    public mutating func optionalObject(_ name: String) -> JSON? {
        guard let value = look(name, nil, ""), !value.isNull else { return nil }
        guard value.members != nil else {
            fault("/\(name)", Phrase(vi: "phải là một đối tượng JSON", en: "must be an object"))
            return nil
        }
        return value
    }

    /// A day as `YYYY-MM-DD` that must be given; `nil` only beside a fault.
    public mutating func day(_ name: String) -> Day? { readDay(name, text(name, 10...10)) }

    /// A day as `YYYY-MM-DD`, or nothing.
    public mutating func optionalDay(_ name: String) -> Day? { optionalText(name, 10).flatMap { readDay(name, $0) } }

    private mutating func readDay(_ name: String, _ text: String) -> Day? {
        let day = Day(text)
        if day == nil, isGiven(name) {
            fault("/" + name, .existingDay)
        }
        return day
    }

    /// What an amount of money must be.
    public static let wholeDong = Phrase(vi: "số đồng nguyên", en: "whole đồng")

    /// Faults for unknown members, at most 20.
    private var unknownMembers: [ServiceError.Fault] {
        var faults: [ServiceError.Fault] = []
        for (path, (object, names)) in known.sorted(by: { $0.key < $1.key }) {
            for member in object.members ?? [] where !names.contains(member.name) && faults.count < 20 {
                let name = member.name.replacing("~", with: "~0").replacing("/", with: "~1").prefix(64)
                let list = names.sorted().joined(separator: ", ")
                faults.append(
                    .init(
                        "\(base)\(path)/\(name)",
                        Phrase(
                            vi: "không có trong các thành phần: \(list)",
                            en: "is unknown; the known members are \(list)"
                        )
                    )
                )
            }
        }
        return faults
    }

    /// Throws if anything was wrong.
    public func finish() throws {
        let faults = faults.first?.pointer == base ? faults : faults + unknownMembers
        guard let first = faults.first else { return }
        let head = first.pointer.isEmpty ? "" : first.pointer + ": "
        let others = faults.count - 1
        throw ServiceError(
            .invalidBody,
            Phrase(
                vi: "\(head)\(first.reason[.vietnamese])\(others > 0 ? " (và \(others) lỗi khác)" : "")",
                en: "\(head)\(first.reason[.english])\(others > 0 ? " (and \(others) more)" : "")"
            ),
            faults: faults
        )
    }
}
