public import Postgres
import Values

/// The answers to requests that may be sent again under the same key.
public struct KeptAnswers: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// The answer already returned for this key, or `nil`; a different request under the same key is refused.
    public func first(_ idempotency: IdempotencyKey, of caller: Caller) async throws -> KeptAnswer? {
        let rows = try await database.query(
            """
            select request_hash, body from idempotency_key
            where owner_id = \(caller.id)::uuid and key = \(idempotency.key)
            """
        )
        guard let row = rows.first else { return nil }
        let (hash, body) = try row.decode(Bytes.self, String.self)
        guard hash.bytes == idempotency.requestHash else {
            throw ServiceError(
                .idempotencyMismatch,
                Phrase(
                    vi:
                        "Idempotency-Key này đã dùng cho một yêu cầu khác. Hãy gửi lại đúng yêu cầu đó, hoặc dùng khóa mới.",
                    en:
                        "This Idempotency-Key was used for another request. Repeat that request as it was, or use a new key."
                )
            )
        }
        return KeptAnswer(body: body, isRepeated: true)
    }

    /// Keeps an answer for a caller that repeats the key.
    public func keep(_ answer: String, for idempotency: IdempotencyKey, of caller: Caller) async throws {
        _ = try await database.query(KeptAnswers.keeping(answer, idempotency, caller))
    }

    /// Keeps an answer; returns a row only if none was kept for the key before.
    static func keeping(_ answer: String, _ idempotency: IdempotencyKey, _ caller: Caller) -> Query {
        """
        insert into idempotency_key (owner_id, key, request_hash, status, body)
        values (\(caller.id)::uuid, \(idempotency.key), \(Bytes(idempotency.requestHash)), 201, \(answer))
        on conflict on constraint idempotency_key_pkey do nothing returning 1
        """
    }
}
