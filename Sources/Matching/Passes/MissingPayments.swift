public import Values
import Workflow

extension MatchingPasses {
    /// The open notices whose expected-by date has passed and that have no case yet.
    public static func missingPayments(_ items: OpenItems) -> [MissingPayment] {
        missingPayments(among: items.notices, through: items.facts.through, items.facts.calendar)
    }

    /// Those of some open notices.
    public static func missingPayments(
        among notices: some Sequence<OpenNotice>,
        through: Day,
        _ calendar: BankCalendarDays
    ) -> [MissingPayment] {
        var expected: [Day: Day] = [:]
        return notices.compactMap { notice in
            guard !notice.hasCase else { return nil }
            let day = expected[notice.day] ?? calendar.expectedBy(notice.day)
            expected[notice.day] = day
            guard notice.day <= through, day <= through else { return nil }
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
