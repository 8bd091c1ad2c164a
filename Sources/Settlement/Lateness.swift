import Values
import Workflow

extension SettlementBatch {
    enum Lateness {
        case inTime
        /// Expired but within the grace period: the price must be looked up for this day.
        case needsPrice(Day)
        case late(Reason)
    }

    /// Whether money arrived in time for an open request. The grace period applies to the time of the transfer, not of the
    /// notice, so that a payment made in time is not late because its notice was slow.
    static func lateness(of subject: Subject, _ request: Facts.Request, _ terms: SettlementTerms) -> Lateness {
        let notice = subject.notice
        // Two persons have decided, or a cashier has assessed it again: neither grace period nor price matters.
        if notice.source == .person || notice.source == .counter { return .inTime }
        if request.status == .pending, subject.time.at <= request.expiresAt { return .inTime }
        guard subject.time.at <= request.expiresAt.adding(seconds: terms.graceSeconds) else {
            return .late(
                .expiredBeyondGrace(
                    request.reference,
                    amount: notice.amount,
                    expiresAt: request.expiresAt,
                    at: subject.time.at
                )
            )
        }
        switch notice.priceHolds {
        case nil: return .needsPrice(subject.time.at.day)
        case true? where !notice.changedPrices.contains(request.reference): return .inTime
        default:
            return .late(.priceChanged(request.reference, amount: notice.amount, expiresAt: request.expiresAt))
        }
    }

    /// Money for a cancelled request is late.
    static func cancelledRequest(_ subject: Subject, _ book: Book) -> Verdict? {
        guard let request = subject.request, request.status == .cancelled else { return nil }
        return subject.suspend(.late, .requestCancelled(request.reference, amount: subject.notice.amount))
    }

    /// An expired request is settled within its grace period if its price still holds.
    static func expiredRequest(_ subject: Subject, _ book: Book) -> Verdict? {
        guard let request = subject.request, request.isOpen else { return nil }
        switch lateness(of: subject, request, book.terms) {
        case .inTime: return nil
        case .needsPrice(let day): return .needsPrice(day)
        case .late(let reason): return subject.suspend(.late, reason)
        }
    }
}
