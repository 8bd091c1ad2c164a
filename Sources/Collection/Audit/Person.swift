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
    /// Where the call comes from; `nil` for Khớp itself.
    public let origin: CallOrigin?

    /// Khớp itself.
    public static let system = Person(id: "system", name: "system")

    public init(id: String, name: String, hasFreshFactor: Bool = false, from origin: CallOrigin? = nil) {
        self.id = id
        self.name = name
        self.hasFreshFactor = hasFreshFactor
        self.origin = origin
    }

    /// A person of the table of persons.
    public init(_ id: UUID, name: String, hasFreshFactor: Bool = false, from origin: CallOrigin? = nil) {
        self.init(id: "person:" + id.text, name: name, hasFreshFactor: hasFreshFactor, from: origin)
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
        let id = name.hasPrefix("cli:") ? name : "cli:" + name
        self.init(id: id, name: name, from: CallOrigin(address: id))
    }

    /// The same actor, wherever and however the call was made.
    public static func == (left: Person, right: Person) -> Bool { left.id == right.id }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// The person's own id; `nil` for whoever is none.
    var personID: UUID? {
        id.hasPrefix("person:") ? UUID(uuidString: String(id.dropFirst("person:".count))) : nil
    }

    /// Throws unless a second factor was given just before.
    func requireFreshFactor() throws {
        guard hasFreshFactor else { throw ServiceError.secondFactorNeeded }
    }
}

extension ServiceError {
    /// What moves money, or opens a door for others, takes a second factor given just before.
    public static let secondFactorNeeded = ServiceError(
        .secondFactorNeeded,
        Phrase(
            vi:
                "Việc này cần mã xác thực nhập trong 5 phút gần đây: gửi mã tới POST /v1/sessions/current/second-factor (hoặc chạy `khop login`), rồi làm lại.",
            en:
                "This needs a second factor given within the last 5 minutes: send a code to POST /v1/sessions/current/second-factor (or run `khop login`), then try again."
        )
    )
}
