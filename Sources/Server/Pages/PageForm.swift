import Collection
import Hummingbird
import Values

/// The fields of a form that a page posted, as `application/x-www-form-urlencoded`.
struct PageForm {
    /// By their names.
    let fields: [String: String]
    /// A form of ours is small; one that chooses among cases has two hundred boxes.
    private static let maximumBytes = 64 << 10
    private static let maximumFields = 300

    init(_ request: Request) async throws {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            throw ServiceError(.forbidden, PageTexts.foreign)
        }
        let bytes = try await request.bytes()
        guard bytes.count <= PageForm.maximumBytes else {
            throw ServiceError(.tooLarge, Phrase(vi: "Biểu mẫu quá lớn.", en: "The form is too large."))
        }
        fields = PageForm.read(String(decoding: bytes, as: UTF8.self))
    }

    /// A field; empty if it was not sent. NULs cannot be stored and are left out.
    subscript(name: String) -> String { fields[name] ?? "" }

    static func read(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&").prefix(maximumFields) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first.map({ decoded($0) }), fields[name] == nil else { continue }
            fields[name] = halves.count > 1 ? decoded(halves[1]) : ""
        }
        return fields
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == 37, digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == 43 ? 32 : byte)
            }
        }
        return String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
    }
}
