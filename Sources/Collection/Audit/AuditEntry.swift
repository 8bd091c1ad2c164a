import Postgres
public import Values
import Workflow

/// An entry of the audit.
public struct AuditEntry: Sendable {
    public let id: Int64
    public let happenedAt: Instant
    public let actorID: String
    public let actorName: String
    /// The network address of the call, or `cli:` and the system's account; `nil` if khop acted by itself.
    public let address: String?
    public let requestID: String?
    /// Such as `refund.approve`.
    public let action: String
    /// Such as `case:17`.
    public let subject: String
    public let detail: JSON

    /// What was done, for people.
    public var sentence: Phrase { Vocabulary.auditAction[action] }

    /// Where the entries that follow in a list begin.
    public var cursor: AuditLog.Cursor { AuditLog.Cursor(happenedAt: happenedAt, id: id) }

    public func json(in language: Language) -> JSON {
        [
            "id": .integer(id), "happened_at": .text(happenedAt),
            "actor": ["id": .string(actorID), "name": .string(actorName)], "address": .optional(address),
            "request_id": .optional(requestID), "action": .string(action), "sentence": .string(sentence[language]),
            "subject": .string(subject), "detail": detail,
        ]
    }

    /// Columns in the order of ``init(_:)``, of `audit_entry e`.
    static let columns = """
        e.id, e.happened_at, e.actor_id, e.actor_name, e.address, e.request_id, e.action, e.subject, e.detail
        """

    init(_ row: Row) throws {
        id = try row.get(0)
        happenedAt = try row.get(1)
        actorID = try row.get(2)
        actorName = try row.get(3)
        address = try row.get(4)
        requestID = try row.get(5)
        action = try row.get(6)
        subject = try row.get(7)
        detail = try row.get(8)
    }
}
