import Workflow

extension SettlementBatch {
    /// A callback that shows what a cashier had entered as paid without cash: the request is paid already, and the money
    /// moves from the clearing account of the agency to the bank's.
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
    /// The payment of a counter that a callback shows: of the request that it names and of its amount, or, if it names none,
    /// with its transaction id on the slip. One with its id comes before others of the request.
    func counterPayment(shownBy notice: Notice, _ request: Facts.Request?) -> Facts.CounterPayment? {
        let fitting = facts.counterPayments.filter {
            $0.accountNumber == notice.accountNumber && $0.amount == notice.amount
                && (request == nil || $0.requestID == request?.id)
        }
        return fitting.first { $0.receiptNumber == notice.bankReference } ?? (request == nil ? nil : fitting.first)
    }
}
