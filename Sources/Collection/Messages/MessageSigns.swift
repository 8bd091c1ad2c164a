public import Casework
public import Postgres
public import Values

/// How the outbox of messages stands.
public struct MessageSigns: Sendable {
    /// Of one channel.
    public struct Of: Sendable, Hashable {
        public let channel: ContactChannel
        public let waiting: Int64
        /// Since when the oldest of them waits.
        public let since: Instant?
        /// In the last seven days.
        public let dead: Int64
        /// In the last seven days.
        public let unknown: Int64
    }

    /// What can be sent by.
    public let channels: Set<ContactChannel>
    public let found: [Of]

    public var waiting: Int64 { found.reduce(0) { $0 + $1.waiting } }
    public var dead: Int64 { found.reduce(0) { $0 + $1.dead } }
    public var unknown: Int64 { found.reduce(0) { $0 + $1.unknown } }
    /// Channels by which somebody wants to be told, and nothing is configured.
    public var lacking: [ContactChannel] {
        found.filter { $0.waiting > 0 && !channels.contains($0.channel) }.map(\.channel)
    }

    /// Reads it, with whatever may be sent by.
    public static func read(
        _ database: Database,
        channels: Set<ContactChannel>,
        now: Instant = .now()
    ) async throws -> MessageSigns {
        let rows = try await database.query(
            """
            select c.channel, count(*) filter (where m.state in ('waiting', 'sending')),
                min(m.made_at) filter (where m.state in ('waiting', 'sending')),
                count(*) filter (where m.state = 'dead'), count(*) filter (where m.state = 'unknown')
            from payer_message m join payer_contact c on c.id = m.contact_id
            where m.state in ('waiting', 'sending')
                or m.state in ('dead', 'unknown') and m.ended_at > \(now.adding(seconds: -7 * 86_400))::timestamptz
            group by 1 order by 1
            """
        )
        return MessageSigns(
            channels: channels,
            found: try rows.map { row in
                Of(
                    channel: try row.code(0),
                    waiting: try row.get(1),
                    since: try row.get(2),
                    dead: try row.get(3),
                    unknown: try row.get(4)
                )
            }
        )
    }
}
