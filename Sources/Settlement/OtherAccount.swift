import Workflow

extension SettlementBatch {
    /// A request is settled only by money on its own account. Otherwise a signer for one account could settle the
    /// requests of all others.
    static func otherAccount(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        // Money taken at a counter is not on a bank account yet.
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
