import Values

@testable import Matching

/// Whatever the passes decide, bank and books of any day differ by what the explanation of the day lists.
extension OneRun {
    mutating func checkExplanation(_ lines: [Line], _ notices: [OpenNotice], _ facts: MatchingFacts) {
        // What a counter entered is in a clearing account, not among the money at the bank.
        let callbacks = notices.filter { !$0.isOfCounter }
        let amountOf = Dictionary(uniqueKeysWithValues: callbacks.map { ($0.id, $0.amount) })
        var shownBy: [Int64: (line: Int64, day: Day)] = [:]
        var moved: [Movement] = callbacks.map { Movement(day: $0.day, bank: .zero, books: $0.amount) }
        var repeated: [DayDifference.SilentLine] = []
        for line in lines {
            guard let decision = decisions[line.id] else { continue }
            let day = line.bookedAt.day
            for id in decision.shownNotices where amountOf[id] != nil { shownBy[id] = (line.id, day) }
            var posted = line.amount - decision.shownNotices.compactMap { amountOf[$0] }.total()
            if decision.pass == .repetition {
                posted = .zero
                repeated.append(.init(id: line.id, amount: line.amount, day: day, detail: "", isRepeated: true))
            }
            moved.append(Movement(day: day, bank: line.amount, books: posted))
        }
        let booked = callbacks.map {
            DayDifference.BookedNotice(
                id: $0.id,
                amount: $0.amount,
                bookedOn: $0.day,
                transaction: $0.bankReference,
                requestID: $0.requestID,
                shownBy: shownBy[$0.id]
            )
        }
        // A statement is missing: what it would have shown is in no line.
        let gap = DayDifference.Gap(statementID: 1, amount: Money(77), firstDay: facts.through, fileName: "")
        moved.append(Movement(day: gap.firstDay, bank: gap.amount, books: .zero))
        // The books hold the opening balance from a later day on.
        let stated = OpeningBalance(day: facts.through.previous, amount: Money(5_000))
        let opening = DayDifference.Opening(stated: stated, booked: [facts.through: stated.amount])
        moved.append(Movement(day: Day(daysSinceEpoch: .min), bank: stated.amount, books: .zero))
        moved.append(Movement(day: facts.through, bank: .zero, books: stated.amount))
        for day in Set(moved.map(\.day)) {
            let items = DayDifference.items(
                on: day,
                notices: booked,
                lines: repeated,
                gaps: [gap],
                opening: opening,
                calendar: facts.calendar
            )
            let before = moved.filter { $0.day <= day }
            for limit in [0, 1, .max] {
                let explanation = DayExplanation(
                    accountNumber: facts.accountNumber,
                    day: day,
                    bank: before.map(\.bank).total(),
                    books: before.map(\.books).total(),
                    items: items,
                    limit: limit
                )
                if explanation.residual != .zero { note("\(explanation.residual) of \(day) is unexplained") }
                let single = explanation.items.filter { $0.source != nil }
                if Dictionary(grouping: single, by: \.kind).contains(where: { $0.value.count > limit }) {
                    note("more than \(limit) items of a kind are told one by one")
                }
            }
        }
    }

    /// What moved on a day, at the bank and in the books.
    private struct Movement {
        let day: Day
        let bank: Money
        let books: Money
    }
}
