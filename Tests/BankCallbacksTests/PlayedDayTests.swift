import BankCallbacks
import PureSupport
import Testing
import Values

/// What citizens do in a played day.
@Suite struct PlayedDayTests {
    private static let account = "0011000000001"

    private static func open(_ count: Int, _ random: inout Seeded) -> [PlayedDay.Open] {
        (0..<count).map { number in
            PlayedDay.Open(
                reference: "RF18\(1000 + number)ABCDEFGH",
                remaining: Money(Int64.random(in: 1...500_000, using: &random))
            )
        }
    }

    private static func day(_ open: [PlayedDay.Open], _ shares: [TransferKind: Int], _ seed: UInt64) -> PlayedDay {
        PlayedDay(
            paying: open,
            shares: shares,
            account: account,
            seed: seed,
            first: 100,
            at: Instant(unixSeconds: 1_795_000_000)
        )
    }

    @Test func `each request is paid once, as its kind says`() {
        var random = Seeded("played days")
        var seen: Set<TransferKind> = []
        for _ in 0..<200 {
            let open = Self.open(Int.random(in: 1...60, using: &random), &random)
            let day = Self.day(open, TransferKind.usual, random.next())
            var rest = Dictionary(uniqueKeysWithValues: open.map { ($0.reference, $0.remaining) })
            for transfer in day.transfers {
                seen.insert(transfer.kind)
                let named = open.filter {
                    transfer.payment.memo.contains($0.reference.dropLast(transfer.kind == .damaged ? 3 : 0))
                }
                .filter {
                    rest[$0.reference] != nil
                        && (transfer.kind != .damaged || $0.reference.hasPrefix(transfer.payment.reference))
                }
                let paid = transfer.kind == .damaged ? Array(named.prefix(1)) : named
                let due = paid.reduce(Money.zero) { $0 + $1.remaining }
                #expect(paid.count == (transfer.kind == .together ? 2 : 1), "\(transfer)")
                switch transfer.kind {
                case .short: #expect(transfer.payment.amount <= due && transfer.payment.amount > .zero)
                case .over: #expect(transfer.payment.amount == due + Money(1000))
                case .damaged: #expect(transfer.payment.reference.count == 13)
                default: #expect(transfer.payment.amount == due)
                }
                #expect((transfer.payment.accountNumber == Self.account) == (transfer.kind != .otherAccount))
                for one in paid { rest[one.reference] = nil }
            }
            #expect(rest.isEmpty)
            #expect(Set(day.transfers.map(\.payment.transactionID)).count == day.transfers.count)
            #expect(day.booked.count == day.transfers.count { $0.kind != .otherAccount })
            // What is told late is told last.
            let late = day.transfers.firstIndex { $0.kind == .late } ?? day.transfers.count
            #expect(day.transfers[late...].allSatisfy { $0.kind == .late })
        }
        #expect(seen == Set(TransferKind.allCases))
    }

    @Test func `the same seed does the same again, and only what was asked for happens`() {
        var random = Seeded("played again")
        let open = Self.open(50, &random)
        #expect(Self.day(open, TransferKind.usual, 7).transfers == Self.day(open, TransferKind.usual, 7).transfers)
        #expect(Self.day(open, TransferKind.usual, 7).transfers != Self.day(open, TransferKind.usual, 8).transfers)
        for kind in TransferKind.allCases where kind != .together {
            #expect(Self.day(open, [kind: 5], 7).transfers.allSatisfy { $0.kind == kind })
        }
        #expect(Self.day([open[0]], [.together: 1], 7).transfers.map(\.kind) == [.onTime])
    }
}
