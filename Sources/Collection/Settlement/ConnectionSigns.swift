public import BankCallbacks
public import Casework
import Postgres
public import Values

/// How the connections are: what each of them hears, as usual or not.
public struct ConnectionSigns: Sendable {
    private let database: Database
    private let connections: Connections

    init(_ database: Database, connections: Connections) {
        self.database = database
        self.connections = connections
    }

    /// A cause of refusals and how often it was met in the last week.
    public struct Cause: Sendable, Hashable {
        public let reason: String
        public let count: Int64
        /// What the latest of them said.
        public let detail: String
    }

    /// A connection with its health.
    public struct Listed: Sendable {
        public let connection: Connections.Listed
        public let health: ConnectionHealth
        public let causes: [Cause]
        /// What it usually hears, by hour of the week.
        public let rhythm: ConnectionRhythm

        /// How hard its messages are to forge; `nil` for a profile that this version does not know.
        public var strength: SignatureStrength? { CallbackProfile(rawValue: connection.profile)?.strength }

        /// How long the bank's certificate still counts; `nil` where it signs with none.
        public func certificate(now: Instant) -> CertificateTerm? {
            connection.certificateEndsAt.map { CertificateTerm(endsAt: $0, now: now) }
        }

        public func json(in language: Language) -> JSON {
            let told: JSON = [
                "state": .string(health.state.rawValue), "sentence": .string(health.reason[language]),
                "last_heard_at": .optional(connection.lastUsedAt?.description),
                "usual_this_hour": .tenths(health.usualThisHour), "due_since_last": .tenths(health.dueSinceLast),
                "signature": .optional(strength?.rawValue),
                "refusals": .array(
                    causes.map {
                        [
                            "reason": .string($0.reason), "count": .integer($0.count),
                            "detail": .string($0.detail),
                        ]
                    }
                ),
            ]
            return .object((connection.json.members ?? []) + [JSON.Member("health", told)])
        }
    }

    /// All connections by name.
    public func list(now: Instant = .now()) async throws -> [Listed] { try await listed(nil, now: now) }

    /// One connection; throws `not-found` if there is none of the name.
    public func find(_ name: String, now: Instant = .now()) async throws -> Listed {
        guard let found = try await listed(name, now: now).first else { throw Connections.missing(name) }
        return found
    }

    /// - Parameter wanted: of the others only the hours are read that tell whether the day is quiet for all.
    private func listed(_ wanted: String?, now: Instant) async throws -> [Listed] {
        let all = try await connections.list()
        let facts = try await database.read { tx in try ConnectionSigns.facts(of: wanted, now: now, tx) }
        let rhythms = Dictionary(
            uniqueKeysWithValues: all.map { one in
                (one.name, ConnectionRhythm(facts.hours[one.name] ?? [], since: one.createdAt, now: now))
            }
        )
        let share = ConnectionSigns.share(of: facts.hours, rhythms, now: now)
        return all.filter { wanted == nil || $0.name == wanted }.map { one in
            let rhythm = rhythms[one.name] ?? ConnectionRhythm([], since: now, now: now)
            let recent = (facts.hours[one.name] ?? []).filter {
                $0.hour > now.unixSeconds / 3600 - ConnectionHealth.recentHours
            }
            let signs = ConnectionHealth.Signs(
                isDisabled: one.disabledAt != nil,
                lastHeardAt: one.lastUsedAt,
                recentCallbacks: recent.reduce(0) { $0 + $1.callbacks },
                recentRefusals: facts.refused[one.name] ?? 0,
                rhythm: rhythm
            )
            return Listed(
                connection: one,
                health: ConnectionHealth(signs, share: share, isHoliday: facts.isHoliday, now: now),
                causes: facts.causes[one.name] ?? [],
                rhythm: rhythm
            )
        }
    }

    /// The connections that are silent where much should have come, as alarms need them.
    public static func silent(of listed: [Listed]) -> [AlarmFacts.SilentConnection] {
        listed.compactMap { one in
            guard one.health.state == .silent, let since = one.connection.lastUsedAt else { return nil }
            return AlarmFacts.SilentConnection(
                name: one.connection.name,
                account: one.connection.accountNumber,
                since: since,
                due: Int64((one.health.dueSinceLast ?? 0).rounded())
            )
        }
    }

    /// How much of what was due in the last day all connections together heard.
    private static func share(
        of hours: [String: [ConnectionRhythm.Hour]],
        _ rhythms: [String: ConnectionRhythm],
        now: Instant
    ) -> Double {
        let yesterday = now.adding(seconds: -86_400)
        var (due, heard) = (0.0, 0.0)
        // In one order: else the same hours add up to another last digit.
        for (name, rhythm) in rhythms.sorted(by: { $0.key < $1.key }) where rhythm.isKnown {
            due += rhythm.expected(from: yesterday, to: now)
            heard += (hours[name] ?? []).filter { $0.hour > yesterday.unixSeconds / 3600 }
                .reduce(0) { $0 + Double($1.callbacks) }
        }
        // Of one connection alone nothing is learned about the day: it is the one that is judged.
        return rhythms.values.count(where: \.isKnown) > 1 && due > 0 ? heard / due : 1
    }

    private struct Facts {
        var hours: [String: [ConnectionRhythm.Hour]] = [:]
        var refused: [String: Int64] = [:]
        var causes: [String: [Cause]] = [:]
        /// Whether the banks' calendar has a holiday in the last day.
        var isHoliday = false
    }

    private static func facts(of wanted: String?, now: Instant, _ tx: borrowing Transaction) throws -> Facts {
        var facts = Facts()
        let hourNow = now.unixSeconds / 3600
        facts.isHoliday = try tx.query(
            "select exists (select 1 from bank_holiday where day in (\(now.day)::date, \(now.day.previous)::date))"
        ).row().get(0)
        let first = hourNow - ConnectionRhythm.weeks * 168
        for row in try tx.query(
            """
            select c.name, h.hour, h.callbacks, h.refused from connection_hour h
                join connection c on c.id = h.connection_id
            where h.hour >= \(first)::bigint and (\(wanted)::text is null or c.name = \(wanted)
                -- The last day, and the same hours of the weeks before.
                or (\(hourNow)::bigint - h.hour) % 168 <= 24)
            order by c.name, h.hour
            """
        ) {
            let (name, hour, callbacks, refused) = try row.decode(String.self, Int64.self, Int64.self, Int64.self)
            facts.hours[name, default: []].append(ConnectionRhythm.Hour(hour: hour, callbacks: callbacks))
            if hour > hourNow - ConnectionHealth.recentHours {
                facts.refused[name, default: 0] += refused
            }
        }
        for row in try tx.query(
            """
            select c.name, r.reason, count(*), (array_agg(r.detail order by r.id desc))[1]
            from refused_callback r join connection c on c.id = r.connection_id
            where r.received_at > \(now)::timestamptz - interval '7 days'
                and (\(wanted)::text is null or c.name = \(wanted))
            group by c.name, r.reason order by c.name, count(*) desc, r.reason
            """
        ) {
            let name = try row.get(0, as: String.self)
            facts.causes[name, default: []].append(
                Cause(reason: try row.get(1), count: try row.get(2), detail: try row.get(3))
            )
        }
        return facts
    }
}

extension JSON {
    /// A number with one decimal; null for none.
    fileprivate static func tenths(_ value: Double?) -> JSON {
        value.map { value in
            let tenths = Int64((value * 10).rounded())
            return .number("\(tenths / 10).\(tenths % 10)")
        } ?? .null
    }
}
