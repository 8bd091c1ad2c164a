public import BankCallbacks
import Postgres
import Values

extension Connections {
    /// What the conformance lab needs to know of a connection.
    public struct LabSettings: Sendable {
        public let settings: ConnectionSettings
        /// The secrets as they were handed out; never shown.
        public let secrets: [String]
        /// Those of the other connections, by name; never shown.
        public let others: [(name: String, secret: String)]
    }

    /// The most other connections whose secrets are tried.
    private static let mostOthers = 200

    /// A connection for the conformance lab; throws `notFound` if there is none of the name.
    public func forLab(_ name: String) async throws -> LabSettings {
        guard let connection = try await open(name) else {
            throw ServiceError(
                .notFound,
                Phrase(vi: "Không có kết nối nào mang tên này.", en: "No connection has this name.")
            )
        }
        let rows = try await database.query(
            """
            select c.name, s.sealed from connection c
                join connection_secret s on s.connection_id = c.id and s.retired_at is null
            where c.disabled_at is null or c.name = \(name)
            order by c.name <> \(name), c.name, s.id desc limit \(Int64(Connections.mostOthers))
            """
        )
        var secrets: [String] = []
        var others: [(name: String, secret: String)] = []
        for row in rows {
            let owner = try row.get(0, as: String.self)
            let text = try box.open(try row.get(1, as: Bytes.self).bytes, for: owner)
            if owner == name { secrets.append(text) } else { others.append((owner, text)) }
        }
        return LabSettings(settings: connection.settings, secrets: secrets, others: others)
    }
}
