import Values

/// Decides a batch of notices in the given order, each as if it had arrived alone.
public enum SettlementBatch {
    /// The rules of docs/money-rules.md in their order: the first rule that decides a notice is the last one applied.
    static let rules: [Rule] = [
        repeatedReport,
        notACredit,
        countedTransfer,
        counterPaymentShown,
        recoveredBefore,
        lineCameFirst,
        unknownReference,
        otherAccount,
        cancelledRequest,
        paidByRenewal,
        expiredRequest,
        cancelledBasket,
        basketPayment,
        payment,
    ]

    /// A rule decides a notice, or returns `nil` to leave it to later rules.
    typealias Rule = @Sendable (Subject, Book) -> Verdict?

    /// Returns one verdict for each notice, in their order.
    public static func decide(_ notices: [Notice], facts: Facts, terms: SettlementTerms) -> [Verdict] {
        var book = Book(facts: facts, terms: terms)
        return notices.enumerated().map { place, notice in
            let subject = Subject(notice, in: book)
            guard let verdict = rules.lazy.compactMap({ $0(subject, book) }).first else {
                preconditionFailure("the last rule decides every notice")
            }
            guard var decision = verdict.decision else { return verdict }
            decision.ended = book.ended(by: decision)
            book.enter(decision, on: notice, place: place)
            return .decided(decision)
        }
    }
}
