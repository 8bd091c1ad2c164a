import PaymentQR
import TestSupport
import Values

/// A basket, the transfers that came for it, and where a count that knows nothing of the rules' code has each đồng.
struct BasketWorld {
    struct Transfer {
        let id: String
        let amount: Int64
        /// Of the basket, or of a request.
        let reference: String
        /// What the statement calls it: another id than the callback's if the bank has ids of its own.
        let lineID: String
        let outcome: String
    }

    let reference: String
    var members: [(reference: String, due: Int64, paid: Int64)] = []
    /// In the order in which their callbacks come, before the statement.
    var told: [Transfer] = []
    /// A transfer that only the statement shows, and what becomes of its line.
    var untold: Transfer?
    /// Its callback, after the run; its id is the line's or another.
    var late: Transfer?
    /// What is in suspense in the end, and what the books then have at the bank.
    var suspense: Int64 = 0
    var bank: Int64 = 0
    /// Whether the line waits for another person.
    var waits = false

    private var left: Int64 { members.map { $0.due - $0.paid }.reduce(0, +) }

    init(_ name: String, confirms: Bool, _ random: inout Seeded) {
        reference = CreditorReference.random(using: &random).text
        for _ in 0..<Int.random(in: 2...5, using: &random) {
            let due = Int64.random(in: 1...40, using: &random) * 500
            members.append((CreditorReference.random(using: &random).text, due, 0))
        }
        for number in 0..<Int.random(in: 0...4, using: &random) { addTold("\(name)-\(number)", &random) }
        if random.chance(60) { addUntold("\(name)-L", confirms, &random) }
    }

    private mutating func amount(_ random: inout Seeded) -> Int64 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: max(left, 500)
        case 1: left + Int64.random(in: 1...9, using: &random) * 500
        default: Int64.random(in: 1...60, using: &random) * 500
        }
    }

    private mutating func addTold(_ id: String, _ random: inout Seeded) {
        let amount = amount(&random)
        let member = random.chance(20) ? Int.random(in: 0..<members.count, using: &random) : nil
        let outcome = member.map { pay(amount, only: $0) } ?? share(amount)
        told.append(
            Transfer(
                id: id,
                amount: amount,
                reference: member.map { members[$0].reference } ?? reference,
                lineID: random.chance(30) ? id + "-bank" : id,
                outcome: outcome
            )
        )
        bank += amount
    }

    /// Money for one request.
    private mutating func pay(_ amount: Int64, only member: Int) -> String {
        let taken = min(amount, members[member].due - members[member].paid)
        members[member].paid += taken
        suspense += amount - taken
        if taken < amount { return "overpaid" }
        return members[member].paid == members[member].due ? "settled" : "partial"
    }

    /// Money for the basket: what is left of each, from the first to the last.
    private mutating func share(_ amount: Int64) -> String {
        var rest = amount
        for index in members.indices {
            let taken = min(rest, members[index].due - members[index].paid)
            members[index].paid += taken
            rest -= taken
        }
        suspense += rest
        return rest > 0 ? "overpaid" : left == 0 ? "settled" : "partial"
    }

    /// Whether an amount is exactly what is left of the first requests, up to one.
    private func isWhole(_ amount: Int64) -> Bool {
        var sum: Int64 = 0
        for member in members where sum < amount { sum += member.due - member.paid }
        return sum == amount
    }

    private mutating func addUntold(_ id: String, _ confirms: Bool, _ random: inout Seeded) {
        let first = members.first { $0.due > $0.paid }.map { $0.due - $0.paid } ?? 500
        let amount = random.chance(30) ? first : amount(&random)
        // A notice of the same amount that no line has shown would be taken for it.
        guard !told.contains(where: { $0.amount == amount && $0.reference == reference && $0.lineID != $0.id }) else {
            return
        }
        bank += amount
        let isOwn = random.chance(50)
        let comesLate = random.chance(50)
        func transfer(_ outcome: String, _ own: Bool = true) -> Transfer {
            Transfer(id: own ? id : id + "-own", amount: amount, reference: reference, lineID: id, outcome: outcome)
        }
        if isWhole(amount), left > 0 {
            untold = transfer("recovered")
            waits = confirms
            _ = share(amount)
            let overtakes = left == 0 ? "settled" : "partial"
            if comesLate { late = transfer(confirms ? overtakes : "duplicate", isOwn) }
            return
        }
        let isPaid = left == 0 && amount == members.map(\.due).reduce(0, +)
        untold = transfer(isPaid ? "duplicate_line" : "amount_mismatch")
        suspense += amount
        guard comesLate else { return }
        if isOwn {
            // Its money lies in suspense, and pays the basket from there if it fits as a whole.
            guard amount <= left else {
                late = transfer("duplicate")
                return
            }
            suspense -= amount
            late = transfer(share(amount))
        } else {
            // Nothing says that it is the line's: it is new money, which no line will show.
            bank += amount
            late = transfer(share(amount), false)
        }
    }
}
