import Workflow

extension SettlementBatch {
    /// A request is settled only by money on its own account. Otherwise a signer for one account could settle the
    /// requests of all others.
    static func otherAccount(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        // Money taken at a counter is not on a bank account yet.
        guard notice.source != .counter,
            let (reference, account) = subject.request.map({ ($0.reference, $0.accountNumber) })
                ?? subject.basket.map({ ($0.reference, $0.accountNumber) }),
            account != notice.accountNumber
        else { return nil }
        return subject.suspend(
            .otherAccount,
            .requestOfOtherAccount(
                reference,
                amount: notice.amount,
                collectsOn: account,
                arrivedOn: notice.accountNumber
            )
        )
    }
}
