public import Casework
import Identity
import Postgres
public import Values
public import Workflow

/// A message as staff see it.
public struct MessageRecord: Sendable {
    public let id: Int64
    public let kind: MessageKind
    public let channel: ContactChannel
    /// `nil` if it was erased.
    public let address: String?
    public let reference: String
    public let state: PayerMessageState
    public let madeAt: Instant
    public let endedAt: Instant?
    public let attempts: Int
    public let error: String?

    static let select = """
        select m.id, m.kind, c.channel, c.address, r.reference, m.state, m.made_at, m.ended_at, m.attempts, m.last_error
        from payer_message m join payer_contact c on c.id = m.contact_id
            join payment_request r on r.id = c.payment_request_id
        """

    init(_ row: Row) throws {
        id = try row.get(0)
        kind = try row.code(1)
        channel = try row.code(2)
        address = try row.get(3)
        reference = try row.get(4)
        state = try row.code(5)
        madeAt = try row.get(6)
        endedAt = try row.get(7)
        attempts = try row.get(8)
        error = try row.get(9)
    }

    /// The address as whoever may not see it in full is shown it.
    public var masked: String? { address.map { MessageRecord.masked($0) } }

    /// Of an e-mail address the first letter and the domain, of a number the last three digits.
    public static func masked(_ address: String) -> String { PersonalSight.mask(address, .contact) }

    public func json(in language: Language) -> JSON {
        [
            "id": .integer(id), "kind": .string(kind.rawValue), "channel": .string(channel.rawValue),
            "contact": ["address": .optional(masked)], "reference": .string(reference),
            "state": .string(state.rawValue), "state_text": .string(state.words[language]), "made_at": .text(madeAt),
            "ended_at": .optional(endedAt?.description), "attempts": .integer(attempts), "error": .optional(error),
        ]
    }
}
