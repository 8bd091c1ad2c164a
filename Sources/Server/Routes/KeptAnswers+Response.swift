import Collection
import HTTPTypes
import Hummingbird
import Values

/// Answers kept for an `Idempotency-Key`, of what changes nothing when it is done again: imports and runs. They may be kept
/// after what they answer, in a transaction of their own.
extension KeptAnswers {
    /// The first answer to the key, as it was; `nil` without a key and for a new one.
    func first(
        _ idempotency: IdempotencyKey?,
        _ caller: Caller,
        _ status: HTTPResponse.Status
    ) async throws -> Response? {
        guard let idempotency, let first = try await first(idempotency, of: caller) else { return nil }
        return .kept(first, status)
    }

    /// Keeps an answer, if a key was named, and returns it.
    func keep(
        _ json: JSON,
        _ idempotency: IdempotencyKey?,
        _ caller: Caller,
        _ status: HTTPResponse.Status
    ) async throws -> Response {
        if let idempotency { try await keep(json.serialized, for: idempotency, of: caller) }
        return .json(json, status: status)
    }
}
