import Workflow

extension SettlementBatch {
    /// A request is settled only on the account that it collects on: otherwise whoever signs for one account could settle
    /// the requests of all others.
    static func otherAccount(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        // What a counter takes is on no bank account yet.
        guard notice.source != .counter, let request = subject.request, request.accountNumber != notice.accountNumber
        else { return nil }
        return subject.suspend(
            .otherAccount,
            .requestOfOtherAccount(
                request.reference,
                amount: notice.amount,
                collectsOn: request.accountNumber,
                arrivedOn: notice.accountNumber
            )
        )
    }
}
