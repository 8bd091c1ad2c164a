public import BankCallbacks
public import Identity
public import Values

extension CallbackReplay {
    /// A callback as it was received, and what the conformance lab says of it.
    public struct Examined: Sendable {
        public let id: ID
        public let connection: String
        public let receivedAt: Instant
        public let outcome: String
        /// As they came, one a line, credentials masked.
        public let headers: [String]
        /// `nil` for whoever may not see payers.
        public let body: String?
        /// Whether all of the body was kept.
        public let isWhole: Bool
        /// As of its time of receipt, with the connection's secrets of today; `nil` if the connection has none in force.
        public let report: LabReport?

        public init(
            id: ID,
            connection: String,
            receivedAt: Instant,
            outcome: String,
            headers: [String],
            body: String?,
            isWhole: Bool,
            report: LabReport?
        ) {
            self.id = id
            self.connection = connection
            self.receivedAt = receivedAt
            self.outcome = outcome
            self.headers = headers
            self.body = body
            self.isWhole = isWhole
            self.report = report
        }
    }

    /// Examines a callback; throws `not-found`.
    ///
    /// - Parameter sight: how much of the payer whoever reads it sees: the body, and what was signed of it, is shown in full
    ///   or not at all.
    public func examine(_ id: ID, seenWith sight: PersonalSight) async throws -> Examined {
        let stored = try await stored(id)
        let isSeen = PersonalField.allCases.allSatisfy(sight.sees)
        var report: LabReport?
        do {
            let lab = try await connections.forLab(stored.connection)
            report = CallbackLab.examine(
                ReceivedHeaders.message(stored.message.headers, body: stored.message.body),
                connection: lab.settings,
                secrets: lab.secrets,
                others: lab.others,
                now: stored.receivedAt
            )
        } catch let error as ServiceError where error.code == .notFound {}
        return Examined(
            id: id,
            connection: stored.connection,
            receivedAt: stored.receivedAt,
            outcome: stored.outcome,
            headers: CallbackReplay.shown(stored.message.headers, isSeen: isSeen),
            body: isSeen ? String(decoding: stored.message.body, as: UTF8.self) : nil,
            isWhole: stored.isWhole,
            report: report
        )
    }

    /// Headers a line each; what a GET reports stands in its query, which is shown with the body or not at all.
    static func shown(_ headers: String, isSeen: Bool) -> [String] {
        headers.split(separator: "\n").map { line in
            String(isSeen || !line.hasPrefix(":path:") ? line : line.prefix { $0 != "?" })
        }
    }
}
