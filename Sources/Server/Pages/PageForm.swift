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
        guard let fields = PageForm.read(bytes) else {
            throw ServiceError(
                .invalidParameter,
                Phrase(
                    vi: "Biểu mẫu không được mã hóa đúng. Hãy mở lại trang và thử lại.",
                    en: "The form is not encoded as it should be. Open the page again and retry."
                )
            )
        }
        self.fields = fields
    }

    /// A field; empty if it was not sent. NULs cannot be stored and are left out.
    subscript(name: String) -> String { fields[name] ?? "" }

    /// The fields by the names that a page with several forms has for them: each form has a note of its own.
    func named(note: String) -> [String: String] {
        Dictionary(fields.map { ($0.key == "note" ? note : $0.key, $0.value) }) { first, _ in first }
    }

    /// The first field of each name; `nil` for what is not encoded as a form.
    static func read(_ bytes: [UInt8]) -> [String: String]? {
        guard let parameters = FormEncoding.parameters(bytes, maximum: maximumFields) else { return nil }
        return Dictionary(
            parameters.map { ($0.name, $0.value.filter { $0 != "\0" }) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
