public import Values
public import Workflow

/// What is to be remitted to the State Treasury, and who may do what with an order, as docs/remittance.md describes.
public enum RemittanceRules {
    /// The most lines that an order has.
    public static let maximumLines = 100

    /// What is to be remitted: collected, less the agency's share, less what orders have taken.
    ///
    /// The share of a sub-item is rounded half up once, through each deadline, so that what is due by each adds up to the
    /// whole; what went back to payers and what was ordered are taken off the earliest deadlines.
    ///
    /// - Parameter ordered: what orders have taken, by what they are for.
    /// - Returns: items in the order of their keys and codes, also those of which only orders are known.
    public static func due(_ collected: [CollectedPart], ordered: [RemittanceKey: [RemittanceCode: Money]])
        -> [RemittanceItem]
    {
        struct Place: Hashable {
            let key: RemittanceKey
            let code: RemittanceCode
        }
        var places = Dictionary(grouping: collected) { Place(key: $0.key, code: $0.code) }
        for (key, codes) in ordered {
            for code in codes.keys { places[Place(key: key, code: code), default: []] += [] }
        }
        return places.sorted { ($0.key.key, $0.key.code) < ($1.key.key, $1.key.code) }.map { place, parts in
            item(place.key, place.code, parts, ordered: ordered[place.key]?[place.code] ?? .zero)
        }
    }

    private static func item(
        _ key: RemittanceKey,
        _ code: RemittanceCode,
        _ collected: [CollectedPart],
        ordered: Money
    ) -> RemittanceItem {
        var (sum, shares, before, taken) = (Money.zero, Int128(0), Money.zero, ordered)
        var parts: [RemittanceItem.Part] = []
        let byDeadline = Dictionary(grouping: collected, by: \.deadline).sorted { $0.key < $1.key }
        for (deadline, own) in byDeadline {
            for part in own {
                sum += part.collected
                shares += Int128(part.collected.dong) * Int128(part.retainedRate)
            }
            let through = sum - Money(halfUp(shares))
            var amount = through - before
            before = through
            let paid = min(amount, taken)
            (amount, taken) = (amount - paid, taken - paid)
            if amount > .zero { parts.append(.init(deadline: deadline, amount: amount)) }
        }
        return RemittanceItem(
            key: key,
            code: code,
            name: name(of: collected),
            collected: sum,
            retained: sum - before,
            ordered: ordered,
            parts: parts
        )
    }

    private static func halfUp(_ shares: Int128) -> Int64 { Int64((shares + 5000) / 10_000) }

    private static func name(of parts: [CollectedPart]) -> String {
        let names = Set(parts.map(\.name)).sorted()
        guard let first = names.first else { return "" }
        return names.count == 1 ? first : "\(first) và \(names.count - 1) khoản khác"
    }

    /// The lines of a new order: what is to be remitted by an instant, of items of one key.
    ///
    /// - Throws: where nothing is, or a sum has no sub-item.
    public static func lines(_ items: [RemittanceItem], by instant: Instant) throws(Refusal) -> [RemittanceLine] {
        var lines: [RemittanceLine] = []
        for item in items {
            let amount = min(item.due(by: instant), max(item.due, .zero))
            guard amount > .zero else { continue }
            guard !item.code.budgetCode.isEmpty else { throw Refusal(.state, .remittanceWithoutCode(item.name)) }
            lines.append(RemittanceLine(code: item.code, name: item.name, amount: amount))
        }
        guard !lines.isEmpty else { throw Refusal(.state, .nothingToRemit(by: instant.adding(seconds: -1).day)) }
        guard lines.count <= maximumLines else { throw Refusal(.state, .remittanceTooLong(lines.count)) }
        return lines
    }

    /// Another person than the maker, and nobody who stands in for the maker, approves.
    public static func approve(_ order: RemittanceFacts, by person: String, _ standIns: StandIns = .none)
        throws(Refusal) -> RemittanceState
    {
        let next = try RemittanceState.next(after: order.state, on: .approve)
        guard order.madeBy != person else { throw Refusal(.person, .makerCannotApprove(order.mark)) }
        try standIns.requireOthers([order.madeBy])
        return next
    }

    /// Whoever did not approve an order takes it to the bank.
    public static func send(_ order: RemittanceFacts, by person: String, _ standIns: StandIns = .none)
        throws(Refusal) -> RemittanceState
    {
        let next = try RemittanceState.next(after: order.state, on: .send)
        try requireTaker(order, person, standIns)
        return next
    }

    /// Whoever did not approve an order holds its file.
    public static func requireTaker(_ order: RemittanceFacts, _ person: String, _ standIns: StandIns = .none)
        throws(Refusal)
    {
        guard order.approvedBy != person else { throw Refusal(.person, .approverCannotTakeOrder(order.mark)) }
        try standIns.requireOthers([order.approvedBy])
    }

    /// An order that was not handed out yet is ended by anybody who may decide about it.
    public static func reject(_ order: RemittanceFacts) throws(Refusal) -> RemittanceState {
        try RemittanceState.next(after: order.state, on: .reject)
    }

    /// The bank did not carry an order out: said by another person than who took it there, because its money is then due
    /// again.
    public static func comeBack(_ order: RemittanceFacts, by person: String, _ standIns: StandIns = .none)
        throws(Refusal) -> RemittanceState
    {
        let next = try RemittanceState.next(after: order.state, on: .comeBack)
        guard order.sentBy != person else { throw Refusal(.person, .takerCannotReturn(order.mark)) }
        try standIns.requireOthers([order.sentBy])
        return next
    }
}
