import Cryptography
import Postgres
import Values

/// Requests that are sent again under the same key.
extension PaymentRequests {
    /// A key a caller may repeat a request under, and what the request was.
    public struct Idempotency: Sendable {
        public let key: String
        public let requestHash: [UInt8]

        public init(key: String, request: [UInt8]) {
            self.key = key
            requestHash = SHA256.hash(request)
        }

        /// Of a request whose body lies in a file.
        public init(key: String, request: [UInt8], file path: String) throws {
            self.init(key: key, request: request + (try StatementImport.hash(path)))
        }
    }

    /// The answer that was given to this key before, or `nil`; another request under the key is refused.
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

    /// Keeps an answer for whoever repeats the key.
    public func remember(_ answer: String, _ idempotency: Idempotency, _ caller: Caller) async throws {
        _ = try await database.query(PaymentRequests.keeping(answer, idempotency, caller))
    }

    /// Keeps an answer, and gives a row where no other had been kept for the key.
    static func keeping(_ answer: String, _ idempotency: Idempotency, _ caller: Caller) -> Query {
        """
        insert into idempotency_key (api_key_id, key, request_hash, status, body)
        values (\(caller.keyID)::uuid, \(idempotency.key), \(Bytes(idempotency.requestHash)), 201, \(answer))
        on conflict on constraint idempotency_key_pkey do nothing returning 1
        """
    }
}
