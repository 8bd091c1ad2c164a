public import Postgres
public import Values

/// The endpoints portals are told through, with their secrets sealed.
public struct EventEndpoints: Sendable {
    /// How long the secret before a rotation signs as well, so that a receiver can change over without losing any.
    public static let overlapSeconds: Int64 = 86_400

    private let database: Database
    private let box: SecretBox

    public init(_ database: Database, box: SecretBox) {
        self.database = database
        self.box = box
    }

    /// An endpoint whose secret is known this once.
    public struct Opened: Sendable {
        public let endpoint: EventEndpoint
        /// Made by us; `nil` where the secret was given.
        public let secret: String?

        public var json: JSON {
            .object((endpoint.json.members ?? []) + (secret.map { [.init("secret", .string($0))] } ?? []))
        }
    }

    /// What a secret is bound to when it is sealed: it opens for no other endpoint and for no bank's connection.
    static func binding(_ name: String) -> String { "event-endpoint:\(name)" }

    /// Adds an endpoint; it is told of what happens from now on.
    ///
    /// - Parameters:
    ///   - url: https, or http on this machine.
    ///   - types: the ``EventType``s it wants; `nil` for all.
    ///   - secret: `nil` to have one made.
    public func add(name: String, url: String, types: [String]?, secret: String?) async throws -> Opened {
        try SmallName.check(name)
        try EventEndpoint.check(url: url)
        let types = try EventType.chosen(types)
        let key = try secret.map { try EventSecret($0) } ?? .random()
        let sealed = Bytes(box.seal(key.text, for: EventEndpoints.binding(name)))
        do {
            _ = try await database.query(
                """
                insert into event_endpoint (name, url, types, sealed, key_id)
                values (\(name), \(url), \(types)::text[], \(sealed), \(box.keyID))
                """
            )
        } catch let error as PostgresError where error.constraint == "event_endpoint_name_key" {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Đã có điểm nhận tên \(name); hãy chọn tên khác, hoặc xóa điểm nhận đó trước.",
                    en: "An endpoint named \(name) exists; choose another name, or remove it first."
                )
            )
        }
        return Opened(endpoint: try await find(name), secret: secret == nil ? key.text : nil)
    }

    public func list() async throws -> [EventEndpoint] {
        try await database.query(
            Query(trustedSQL: "select \(EventEndpoint.columns) from event_endpoint e order by e.name")
        ).map(EventEndpoint.init)
    }

    public func find(_ name: String) async throws -> EventEndpoint {
        let rows = try await database.query(
            Query(
                trustedSQL: "select \(EventEndpoint.columns) from event_endpoint e where e.name = $1",
                binding: [name]
            )
        )
        guard let row = rows.first else { throw EventEndpoints.unknown(name) }
        return try EventEndpoint(row)
    }

    static func unknown(_ name: String) -> ServiceError {
        ServiceError(
            .notFound,
            Phrase(
                vi: "Không có điểm nhận nào tên \(name.prefix(63)); xem bằng `khop event endpoint list`.",
                en: "No endpoint is named \(name.prefix(63)); `khop event endpoint list` shows them."
            )
        )
    }

    /// Sends it events again, those that wait at once.
    public func enable(_ name: String) async throws -> EventEndpoint {
        let isKnown = try await database.transaction { tx in
            let rows = try tx.query(
                """
                update event_endpoint set disabled_at = null, disabled_reason = null, consecutive_failures = 0,
                    failing_since = null
                where name = \(name) returning id
                """
            )
            guard let id = try rows.first?.get(0, as: Int32.self) else { return false }
            try tx.query(
                """
                update event_delivery set next_attempt_at = now()
                where endpoint_id = \(id) and state = 'pending' and next_attempt_at > now()
                """
            )
            try tx.query("select pg_notify('khop_events', '')")
            return true
        }
        guard isKnown else { throw EventEndpoints.unknown(name) }
        return try await find(name)
    }

    /// Sends it nothing until it is enabled; what happens meanwhile is kept for it for three days.
    public func disable(_ name: String, reason: String) async throws -> EventEndpoint {
        let rows = try await database.query(
            """
            update event_endpoint set disabled_at = coalesce(disabled_at, now()),
                disabled_reason = coalesce(disabled_reason, \(reason))
            where name = \(name) returning id
            """
        )
        guard !rows.isEmpty else { throw EventEndpoints.unknown(name) }
        return try await find(name)
    }

    /// Takes an endpoint away with what waits for it.
    public func remove(_ name: String) async throws {
        let isKnown = try await database.transaction { tx in
            let rows = try tx.query("delete from event_endpoint where name = \(name) returning id")
            guard let id = try rows.first?.get(0, as: Int32.self) else { return false }
            try tx.query("delete from event_delivery where endpoint_id = \(id)")
            return true
        }
        guard isKnown else { throw EventEndpoints.unknown(name) }
    }

    /// Brings in a new secret. The old one signs as well for a day, or no more at once.
    ///
    /// - Parameters:
    ///   - secret: `nil` to have one made.
    ///   - dropOld: because the old one is known to somebody else, say.
    public func rotate(_ name: String, secret: String?, dropOld: Bool) async throws -> Opened {
        let key = try secret.map { try EventSecret($0) } ?? .random()
        let sealed = Bytes(box.seal(key.text, for: EventEndpoints.binding(name)))
        let overlap = dropOld ? nil : EventEndpoints.overlapSeconds
        let rows = try await database.query(
            """
            update event_endpoint set sealed = \(sealed), key_id = \(box.keyID),
                previous_sealed = case when \(overlap)::bigint is not null then sealed end,
                previous_until = now() + \(overlap)::bigint * interval '1 second'
            where name = \(name) returning id
            """
        )
        guard !rows.isEmpty else { throw EventEndpoints.unknown(name) }
        return Opened(endpoint: try await find(name), secret: secret == nil ? key.text : nil)
    }
}
