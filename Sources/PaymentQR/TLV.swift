/// One data object of an EMVCo QR payload: a two-digit id, a two-digit length that counts characters, a value.
public struct TLV: Hashable, Sendable {
    public let id: String
    public let value: String

    public init(_ id: String, _ value: String) {
        self.id = id
        self.value = value
    }

    /// The object as written in a payload; the value must have 1 to 99 characters.
    var text: String {
        // Characters are counted as Unicode code points: a letter with a separate mark counts as two.
        let length = value.unicodeScalars.count
        precondition((1...99).contains(length), "a value of \(length) characters has no two-digit length")
        return id + (length < 10 ? "0" : "") + String(length) + value
    }

    /// Reads a sequence of objects that fills the whole text.
    ///
    /// - Throws: `.malformed` if a header is invalid, a value is cut off, or an id is repeated.
    public static func parse(_ text: some StringProtocol) throws(VietQRError) -> [TLV] {
        var objects: [TLV] = []
        var rest = Array(text.unicodeScalars)[...]
        func digit(_ scalar: Unicode.Scalar) -> Int? { ("0"..."9").contains(scalar) ? Int(scalar.value) - 48 : nil }
        while let first = rest.first {
            let start = rest.startIndex
            guard rest.count >= 4, digit(first) != nil, digit(rest[start + 1]) != nil,
                let tens = digit(rest[start + 2]), let units = digit(rest[start + 3])
            else { throw .malformed("\"\(String(rest.prefix(4)))\" is no object header") }
            let id = String(rest.prefix(2))
            let value = rest.dropFirst(4).prefix(tens * 10 + units)
            guard value.count == tens * 10 + units else { throw .malformed("the object \(id) is cut short") }
            guard !objects.contains(where: { $0.id == id }) else { throw .malformed("the object \(id) stands twice") }
            objects.append(TLV(id, String(value)))
            rest = rest[value.endIndex...]
        }
        return objects
    }
}

extension String {
    fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
        self.init(String.UnicodeScalarView(scalars))
    }
}

extension Sequence<TLV> {
    /// The value of an object; `nil` if there is none.
    subscript(id: String) -> String? { first { $0.id == id }?.value }
}
