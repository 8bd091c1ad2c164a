import Workflow

extension SettlementBatch {
    /// A callback that confirms what a cashier entered as paid without cash: the request is already paid, and the money
    /// moves from the agency's clearing account to the bank account.
    static func counterPaymentShown(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        guard notice.source == .callback, let payment = book.counterPayment(shownBy: notice, subject.request) else {
            return nil
        }
        var decision = subject.decide(.duplicate, .counterPaymentShown(payment.reference, amount: payment.amount))
        decision.requestID = payment.requestID
        decision.earlier = .notice(payment.noticeID)
        decision.clears = payment
        return .decided(decision)
    }
}

extension Book {
    /// The counter payment that a callback confirms: one of the request that it names with its amount or, if it names
    /// no request, one whose slip carries its transaction id. A payment with the callback's id takes precedence over
    /// others of the request.
    func counterPayment(shownBy notice: Notice, _ request: Facts.Request?) -> Facts.CounterPayment? {
        let fitting = facts.counterPayments.filter {
            $0.accountNumber == notice.accountNumber && $0.amount == notice.amount
                && (request == nil || $0.requestID == request?.id)
        }
        return fitting.first { $0.receiptNumber == notice.bankReference } ?? (request == nil ? nil : fitting.first)
    }
}
