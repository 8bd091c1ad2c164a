import Values
import Workflow

extension SettlementBatch {
    enum Lateness {
        case inTime
        /// Expired, within grace: the price must be looked up for this day.
        case needsPrice(Day)
        case late(Reason)
    }

    /// Whether money came in time for an open request. The grace period is counted to the time of the transfer, so that a
    /// payment made in time whose notice is slow is not late.
    static func lateness(of subject: Subject, _ request: Facts.Request, _ terms: SettlementTerms) -> Lateness {
        let notice = subject.notice
        // Two persons have decided, or a cashier has assessed it again: neither grace nor price stands in the way.
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
        case true?: return .inTime
        case false?:
            return .late(.priceChanged(request.reference, amount: notice.amount, expiresAt: request.expiresAt))
        }
    }

    /// Nobody is to pay a cancelled request.
    static func cancelledRequest(_ subject: Subject, _ book: Book) -> Verdict? {
        guard let request = subject.request, request.status == .cancelled else { return nil }
        return subject.suspend(.late, .requestCancelled(request.reference, amount: subject.notice.amount))
    }

    /// An expired request is settled within its grace period while its price holds.
    static func expiredRequest(_ subject: Subject, _ book: Book) -> Verdict? {
        guard let request = subject.request, request.isOpen else { return nil }
        switch lateness(of: subject, request, book.terms) {
        case .inTime: return nil
        case .needsPrice(let day): return .needsPrice(day)
        case .late(let reason): return subject.suspend(.late, reason)
        }
    }
}
