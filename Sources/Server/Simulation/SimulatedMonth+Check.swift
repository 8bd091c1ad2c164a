import BankCallbacks
import Collection
import Values

extension SimulatedMonth {
    /// Holds what is in the books against what was planted: each fault has to have its name, each day its explanation.
    func check(_ places: [SimulatedPlace], _ platform: MonthPlatform, _ report: inout MonthReport) async throws {
        let outcomes = PlayedOutcomes(services.database)
        for place in places {
            let found = try await outcomes.of(
                place.planted.map { .init(transactionID: $0.transactionID, reference: $0.reference) },
                on: place.number
            )
            for planted in place.planted { SimulatedMonth.judge(planted, found[planted.transactionID], place, &report) }
        }
        try await checkRefusals(outcomes, &report)
        try await platform.check(&report)
        for number in 0..<options.days {
            let day = first.adding(days: number)
            for (account, residual) in try await services.explanations.residuals(on: day) {
                report.explained += 1
                if residual != .zero { report.complain("\(account), \(day), at the end: \(residual.dong)") }
            }
        }
    }

    /// Each callback that was refused is kept with its cause. The server writes them down every few seconds.
    private func checkRefusals(_ outcomes: PlayedOutcomes, _ report: inout MonthReport) async throws {
        let planted = SimulatedMonth.causes.map { (kind: $0, reason: $1, count: report.kinds[$0]?.planted ?? 0) }
        var kept = try await outcomes.refusals()
        for _ in 0..<60 where planted.contains(where: { kept[$0.reason, default: 0] < $0.count }) {
            try await Task.sleep(for: .milliseconds(500))
            kept = try await outcomes.refusals()
        }
        for (kind, reason, count) in planted where kept[reason, default: 0] < count {
            report.complain("\(kind.rawValue): \(kept[reason, default: 0]) of \(count) are kept as \(reason)")
        }
    }

    /// What refused callbacks are kept as.
    private static let causes: [(TransferKind, String)] = [
        (.forged, "signature_mismatch"), (.otherAccount, "account_mismatch"),
    ]

    private static func judge(
        _ planted: SimulatedPlace.Planted,
        _ outcome: PlayedOutcomes.Outcome?,
        _ place: SimulatedPlace,
        _ report: inout MonthReport
    ) {
        report.kinds[planted.kind, default: .init()].planted += 1
        guard let outcome else {
            report.complain("\(planted.kind.rawValue) \(planted.transactionID): its request is not known")
            return
        }
        let line = outcome.line ?? "no line"
        let words = [
            planted.answers.map { String($0.prefix(3)) }.joined(separator: " + "),
            outcome.notices.sorted().joined(separator: " + "), outcome.waits ? line + ", waits" : line, outcome.status,
            outcome.cases.sorted().joined(separator: " + "),
        ].map { $0.isEmpty ? "–" : $0 }.joined(separator: " | ")
        report.kinds[planted.kind, default: .init()].outcomes[words, default: 0] += 1
        if isNamed(planted, outcome, place) {
            report.kinds[planted.kind, default: .init()].named += 1
        } else {
            report.complain("\(planted.kind.rawValue) \(planted.transactionID) on \(place.number): \(words)")
        }
    }

    /// Whether a transfer came to what its kind has to come to.
    static func isNamed(
        _ planted: SimulatedPlace.Planted,
        _ outcome: PlayedOutcomes.Outcome,
        _ place: SimulatedPlace
    ) -> Bool {
        let (answers, notices, cases) = (planted.answers, outcome.notices, outcome.cases)
        // What a sender is answered beside the status is its own matter; the books say what became of it.
        let isTaken = answers.count == (planted.kind == .twice ? 2 : 1) && answers.allSatisfy { $0.hasPrefix("200") }
        // Found in the statement alone: settled by it, or waiting for another person.
        let isRecovered =
            place.isAutomatic
            ? outcome.line == "recovered" && outcome.status == "paid" && !outcome.waits
            : outcome.line == "recovered" && ["pending", "expired"].contains(outcome.status) && outcome.waits
        let isSettled = isTaken && outcome.line == "matched" && outcome.status == "paid"
        switch planted.kind {
        case .onTime, .outOfOrder: return isSettled && notices == ["settled"] && cases.isEmpty
        case .twice: return isSettled && notices == ["settled"] && cases.isEmpty
        case .late where place.isSlow:
            // The statement was first: what it settled is not settled again, what waited is.
            return isTaken && outcome.status == "paid" && !outcome.waits && cases.isEmpty
        case .late: return isSettled && notices == ["settled"] && cases.isEmpty
        case .short: return isTaken && notices == ["partial"] && outcome.line == "matched" && cases == ["underpaid"]
        case .over, .together: return isSettled && notices == ["overpaid"] && cases == ["overpaid"]
        case .otherAccount: return answers.count == 1 && !answers[0].hasPrefix("200") && outcome.line == nil
        case .damaged:
            return isTaken && notices == ["unknown_reference"] && outcome.line == "matched"
                && cases == ["unknown_reference"]
        case .forged: return answers.count == 1 && answers[0].hasPrefix("401") && isRecovered && cases.isEmpty
        case .silent: return answers.isEmpty && isRecovered && cases.isEmpty
        }
    }
}
