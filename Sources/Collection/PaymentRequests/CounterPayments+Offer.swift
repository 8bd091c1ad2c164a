public import FeeSchedule
public import Values
import Workflow

extension CounterPayments {
    /// What a request costs at a counter today.
    public struct Offer: Sendable {
        public let channel: Channel
        public let assessment: Assessment
        /// What is due in all by that channel.
        public let price: Money
        /// What remains of it: what was received already is taken off.
        public let remaining: Money
        /// Whether it is paid in time and by the channel that it was made for, so that it costs what it states.
        let isAsAsked: Bool
    }

    /// What remains of a request by each way that a counter has; throws if nothing is to be paid for it.
    public func offers(of request: PaymentRequest) async throws -> [Offer] {
        let now = Instant.now()
        var offers: [Offer] = []
        for channel in [Channel.counterCash, .counterCard, .counterQR] {
            offers.append(try await offer(of: request, by: channel, at: now))
        }
        return offers
    }

    func offer(of request: PaymentRequest, by channel: Channel, at now: Instant) async throws -> Offer {
        guard [.pending, .expired].contains(request.status(at: now)) else {
            let state = Vocabulary.requestState[request.status.rawValue]
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Yêu cầu ở trạng thái “\(state[.vietnamese])”, không còn phải nộp gì.",
                    en: "The request is \(state[.english]); nothing remains to be paid for it."
                )
            )
        }
        let catalogue = try await requests.tariff.current()
        let assessment: Assessment
        let isAsAsked = request.channel == channel && request.status(at: now) == .pending
        do {
            assessment = try catalogue.schedule.assess(
                request.assessmentRequest(channel: channel, on: isAsAsked ? request.assessedOn : now.day)
            )
        } catch {
            throw ServiceError(.notAssessable, at: error.pointer, error.reason)
        }
        let price = isAsAsked ? request.amountDue : assessment.amountDue
        return Offer(
            channel: channel,
            assessment: assessment,
            price: price,
            remaining: max(price - request.amountKept, .zero),
            isAsAsked: isAsAsked
        )
    }
}
