import Values
import Workflow

extension MatchingPasses {
    /// The open notices whose expected-by date has passed and that have no case yet.
    public static func missingPayments(_ items: OpenItems) -> [MissingPayment] {
        var expected: [Day: Day] = [:]
        return items.notices.compactMap { notice in
            guard !notice.hasCase else { return nil }
            let day = expected[notice.day] ?? items.facts.calendar.expectedBy(notice.day)
            expected[notice.day] = day
            guard notice.day <= items.facts.through, day <= items.facts.through else { return nil }
            return MissingPayment(
                notice: notice,
                reason: .paymentMissing(
                    transaction: notice.bankReference,
                    amount: notice.amount,
                    day: notice.day,
                    expectedBy: day
                )
            )
        }
    }
}
