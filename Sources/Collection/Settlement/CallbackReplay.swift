import BankCallbacks
public import Identity
import Postgres
public import Values

/// Shows callbacks as they were received, and processes them again.
///
/// Harmless by construction: a replayed callback is processed like any other, so a transaction that is already in the
/// books is a duplicate.
public struct CallbackReplay: Sendable {
    let database: Database
    let connections: Connections
    private let callbacks: Callbacks
    private let raw: RawMessages

    init(_ database: Database, connections: Connections, callbacks: Callbacks, raw: RawMessages) {
        self.database = database
        self.connections = connections
        self.callbacks = callbacks
        self.raw = raw
    }

    /// Where a callback is kept.
    public enum Place: String, Sendable, CaseIterable {
        /// In the books, with its outcome.
        case recorded
        /// Refused; kept for a while.
        case refused
        /// Reported again with different content: the first report stands, and the case with this number holds the
        /// other.
        case conflict
    }

    /// A callback's id, such as `recorded:17` or `refused:3`.
    public struct ID: Sendable, Hashable, CustomStringConvertible {
        public let place: Place
        public let number: Int64

        public var description: String { "\(place.rawValue):\(number)" }

        public init(place: Place, number: Int64) {
            self.place = place
            self.number = number
        }

        public init(_ text: String) throws {
            let halves = text.split(separator: ":", omittingEmptySubsequences: false)
            guard halves.count == 2, let place = Place(rawValue: String(halves[0])), let number = Int64(halves[1])
            else {
                throw ServiceError(
                    .invalidParameter,
                    at: "id",
                    Phrase(
                        vi:
                            "\(text.prefix(40)) không phải là mã của callback: viết recorded:17, refused:3 hoặc conflict:5",
                        en: "\(text.prefix(40)) is not the id of a callback: write recorded:17, refused:3 or conflict:5"
                    )
                )
            }
            self.init(place: place, number: number)
        }
    }

    /// A callback as it was received.
    struct Stored {
        let connection: String
        let receivedAt: Instant
        let outcome: String
        let message: RawMessages.Message
        let isWhole: Bool
    }

    func stored(_ id: ID) async throws -> Stored {
        let recorded: Query = """
            select c.name, b.received_at, b.outcome, b.raw, null::integer
            from bank_notice b join connection c on c.id = b.connection_id
            where b.id = \(id.number)::bigint and b.source = 'callback'
            """
        let refused: Query = """
            select c.name, r.received_at, coalesce(r.replay_outcome, r.reason), r.raw, r.body_bytes
            from refused_callback r join connection c on c.id = r.connection_id where r.id = \(id.number)::bigint
            """
        let conflict: Query = """
            select c.name, k.opened_at, 'conflict', decode(k.evidence ->> \(CaseRecord.sealedBody), 'base64'), null::integer
            from reconciliation_case k join connection c on c.id = k.connection_id
            where k.id = \(id.number)::bigint and k.kind = 'conflict'
            """
        let query =
            switch id.place {
            case .recorded: recorded
            case .refused: refused
            case .conflict: conflict
            }
        guard let row = try await database.query(query).first else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Không có callback \(id); xem bằng `khop callback list`.",
                    en: "There is no callback \(id); `khop callback list` shows them."
                )
            )
        }
        guard let sealed = try row.get(3, as: Bytes?.self) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Bản gốc của callback \(id) đã được xóa khi hết thời hạn lưu hoặc theo yêu cầu xóa dữ liệu.",
                    en: "The callback \(id) as received was dropped after its time, or erased with its payer's data."
                )
            )
        }
        let message = try await raw.open(sealed.bytes)
        return Stored(
            connection: try row.get(0),
            receivedAt: try row.get(1),
            outcome: try row.get(2),
            message: message,
            isWhole: try row.get(4, as: Int32?.self).map { Int($0) == message.body.count } ?? true
        )
    }

    /// A callback with its headers and body; throws `notFound`.
    ///
    /// - Parameter sight: how much of the payer whoever reads it sees: a body is shown in full or not at all.
    public func show(_ id: ID, seenWith sight: PersonalSight = .full) async throws -> JSON {
        let stored = try await stored(id)
        let isSeen = PersonalField.allCases.allSatisfy(sight.sees)
        let headers = CallbackReplay.shown(stored.message.headers, isSeen: isSeen)
        let body = isSeen ? String(decoding: stored.message.body, as: UTF8.self) : "***"
        return [
            "id": .string(id.description), "connection": .string(stored.connection),
            "received_at": .text(stored.receivedAt), "outcome": .string(stored.outcome),
            "headers": .array(headers.map { .string($0) }),
            "body": .string(body), "is_whole": .bool(stored.isWhole),
        ]
    }

    /// Processes a callback again as if at its time of receipt, with the connection's current secrets; returns its
    /// outcome or the reason of another refusal.
    ///
    /// That it was processed again is recorded before it is, since what comes of it is a transaction of its own.
    public func replay(_ id: ID, by actor: Person) async throws -> String {
        let stored = try await stored(id)
        guard stored.isWhole else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Callback \(id) chỉ lưu được phần đầu; hãy đề nghị ngân hàng gửi lại.",
                    en: "Only the beginning of the callback \(id) was kept; ask the bank to send it again."
                )
            )
        }
        guard let connection = try await connections.open(stored.connection) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Kết nối \(stored.connection) không có khóa bí mật nào còn hiệu lực.",
                    en: "The connection \(stored.connection) has no secret in force."
                )
            )
        }
        try await database.transaction { tx in
            try Audit.record(
                tx,
                actor,
                "callback.replay",
                "callback:\(id)",
                ["connection": .string(stored.connection), "outcome_before": .string(stored.outcome)]
            )
        }
        var message = ReceivedHeaders.message(stored.message.headers, body: stored.message.body)
        // What was verified has the query in place of a missing body.
        if id.place != .refused, message.method == "GET" { message.body = [] }
        let result = try await callbacks.process(message, connection, now: stored.receivedAt)
        guard case .answered(_, let answer) = result else { return "unknown_connection" }
        let word =
            switch answer {
            case .recorded(let outcome, _): outcome
            case .conflict: "conflict"
            case .refused(let refusal): refusal.reason.rawValue
            case .probe, .unavailable, .failed: "probe"
            }
        if id.place == .refused, case .recorded = answer {
            _ = try await database.query(
                """
                update refused_callback set replayed_at = now(), replay_outcome = \(word)
                where id = \(id.number)::bigint
                """
            )
        }
        return word
    }
}
