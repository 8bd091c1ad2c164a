public import Workflow

/// Whom a person stands in for at the moment, by a role that was delegated: the person decides nothing that one of those asked
/// for or decided.
public struct StandIns: Sendable, Hashable {
    /// Their names by their ids, as persons are compared.
    private let principals: [String: String]

    public static let none = StandIns([:])

    public init(_ principals: [String: String]) { self.principals = principals }

    /// Throws if one of these is somebody whom the person stands in for.
    public func requireOthers(_ persons: [String?]) throws(Refusal) {
        for case let person? in persons {
            if let name = principals[person] { throw Refusal(.person, .standInCannotDecide(actor: name)) }
        }
    }
}
