import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Who acts: a person, the holder of an API key, or somebody with the database's own rights on the command line.
public struct Person: Sendable, Hashable {
    /// `person:` and the person's id, `key:` and the key's id, or `cli:` and a name; the same actor has the same id. The
    /// database derives the person from it, and only persons may decide.
    public let id: String
    /// For people.
    public let name: String
    /// Whether a second factor was given just before, for what needs one within a call that may also do without.
    public let hasFreshFactor: Bool

    /// Khớp itself.
    public static let system = Person(id: "system", name: "system")

    public init(id: String, name: String, hasFreshFactor: Bool = false) {
        self.id = id
        self.name = name
        self.hasFreshFactor = hasFreshFactor
    }

    /// A person of the table of persons.
    public init(_ id: UUID, name: String, hasFreshFactor: Bool = false) {
        self.init(id: "person:" + id.text, name: name, hasFreshFactor: hasFreshFactor)
    }

    /// Somebody who works with the database's own rights, identified by the system's account of 1 to 200 characters; may
    /// set things up, and decides nothing about money.
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

    /// The person's own id; `nil` for whoever is none.
    var personID: UUID? {
        id.hasPrefix("person:") ? UUID(uuidString: String(id.dropFirst("person:".count))) : nil
    }

    /// Throws unless a second factor was given just before.
    func requireFreshFactor() throws {
        guard hasFreshFactor else { throw ServiceError.secondFactorNeeded }
    }
}

extension Caller {
    /// The caller as the audit and the rules of two persons know it.
    public var person: Person {
        switch holder {
        case .key: Person(id: "key:" + id.text, name: name)
        case .person: Person(id, name: name, hasFreshFactor: hasFreshFactor(at: .now()))
        }
    }
}
