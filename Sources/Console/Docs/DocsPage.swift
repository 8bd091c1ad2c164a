public import Values

/// The description of the API for people: one page a group of addresses, and a first one that leads to them.
public struct DocsPage: Sendable {
    struct Link: Sendable {
        let name: String
        let href: String
        let text: String
        let isCurrent: Bool
    }

    struct Table: Sendable {
        let name: String
        let fields: [Row]
        let hasFields: Bool
        let types: String
        let text: String
    }

    struct Row: Sendable {
        let name: String
        let type: String
        let required: String?
        let text: String
    }

    struct Operation: Sendable {
        let id: String
        let method: String
        let path: String
        let summary: String
        let text: String
        let isOpen: Bool
        let tables: [Table]
    }

    /// How a sender's messages are signed, by an example.
    struct Example: Sendable {
        let profile: String
        let how: String
        let secret: String
        let message: String
        let signed: String
        let fields: [Row]
    }

    let lang: String
    let otherLang: String
    let otherName: String
    let otherAddress: String
    let title: String
    let lead: String
    let links: [Link]
    let operations: [Operation]
    let hasOperations: Bool
    let examples: [Example]
    let hasExamples: Bool
    let isFirst: Bool

    /// The page of the signatures, beside those of the groups.
    public static let signing = "signing"

    private init(
        _ word: Wording,
        path: String,
        title: String,
        lead: String,
        links: [Link],
        operations: [Operation] = [],
        examples: [Example] = []
    ) {
        let other: Language = word.language == .vietnamese ? .english : .vietnamese
        lang = word.language.rawValue
        otherLang = other.rawValue
        otherName = other == .english ? "English" : "Tiếng Việt"
        otherAddress = "\(path)?lang=\(other.rawValue)"
        self.title = title
        self.lead = lead
        self.links = links
        self.operations = operations
        hasOperations = !operations.isEmpty
        self.examples = examples
        hasExamples = !examples.isEmpty
        isFirst = path == "/docs"
    }

    /// The first page.
    public init(_ document: APIDocument, in language: Language) {
        let word = Wording(language: language, now: .now())
        self.init(
            word,
            path: "/docs",
            title: word(vi: "Khớp cho lập trình viên", en: "Khớp for developers"),
            lead: word(
                vi:
                    "Địa chỉ, trường và sự kiện của API. Tên trường và mô tả chi tiết bằng tiếng Anh, như trong tài liệu máy đọc.",
                en: "The addresses, fields and events of the API, as the document for programs has them."
            ),
            links: DocsPage.links(document, current: nil, word)
        )
    }

    /// The page of a group; `nil` if there is no such group.
    public init?(_ document: APIDocument, group: String, in language: Language) {
        guard let tag = document.tags.first(where: { $0.name == group }) else { return nil }
        let word = Wording(language: language, now: .now())
        self.init(
            word,
            path: "/docs/\(group)",
            title: word[tag.text],
            lead: "",
            links: DocsPage.links(document, current: group, word),
            operations: tag.operations.map { DocsPage.operation($0, word) }
        )
    }

    /// The page of the signatures.
    public init(_ document: APIDocument, examples: [SigningExample], in language: Language) {
        let word = Wording(language: language, now: .now())
        self.init(
            word,
            path: "/docs/" + DocsPage.signing,
            title: word(vi: "Ngân hàng và cổng thanh toán ký thế nào", en: "How banks and gateways sign"),
            lead: word(
                vi:
                    "Mỗi kiểu ký một ví dụ, với đúng chuỗi phải ký: gửi lại từng byte như dưới đây là được nhận (giờ của ví dụ đã qua). Khóa là khóa mẫu.",
                en:
                    "An example of each profile, with the very text that is signed: sent byte by byte as it stands it is taken (its time has passed). The secrets are samples."
            ),
            links: DocsPage.links(document, current: DocsPage.signing, word),
            examples: examples.map { example in
                Example(
                    profile: example.profile,
                    how: example.how,
                    secret: example.secret,
                    message: example.message,
                    signed: example.signed
                        ?? word(vi: "Không hiện được thành chữ.", en: "It cannot be shown as text."),
                    fields: example.fields.map { Row(name: $0.name, type: "", required: nil, text: $0.value) }
                )
            }
        )
    }

    private static func links(_ document: APIDocument, current: String?, _ word: Wording) -> [Link] {
        let signing = Link(
            name: word(vi: "chữ ký", en: DocsPage.signing),
            href: "/docs/" + DocsPage.signing,
            text: word(vi: "Mỗi kiểu ký một ví dụ", en: "An example of each profile's signature"),
            isCurrent: current == DocsPage.signing
        )
        return document.tags.filter { !$0.operations.isEmpty }.map { tag in
            Link(
                name: tag.name,
                href: "/docs/" + tag.name,
                text: word[tag.text],
                isCurrent: tag.name == current
            )
        } + [signing]
    }

    private static func operation(_ operation: APIDocument.Operation, _ word: Wording) -> Operation {
        func rows(_ fields: [APIDocument.Field]) -> [Row] {
            fields.map { field in
                let required = field.isRequired ? word(vi: "bắt buộc", en: "required") : nil
                return Row(name: field.name, type: field.type, required: required, text: field.text)
            }
        }
        func table(_ name: String, _ fields: [APIDocument.Field], types: String = "", text: String = "") -> Table {
            Table(name: name, fields: rows(fields), hasFields: !fields.isEmpty, types: types, text: text)
        }
        var tables: [Table] = []
        if !operation.parameters.isEmpty {
            tables.append(table(word(vi: "Tham số", en: "Parameters"), operation.parameters))
        }
        if !operation.body.isEmpty { tables.append(table(word(vi: "Nội dung", en: "Body"), operation.body)) }
        tables += operation.answers.map { answer in
            let name = answer.status == "default" ? word(vi: "Từ chối", en: "Refusal") : answer.status
            // An answer's fields are there whenever they are listed as required; a mark on each would say nothing.
            return Table(
                name: name,
                fields: answer.fields.map { Row(name: $0.name, type: $0.type, required: nil, text: $0.text) },
                hasFields: !answer.fields.isEmpty,
                types: answer.types.joined(separator: ", "),
                text: answer.text
            )
        }
        let path = operation.path.split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return Operation(
            id: operation.method.lowercased() + "-" + path,
            method: operation.method,
            path: operation.path,
            summary: word[operation.summary],
            text: operation.text,
            isOpen: operation.isOpen,
            tables: tables
        )
    }
}
