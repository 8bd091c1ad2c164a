import Cryptography
import Postgres
import Values

/// Requests that are sent again under the same key.
extension PaymentRequests {
    /// The key under which a caller may repeat a request, and a hash of the request.
    public struct Idempotency: Sendable {
        public let key: String
        public let requestHash: [UInt8]

        public init(key: String, request: [UInt8]) {
            self.key = key
            requestHash = SHA256.hash(request)
        }

        /// For a request whose body is in a file.
        public init(key: String, request: [UInt8], file path: String) throws {
            self.init(key: key, request: request + (try StatementImport.hash(path).digest))
        }
    }

    /// The answer already returned for this key, or `nil`; a different request under the same key is refused.
    public func firstAnswer(_ idempotency: Idempotency, _ caller: Caller) async throws -> Answer? {
        let rows = try await database.query(
            """
            select request_hash, body from idempotency_key
            where api_key_id = \(caller.keyID)::uuid and key = \(idempotency.key)
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
        return Answer(body: body, isRepeated: true)
    }

    /// Keeps an answer for a caller that repeats the key.
    public func remember(_ answer: String, _ idempotency: Idempotency, _ caller: Caller) async throws {
        _ = try await database.query(PaymentRequests.keeping(answer, idempotency, caller))
    }

    /// Keeps an answer; returns a row only if none was kept for the key before.
    static func keeping(_ answer: String, _ idempotency: Idempotency, _ caller: Caller) -> Query {
        """
        insert into idempotency_key (api_key_id, key, request_hash, status, body)
        values (\(caller.keyID)::uuid, \(idempotency.key), \(Bytes(idempotency.requestHash)), 201, \(answer))
        on conflict on constraint idempotency_key_pkey do nothing returning 1
        """
    }
}
