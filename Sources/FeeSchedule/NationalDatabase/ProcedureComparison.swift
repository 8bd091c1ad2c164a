public import Values

/// The catalogue held against the national database of procedures.
public enum ProcedureComparison {
    /// What differs, ordered by code; empty if all agrees.
    ///
    /// Prices are those of one agency for a payer without a category, at the counter and online. Prices by post are not
    /// compared: what is sent by post is paid in one of the two other ways.
    ///
    /// - Parameters:
    ///   - agency: its code; prices may be set by locality.
    ///   - day: on which the prices are in force.
    /// - Throws: for an agency that the schedule does not know on that day.
    public static func compare(
        _ schedule: Schedule,
        with published: [String: PublishedProcedure],
        agency: String,
        on day: Day
    ) throws(AssessmentError) -> [ProcedureDifference] {
        var found: [ProcedureDifference] = []
        var sold: [String: Offer] = [:]
        for code in schedule.procedures.keys { sold[code] = try Offer(schedule, code, agency, day) }
        // A name that stands once on either side tells that a code was changed.
        let missingHere = published.values.filter { sold[$0.code] == nil && $0.isPublic }
        let byName = Dictionary(grouping: missingHere, by: { alike($0.name) })
        var moved: Set<String> = []
        for (code, offer) in sold {
            let name = schedule.procedures[code]?.nameVi ?? ""
            if let there = published[code] {
                found += differences(offer, there, named: name)
            } else if let same = byName[alike(name)], same.count == 1, !name.isEmpty {
                moved.insert(same[0].code)
                found.append(.init(.recoded, code, name, here: Phrase(same: code), there: Phrase(same: same[0].code)))
            } else if offer.isPaidFor {
                found.append(.init(.missingThere, code, name))
            }
        }
        for there in missingHere where !moved.contains(there.code) && there.fees.contains(where: \.isPrice) {
            let prices = words(of: there.fees.filter(\.isPrice).map(\.price))
            found.append(.init(.missingHere, there.code, there.name, there: prices))
        }
        return found.sorted {
            ($0.code, $0.kind.rawValue, $0.way?.rawValue ?? "") < ($1.code, $1.kind.rawValue, $1.way?.rawValue ?? "")
        }
    }

    private static func differences(
        _ offer: Offer,
        _ there: PublishedProcedure,
        named name: String
    ) -> [ProcedureDifference] {
        guard there.isPublic else { return offer.isPaidFor ? [.init(.notPublished, there.code, name)] : [] }
        var found: [ProcedureDifference] = []
        if !there.name.isEmpty, alike(there.name) != alike(name) {
            found.append(
                .init(.nameDiffers, there.code, name, here: Phrase(same: name), there: Phrase(same: there.name))
            )
        }
        for way in [PublishedProcedure.Way.counter, .online] {
            let fees = there.fees.filter { $0.way == way }
            // A way that is not offered has no price to compare.
            guard !fees.isEmpty, let difference = offer.difference(from: fees, way, there.code, name) else { continue }
            found.append(difference)
        }
        return found
    }

    /// What differs only in capitals and spaces is alike.
    private static func alike(_ name: String) -> String {
        name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    static func words(of prices: [PublishedPrice]) -> Phrase {
        let parts = prices.map { price -> Phrase in
            switch price {
            case .free: Phrase(vi: "không thu", en: "nothing")
            case .notStated: Phrase(vi: "bỏ trống", en: "not stated")
            case .unclear(let text): Phrase(same: "“\(text.prefix(80))”")
            case .amount(let money, let unit):
                Phrase(
                    vi: money.formatted(in: .vietnamese) + (unit.map { "/\($0)" } ?? ""),
                    en: money.formatted(in: .english) + (unit.map { "/\($0)" } ?? "")
                )
            }
        }
        return Phrase(
            vi: parts.map(\.vietnamese).joined(separator: " + "),
            en: parts.map(\.english).joined(separator: " + ")
        )
    }
}

extension PublishedProcedure.Fee {
    /// Whether something is to be paid: not 0 and not empty.
    var isPrice: Bool { price != .free && price != .notStated }
}

/// What an agency takes for a procedure.
private struct Offer {
    /// One fee as it is taken in one way.
    private struct Taken: Hashable {
        let kind: FeeKind
        let money: Money
    }

    private var taken: [PublishedProcedure.Way: [Taken]] = [:]
    /// Whether a price depends on a quantity's tier or on a value.
    private var isWorkedOut = false

    init(_ schedule: Schedule, _ code: String, _ agency: String, _ day: Day) throws(AssessmentError) {
        for (way, channel) in [(PublishedProcedure.Way.counter, Channel.counterCash), (.online, .online)] {
            let request = AssessmentRequest(agencyCode: agency, procedureCode: code, channel: channel, day: day)
            let lines = try schedule.assess(request).lines
            taken[way] = lines.map { Taken(kind: $0.fee.kind, money: $0.payable) }.filter { $0.money > .zero }
            isWorkedOut = isWorkedOut || lines.contains { $0.fee.calculation != .flat }
        }
        isWorkedOut = isWorkedOut || schedule.hasPercentFee(code, on: day)
    }

    var isPaidFor: Bool { isWorkedOut || taken.values.contains { !$0.isEmpty } }

    func difference(
        from fees: [PublishedProcedure.Fee],
        _ way: PublishedProcedure.Way,
        _ code: String,
        _ name: String
    ) -> ProcedureDifference? {
        let here = taken[way] ?? []
        let there = fees.filter(\.isPrice)
        let wordsHere =
            isWorkedOut
            ? Phrase(vi: "tính theo số lượng hoặc giá trị", en: "worked out from a quantity or a value")
            : ProcedureComparison.words(of: here.isEmpty ? [.free] : here.map { .amount($0.money, per: nil) })
        let wordsThere = ProcedureComparison.words(of: (there.isEmpty ? Array(fees.prefix(1)) : there).map(\.price))
        func found(_ kind: ProcedureDifference.Kind, _ here: Phrase, _ there: Phrase) -> ProcedureDifference {
            .init(kind, code, name, way, here: here, there: there)
        }
        let prices = there.compactMap(\.price.money)
        guard !isWorkedOut, prices.count == there.count else { return found(.notComparable, wordsHere, wordsThere) }
        // An empty text says nothing: that is no price of 0.
        if there.isEmpty, fees.allSatisfy({ $0.price == .notStated }), !here.isEmpty {
            return found(.notComparable, wordsHere, wordsThere)
        }
        guard prices.sorted() == here.map(\.money).sorted() else { return found(.priceDiffers, wordsHere, wordsThere) }
        let kinds = there.compactMap(\.kind)
        guard kinds.count == there.count else { return nil }
        let (mine, theirs) = (sums(here.map { ($0.kind, $0.money) }), sums(Array(zip(kinds, prices))))
        return mine == theirs ? nil : found(.kindDiffers, Offer.words(mine), Offer.words(theirs))
    }

    private func sums(_ parts: [(FeeKind, Money)]) -> [FeeKind: Money] {
        Dictionary(parts, uniquingKeysWith: +)
    }

    private static func words(_ sums: [FeeKind: Money]) -> Phrase {
        let parts = FeeKind.allCases.compactMap { kind in sums[kind].map { (kind, $0) } }
        return Phrase(
            vi: parts.map { "\($0 == .fee ? "phí" : "lệ phí") \($1.formatted(in: .vietnamese))" }.joined(
                separator: " + "
            ),
            en: parts.map { "\($0 == .fee ? "a fee of" : "a charge of") \($1.formatted(in: .english))" }
                .joined(separator: " + ")
        )
    }
}

extension ProcedureDifference {
    fileprivate init(
        _ kind: Kind,
        _ code: String,
        _ name: String,
        _ way: PublishedProcedure.Way? = nil,
        here: Phrase = Phrase(same: ""),
        there: Phrase = Phrase(same: "")
    ) {
        self.init(kind: kind, code: code, name: name, way: way, here: here, there: there)
    }
}
