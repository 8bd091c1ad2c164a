public import Casework
import Values

extension CounterPayments {
    /// The basket of the reference that was scanned, whose requests ``find(_:for:)`` does not find; `nil` if it is of no
    /// basket. Only those of its requests that the caller acts for are among them.
    public func basket(_ scanned: ScannedText, for caller: Caller) async throws -> FoundBasket? {
        for reference in scanned.references {
            guard let basket = try await Baskets(requests.database, requests: requests).find(reference: reference)
            else {
                continue
            }
            let now = Instant.now()
            var seen: [PaymentRequest] = []
            for request in basket.requests {
                do {
                    try await requests.authorize(request, for: caller)
                    seen.append(request)
                } catch let error as ServiceError where error.code == .notFound {}
            }
            guard !seen.isEmpty else { return nil }
            return FoundBasket(
                reference: basket.reference,
                state: basket.state(at: now),
                count: basket.requests.count,
                remaining: basket.amountRemaining(at: now),
                requests: seen
            )
        }
        return nil
    }
}
