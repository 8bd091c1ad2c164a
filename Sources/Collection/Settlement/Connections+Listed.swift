public import Values

extension Connections {
    /// A connection as it is listed.
    public struct Listed: Sendable {
        public let name: String
        public let profile: String
        public let accountNumber: String
        public let secrets: Int
        public let createdAt: Instant
        public let disabledAt: Instant?
        /// The latest callback, and the latest that was refused; as of a few seconds ago.
        public let lastUsedAt: Instant?
        public let lastFailureAt: Instant?
        public let lastFailure: String?
        public let refused: Int64
        /// What a gateway keeps of a day that it pays out in one line, at most; `nil` where each transfer is a line.
        public let commissionPercent: String?
        /// The keys that its secrets in force are sealed under.
        public let keyIDs: [String]
        /// Whose messages it takes; `nil` while no message has named one, and for profiles whose messages never do.
        public let merchant: String?
        /// Whether the merchant was taken from the first message that was proved, and named by nobody.
        public let merchantIsLearned: Bool

        public var json: JSON {
            [
                "name": .string(name), "profile": .string(profile), "account_number": .string(accountNumber),
                "path": .string(Connections.path(name)), "secrets": .integer(secrets), "created_at": .text(createdAt),
                "disabled_at": .optional(disabledAt?.description),
                "last_used_at": .optional(lastUsedAt?.description),
                "last_failure_at": .optional(lastFailureAt?.description), "last_failure": .optional(lastFailure),
                "refused": .integer(refused), "commission_percent": .optional(commissionPercent),
                "key_ids": .array(keyIDs.map { .string($0) }), "merchant": .optional(merchant),
                "merchant_is_learned": .bool(merchantIsLearned),
            ]
        }
    }
}
