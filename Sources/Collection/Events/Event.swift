public import Values
import Workflow

/// An event and the state of its deliveries.
public struct Event: Sendable {
    public let id: Int64
    public let type: String
    public let subject: String
    public let createdAt: Instant
    /// As it is sent.
    public let body: JSON
    /// One for each endpoint: `{endpoint, state, attempts, next_attempt_at, last_error, delivered_at}`, the error as it is
    /// stored.
    public let deliveries: [JSON]

    /// Its `webhook-id`: the same however often it is sent, so that a receiver can recognise a repetition.
    public var webhookID: String { Event.webhookID(id) }

    static func webhookID(_ id: Int64) -> String { "evt_\(id)" }

    /// Reads an id as people write it, `17` or `evt_17`.
    public static func id(_ text: String) throws -> Int64 {
        guard let id = Int64(text.hasPrefix("evt_") ? String(text.dropFirst(4)) : text) else {
            throw ServiceError(.notFound, .none(.event, text.prefix(40)))
        }
        return id
    }

    /// The deliveries in words: `last_error` is a sentence, beside `last_error_code`.
    public func deliveries(in language: Language) -> [JSON] {
        deliveries.map { delivery in
            let error = delivery["last_error"].flatMap { Reason(stored: $0) }
            let members = (delivery.members ?? []).map { member in
                member.name == "last_error" ? .init("last_error", .optional(error?.sentence(in: language))) : member
            }
            return .object(members + [JSON.Member("last_error_code", .optional(error?.code.rawValue))])
        }
    }

    public func json(in language: Language) -> JSON {
        [
            "id": .integer(id), "webhook_id": .string(webhookID), "type": .string(type), "subject": .string(subject),
            "created_at": .text(createdAt), "data": body["data"] ?? .null,
            "deliveries": .array(deliveries(in: language)),
        ]
    }
}
