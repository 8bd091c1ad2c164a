public import Values

extension Connections {
    /// A connection as `khop connection list` shows it.
    public struct Listed: Sendable {
        public let name: String
        public let profile: String
        public let accountNumber: String
        public let secrets: Int
        public let createdAt: Instant
        public let disabledAt: Instant?
        /// The times of the latest callback and of the latest refusal, as of a few seconds ago.
        public let lastUsedAt: Instant?
        public let lastFailureAt: Instant?
        public let lastFailure: String?
        public let refused: Int64
        /// The largest gateway fee of a payout, as a percentage; `nil` if each transfer is a line of its own.
        public let commissionPercent: String?
        /// The ids of the keys that seal its valid secrets.
        public let keyIDs: [String]
        /// The merchant whose messages it accepts; `nil` until a message has named one, and for profiles whose messages never
        /// do.
        public let merchant: String?
        /// Whether the merchant was learned from the first authenticated message and not configured.
        public let merchantIsLearned: Bool
        /// When the certificate of the newest secret ends; `nil` for secrets that are none.
        public var certificateEndsAt: Instant?

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
                "certificate_ends_at": .optional(certificateEndsAt?.description),
            ]
        }
    }
}
