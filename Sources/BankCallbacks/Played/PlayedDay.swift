public import Values

/// What citizens and banks do with the requests that are open: planned by a seed, the same again for the same seed.
public struct PlayedDay: Sendable {
    /// An open request as the plan needs it.
    public struct Open: Sendable, Hashable {
        public let reference: String
        public let remaining: Money

        public init(reference: String, remaining: Money) { (self.reference, self.remaining) = (reference, remaining) }
    }

    /// In the order in which they are told.
    public let transfers: [PlayedTransfer]

    private static let names = ["NGUYEN VAN AN", "TRAN THI BINH", "LE CUONG", "PHAM THI DUNG", "HOANG MINH", "VU HA"]

    /// - Parameters:
    ///   - requests: those that are paid, each once.
    ///   - shares: how often each kind happens; at least one above 0.
    ///   - account: that collects for them.
    ///   - first: the number of the first transaction, from which they count up.
    public init(
        paying requests: [Open],
        shares: [TransferKind: Int],
        account: String,
        seed: UInt64,
        first: Int64,
        at now: Instant
    ) {
        var chance = PlayedChance(seed: seed)
        let wheel = TransferKind.allCases.flatMap { [TransferKind](repeating: $0, count: max(0, shares[$0] ?? 0)) }
        precondition(!wheel.isEmpty, "nothing is to happen")
        var rest = requests[...]
        var made: [PlayedTransfer] = []
        while let request = rest.popFirst() {
            var kind = wheel[Int.random(in: 0..<wheel.count, using: &chance)]
            var paid = [request]
            if kind == .together, let other = rest.popFirst() {
                paid.append(other)
            } else if kind == .together {
                kind = .onTime
            }
            let name = PlayedDay.names[Int.random(in: 0..<PlayedDay.names.count, using: &chance)]
            made.append(
                PlayedTransfer(
                    kind: kind,
                    payment: PlayedDay.payment(kind, paid, account, first + Int64(made.count), now, &chance),
                    payer: name,
                    payerAccount: String(Int64.random(in: 1_000_000_000...9_999_999_999, using: &chance))
                )
            )
        }
        transfers = PlayedDay.told(made)
    }

    private static func payment(
        _ kind: TransferKind,
        _ requests: [Open],
        _ account: String,
        _ number: Int64,
        _ now: Instant,
        _ chance: inout PlayedChance
    ) -> PlayedPayment {
        let due = requests.reduce(Money.zero) { $0 + $1.remaining }
        var references = requests.map(\.reference)
        var amount = due
        switch kind {
        case .short: amount = due.dong > 2000 ? due - Money(1000) : Money(max(1, due.dong / 2))
        case .over: amount = due + Money(1000)
        case .damaged: references = references.map { String($0.dropLast(3)) }
        default: break
        }
        return PlayedPayment(
            transactionID: String(number),
            amount: amount,
            accountNumber: kind == .otherAccount ? String(account.reversed()) + "0" : account,
            // Whoever reads a memo alone reads the memo's.
            reference: references[0],
            memo: "MBVCB.\(number).\(references.joined(separator: " ")).NOP LE PHI",
            occurredAt: now.adding(seconds: -Int64.random(in: 0..<60, using: &chance))
        )
    }

    /// In the order in which banks tell: late ones last, and one out of order before the one that was made before it.
    private static func told(_ made: [PlayedTransfer]) -> [PlayedTransfer] {
        var told: [PlayedTransfer] = []
        for transfer in made where transfer.kind != .late {
            told.insert(transfer, at: transfer.kind == .outOfOrder ? max(0, told.count - 1) : told.count)
        }
        return told + made.filter { $0.kind == .late }
    }

    /// What the account got, in the order in which it was booked.
    public var booked: [PlayedTransfer] {
        transfers.filter(\.isInStatement).sorted {
            (Int64($0.payment.transactionID) ?? 0) < (Int64($1.payment.transactionID) ?? 0)
        }
    }
}
