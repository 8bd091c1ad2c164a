import Values

/// Who acts: the holder of an API key, or a name given on the command line.
public struct Person: Sendable, Hashable {
    /// `key:` and the key's id, or `cli:` and the name; the same person has the same id.
    public let id: String
    /// For people.
    public let name: String

    /// Khớp itself.
    public static let system = Person(id: "system", name: "system")

    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    /// A person at the command line, identified by a name of 1 to 200 characters.
    public init(commandLine name: String) throws {
        let name = name.trimming()
        guard !name.isEmpty, name.count <= 200 else {
            throw ServiceError(
                .invalidParameter,
                at: "--by",
                Phrase(
                    vi: "tên người thực hiện phải có từ 1 đến 200 ký tự",
                    en: "the name of the person who acts must have 1 to 200 characters"
                )
            )
        }
        // `cli:root` is how the program itself names the account it runs under.
        self.init(id: name.hasPrefix("cli:") ? name : "cli:" + name, name: name)
    }
}

extension Caller {
    /// The holder as a person: two keys are two persons, whatever their names.
    public var person: Person { Person(id: "key:" + keyID.text, name: name) }
}
