import Settlement
import Values

/// What holds for every batch, whatever the rules decide.
extension Books {
    private static let money: Set<NoticeOutcome> = [
        .settled, .partial, .overpaid, .late, .unknownReference, .otherAccount,
    ]

    mutating func check(_ decisions: [Decision], _ effects: Effects, _ batch: [Notice]) {
        guard decisions.count == batch.count else {
            return note("\(batch.count) notices, \(decisions.count) decisions")
        }
        for (place, decision) in decisions.enumerated() { check(decision, effects, batch[place], place) }
        for change in effects.requests {
            let own = decisions.enumerated().filter {
                $0.element.requestID == change.id && [.settled, .partial, .overpaid].contains($0.element.outcome)
            }
            if change.received != own.map({ batch[$0.offset].amount }).total() {
                note("request \(change.id) received \(change.received), its notices bring something else")
            }
            if change.applied != own.map(\.element.applied).total() {
                note("request \(change.id) has \(change.applied) applied, its notices something else")
            }
        }
        if Set(effects.requests.map(\.id)).count != effects.requests.count { note("a request changes twice") }
        let completed = decisions.filter(\.completes).compactMap(\.requestID)
        if effects.paidInFull != completed { note("\(effects.paidInFull) are paid in full, not \(completed)") }
    }

    private mutating func check(_ decision: Decision, _ effects: Effects, _ notice: Notice, _ place: Int) {
        let postings = effects.postings.filter { $0.place == place }
        let posted = postings.map(\.amount).total()
        let cleared = decision.clears?.amount ?? .zero
        if posted != decision.applied + decision.suspense + cleared { note("notice \(place) posts \(posted)") }
        // Verified money is never dropped, and nothing else is ever posted.
        let bringsMoney = Books.money.contains(decision.outcome) || decision.clears != nil
        let expected = bringsMoney ? notice.amount : .zero
        if posted != expected { note("notice \(place), \(decision.outcome), brings \(expected) and posts \(posted)") }
        if decision.applied < .zero || decision.suspense < .zero { note("notice \(place) takes money away") }
        if decision.line != nil, decision.suspense != .zero { note("notice \(place) moves suspense to suspense") }
        let isUnrecorded = [.noticeRepeated, .noticeConflicts, .noticeOfOtherAccount].contains(decision.reason.code)
        if decision.isRecorded == isUnrecorded { note("notice \(place) is recorded: \(decision.isRecorded)") }
        for posting in postings where posting.kind == .clearing {
            let credit = decision.clears.map { Effects.Posting.Account.clearing($0.noticeID) }
            if posting.debit != .incoming || posting.credit != credit || posting.amount != notice.amount {
                note("notice \(place) posts \(posting)")
            }
        }
        for posting in postings where posting.kind != .clearing {
            let incoming: Effects.Posting.Account = decision.line == nil ? .incoming : .suspense
            let revenue = decision.requestID.map { Effects.Posting.Account.revenue($0) }
            let credit: Effects.Posting.Account? = posting.kind == .payment ? revenue : .suspense
            let amount = posting.kind == .payment ? decision.applied : decision.suspense
            if posting.debit != incoming || posting.credit != credit || posting.amount != amount
                || posting.day != decision.movedAt.day || posting.amount <= .zero || posting.debit == posting.credit
            {
                note("notice \(place) posts \(posting)")
            }
        }
        let opened = effects.openedCases.filter { $0.place == place }
        let mayOpen = Books.money.contains(decision.outcome) || decision.outcome == .conflict
        if opened.count > (mayOpen ? 1 : 0) { note("notice \(place) opens \(opened.count) cases") }
        if decision.suspense > .zero, opened.map(\.amount) != [decision.suspense] {
            note("notice \(place) leaves \(decision.suspense) in suspense without a case of it")
        }
    }
}
