public import Values

/// The notes and coins that were counted in a drawer.
public struct CashCount: Sendable, Hashable {
    /// The notes of the đồng, in đồng, the largest first.
    public static let denominations: [Int64] = [
        500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000,
    ]
    /// The most pieces of a note that a count may have.
    public static let maximumPieces: Int64 = 1_000_000
    /// The most that coins and others may come to.
    public static let maximumOthers = Money(1_000_000_000)

    /// How many there are of each note, by its denomination; what is not there is left out.
    public let pieces: [Int64: Int64]
    /// Coins, smaller notes and whatever else is money, as a sum.
    public let others: Money

    /// An empty drawer.
    public static let nothing = CashCount(checked: [:], others: .zero)

    private init(checked pieces: [Int64: Int64], others: Money) {
        self.pieces = pieces
        self.others = others
    }

    /// - Parameter pieces: `nil` is returned for a note that does not exist, a negative number and too many.
    public init?(pieces: [Int64: Int64], others: Money = .zero) {
        guard pieces.allSatisfy({ CashCount.denominations.contains($0) && (0...CashCount.maximumPieces).contains($1) }),
            others >= .zero, others <= CashCount.maximumOthers
        else { return nil }
        self.init(checked: pieces.filter { $0.value > 0 }, others: others)
    }

    /// What was counted.
    public var total: Money { Money(pieces.reduce(others.dong) { $0 + $1.key * $1.value }) }

    /// Each line of the count, the largest note first; coins and others as pieces of 1 đồng.
    public var lines: [(denomination: Int64, pieces: Int64)] {
        CashCount.denominations.compactMap { note in pieces[note].map { (note, $0) } }
            + (others > .zero ? [(Int64(1), others.dong)] : [])
    }
}
