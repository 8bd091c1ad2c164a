import Postgres
import Values

/// What is tried out with a connection stands in the audit before it is done.
extension Connections {
    /// Records that a message is examined with the secrets of a connection, or as one of a profile.
    ///
    /// - Parameters:
    ///   - subject: the connection, or the profile, by its name.
    ///   - hash: of the message's bytes, SHA-256 in hexadecimal.
    public func recordLab(_ subject: String, hash: String, by person: Person) async throws {
        try await database.transaction { tx in
            try Audit.record(tx, person, "lab.check", "connection:\(subject)", ["sha256": .string(hash)])
        }
    }

    /// Records that the bank of a connection is played.
    public func recordPlay(_ name: String, requests: Int, seed: UInt64, by person: Person) async throws {
        try await database.transaction { tx in
            let detail: JSON = ["requests": .integer(requests), "seed": .string(String(seed))]
            try Audit.record(tx, person, "bank.play", "connection:\(name)", detail)
        }
    }
}
