import Values
import Workflow

extension SettlementBatch {
    /// What money does for the requests of a basket: it pays what remains of each that it comes in time for, in the order
    /// of the basket.
    struct BasketShares {
        private(set) var parts: [Decision.Part] = []
        /// What no request took.
        private(set) var rest: Money
        /// What remains of the requests that can still be paid, afterwards.
        private(set) var remaining = Money.zero
        /// Why the first request that the money was too late for did not take it.
        private(set) var late: Reason?
        /// The day whose prices must be looked up first.
        private(set) var needsPrice: Day?
        /// Whether one of the requests had been paid before.
        private(set) var hasPaid = false

        init(_ subject: Subject, _ members: [Facts.Request], _ terms: SettlementTerms) {
            rest = subject.notice.amount
            for (index, request) in members.enumerated() {
                hasPaid = hasPaid || !request.isOpen && request.status != .cancelled || request.remaining == .zero
                guard request.isOpen, request.remaining > .zero else { continue }
                remaining += request.remaining
                guard rest > .zero else { continue }
                switch SettlementBatch.lateness(of: subject, request, terms) {
                case .late(let reason): late = late ?? reason
                case .needsPrice(let day): needsPrice = needsPrice ?? day
                case .inTime:
                    let amount = min(rest, request.remaining)
                    parts.append(
                        Decision.Part(
                            requestID: request.id,
                            reference: request.reference,
                            place: index + 1,
                            amount: amount,
                            received: request.netApplied + amount,
                            remaining: request.remaining - amount
                        )
                    )
                    rest -= amount
                    remaining -= amount
                }
            }
        }
    }

    /// Money for a cancelled basket is late, even if its requests can still be paid: whoever cancelled it may have asked
    /// for them in another way.
    static func cancelledBasket(_ subject: Subject, _ book: Book) -> Verdict? {
        guard let basket = subject.basket, basket.isCancelled else { return nil }
        return subject.suspend(.late, .requestCancelled(basket.reference, amount: subject.notice.amount))
    }

    /// The money pays the requests of the basket in their order; the excess goes to suspense.
    static func basketPayment(_ subject: Subject, _ book: Book) -> Verdict? {
        guard let basket = subject.basket else { return nil }
        let amount = subject.notice.amount
        let shares = BasketShares(subject, book.members(of: basket), book.terms)
        if let day = shares.needsPrice { return .needsPrice(day) }
        guard !shares.parts.isEmpty else {
            guard let late = shares.late, !shares.hasPaid else {
                return shares.hasPaid
                    ? subject.suspend(.overpaid, .paidAlready(basket.reference, amount: amount))
                    : subject.suspend(.late, .requestCancelled(basket.reference, amount: amount))
            }
            return subject.suspend(.late, late)
        }
        var decision = subject.decide(basket, shares)
        decision.suspense = shares.rest
        return .decided(decision)
    }

    /// Pays a basket from a line that has brought the money to suspense; `nil` if the money does not fit as a whole.
    static func basketPaidFromLine(
        _ line: Facts.EarlierLine,
        _ basket: Facts.Basket,
        _ subject: Subject,
        _ book: Book
    ) -> Verdict? {
        let amount = subject.notice.amount
        guard !basket.isCancelled, basket.accountNumber == subject.notice.accountNumber, line.rest >= amount else {
            return nil
        }
        let shares = BasketShares(subject, book.members(of: basket), book.terms)
        if let day = shares.needsPrice { return .needsPrice(day) }
        guard shares.rest == .zero else { return nil }
        var decision = subject.decide(basket, shares)
        decision.reason = .paidFromLine(line.id, basket.reference, amount: amount)
        decision.line = line
        return .decided(decision)
    }
}

extension Subject {
    /// A decision that pays at least one request of a basket.
    fileprivate func decide(_ basket: Facts.Basket, _ shares: SettlementBatch.BasketShares) -> Decision {
        let (amount, requests) = (notice.amount, shares.parts.count)
        var decision: Decision
        if shares.rest > .zero {
            decision = decide(
                .overpaid,
                .basketPaidWithExcess(basket.reference, amount: amount, requests: requests, excess: shares.rest)
            )
        } else if shares.remaining > .zero {
            decision = decide(
                .partial,
                .basketPaidInPart(basket.reference, amount: amount, requests: requests, remaining: shares.remaining)
            )
        } else {
            decision = decide(.settled, .basketPaid(basket.reference, amount: amount, requests: requests))
        }
        decision.parts = shares.parts
        decision.applied = shares.parts.map(\.amount).total()
        return decision
    }
}
