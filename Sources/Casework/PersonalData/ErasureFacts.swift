public import Values
public import Workflow

/// What stands between a person and the erasure of his data.
public struct ErasureFacts: Sendable {
    /// A payment request of the person's.
    public struct Request: Sendable, Hashable {
        public let reference: String
        public let state: PaymentRequestState

        public init(reference: String, state: PaymentRequestState) {
            self.reference = reference
            self.state = state
        }
    }

    /// A case about the person's money.
    public struct OfCase: Sendable, Hashable {
        public let id: Int64
        public let isOpen: Bool

        public init(id: Int64, isOpen: Bool) {
            self.id = id
            self.isOpen = isOpen
        }
    }

    /// A refund to the person.
    public struct OfRefund: Sendable, Hashable {
        public let mark: String
        public let state: RefundState
        public let requestedAt: Instant

        public init(mark: String, state: RefundState, requestedAt: Instant) {
            self.mark = mark
            self.state = state
            self.requestedAt = requestedAt
        }
    }

    public var requests: [Request]
    public var cases: [OfCase]
    public var refunds: [OfRefund]

    public init(requests: [Request] = [], cases: [OfCase] = [], refunds: [OfRefund] = []) {
        self.requests = requests
        self.cases = cases
        self.refunds = refunds
    }
}
