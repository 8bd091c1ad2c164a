import Identity
public import Postgres
public import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The endpoints that events are sent to, with their sealed secrets.
public struct EventEndpoints: Sendable {
    /// How long the old secret also signs after a rotation, so that a receiver can switch without losing events.
    public static let overlapSeconds: Int64 = 86_400

    private let database: Database
    private let box: SecretBox
    private let networks: EventNetworks

    /// - Parameter networks: where endpoints may be.
    public init(_ database: Database, box: SecretBox, networks: EventNetworks) {
        self.database = database
        self.box = box
        self.networks = networks
    }

    /// An endpoint with its secret, which is shown only once.
    public struct Opened: Sendable {
        public let endpoint: EventEndpoint
        /// The generated secret; `nil` if the caller supplied it.
        public let secret: String?

        public func json(in language: Language) -> JSON {
            .object((endpoint.json(in: language).members ?? []) + (secret.map { [.init("secret", .string($0))] } ?? []))
        }
    }

    /// The context that a secret is sealed with: it cannot be opened for another endpoint or for a bank's connection.
    static func binding(_ name: String) -> String { "event-endpoint:\(name)" }

    /// Adds an endpoint; it receives events from now on.
    ///
    /// - Parameters:
    ///   - url: https, or http on this machine.
    ///   - types: the ``EventType``s it wants; `nil` for all.
    ///   - portal: a key of the portal that it belongs to, which is told of its own requests alone; `nil` for the
    ///     province's own, which is told of all.
    ///   - secret: `nil` to generate one.
    public func add(
        name: String,
        url: String,
        types: [String]?,
        portal: UUID? = nil,
        secret: String?,
        by actor: Person
    ) async throws -> Opened {
        try SmallName.check(name)
        try EventEndpoint.check(url: url, networks)
        let types = try EventType.chosen(types)
        let holder = if let portal { try await holder(of: portal) } else { UUID?.none }
        let key = try secret.map { try EventSecret($0) } ?? .random()
        let sealed = Bytes(box.seal(key.text, for: EventEndpoints.binding(name)))
        do {
            let keyID = box.keyID
            try await database.transaction { tx in
                try tx.query(
                    """
                    insert into event_endpoint (name, url, types, holder_id, sealed, key_id)
                    values (\(name), \(url), \(types)::text[], \(holder)::uuid, \(sealed), \(keyID))
                    """
                )
                let detail: JSON = [
                    "url": .string(url), "types": types.map { .array($0.map(JSON.string)) } ?? .null,
                    "holder": .optional(holder?.text),
                ]
                try Audit.record(tx, actor, "event_endpoint.add", EventEndpoints.subject(name), detail)
            }
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

    /// The audit's name of an endpoint.
    static func subject(_ name: String) -> String { "event_endpoint:\(name)" }

    private func holder(of portal: UUID) async throws -> UUID {
        guard let holder = try await APIKeys.holder(of: portal, role: .portal, database) else {
            throw ServiceError(
                .invalidParameter,
                at: "portal",
                Phrase(
                    vi: "không có khóa vai trò portal nào mang mã \(portal.text)",
                    en: "no key of the role portal has the id \(portal.text)"
                )
            )
        }
        return holder
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

    /// Resumes sending events to an endpoint, the waiting ones at once.
    public func enable(_ name: String, by actor: Person) async throws -> EventEndpoint {
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
            try Audit.record(tx, actor, "event_endpoint.enable", EventEndpoints.subject(name))
            try tx.query("select pg_notify('khop_events', '')")
            return true
        }
        guard isKnown else { throw EventEndpoints.unknown(name) }
        return try await find(name)
    }

    /// Stops sending events to an endpoint until it is enabled; events are kept for it for three days.
    ///
    /// - Parameter note: why, 1 to 500 characters.
    public func disable(_ name: String, note: String, by actor: Person) async throws -> EventEndpoint {
        let reason = Reason.endpointDisabledByHand(name, note: String(note.prefix(500)))
        try await database.transaction { tx in
            let rows = try tx.query(
                """
                update event_endpoint set disabled_at = coalesce(disabled_at, now()),
                    disabled_reason = coalesce(disabled_reason, \(reason.json)::jsonb)
                where name = \(name) returning id
                """
            )
            guard !rows.isEmpty else { throw EventEndpoints.unknown(name) }
            let detail: JSON = ["note": .string(String(note.prefix(500)))]
            try Audit.record(tx, actor, "event_endpoint.disable", EventEndpoints.subject(name), detail)
        }
        return try await find(name)
    }

    /// Removes an endpoint and the deliveries that wait for it.
    public func remove(_ name: String, by actor: Person) async throws {
        let isKnown = try await database.transaction { tx in
            let rows = try tx.query("delete from event_endpoint where name = \(name) returning id, url")
            guard let row = rows.first else { return false }
            let (id, url) = try row.decode(Int32.self, String.self)
            try tx.query("delete from event_delivery where endpoint_id = \(id)")
            try Audit.record(
                tx,
                actor,
                "event_endpoint.remove",
                EventEndpoints.subject(name),
                ["url": .string(url)]
            )
            return true
        }
        guard isKnown else { throw EventEndpoints.unknown(name) }
    }

    /// Replaces the secret. The old one also signs for a day, or is dropped at once.
    ///
    /// - Parameters:
    ///   - secret: `nil` to generate one.
    ///   - dropOld: whether to drop the old secret at once, for example because it has leaked.
    public func rotate(_ name: String, secret: String?, dropOld: Bool, by actor: Person) async throws -> Opened {
        let key = try secret.map { try EventSecret($0) } ?? .random()
        let sealed = Bytes(box.seal(key.text, for: EventEndpoints.binding(name)))
        let overlap = dropOld ? nil : EventEndpoints.overlapSeconds
        let keyID = box.keyID
        try await database.transaction { tx in
            let rows = try tx.query(
                """
                update event_endpoint set sealed = \(sealed), key_id = \(keyID),
                    previous_sealed = case when \(overlap)::bigint is not null then sealed end,
                    previous_until = now() + \(overlap)::bigint * interval '1 second'
                where name = \(name) returning id
                """
            )
            guard !rows.isEmpty else { throw EventEndpoints.unknown(name) }
            let detail: JSON = ["old_secret_dropped": .bool(dropOld)]
            try Audit.record(tx, actor, "event_endpoint.rotate", EventEndpoints.subject(name), detail)
        }
        return Opened(endpoint: try await find(name), secret: secret == nil ? key.text : nil)
    }
}
