import Collection
import HTTPTypes
import Hummingbird
import Values

/// Answers kept for an `Idempotency-Key`, of what changes nothing when it is done again: imports and runs. They may be kept
/// after what they answer, in a transaction of their own.
extension Services {
    func firstAnswer(
        _ idempotency: PaymentRequests.Idempotency?,
        _ caller: Caller,
        _ status: HTTPResponse.Status
    ) async throws -> Response? {
        guard let idempotency, let first = try await paymentRequests.firstAnswer(idempotency, caller) else {
            return nil
        }
        return .kept(first, status)
    }

    func remembered(
        _ json: JSON,
        _ idempotency: PaymentRequests.Idempotency?,
        _ caller: Caller,
        _ status: HTTPResponse.Status
    ) async throws -> Response {
        if let idempotency { try await paymentRequests.remember(json.serialized, idempotency, caller) }
        return .json(json, status: status)
    }
}
