import Values

extension BarChart {
    /// Bars of amounts in đồng, on an axis that ends at a round amount.
    init(amounts: [(String, Money)], title: String, _ word: Wording) {
        let top = BarChart.roundAbove(amounts.map(\.1.dong).max() ?? 0)
        bars = amounts.map { name, amount in
            Bar(
                name: name,
                value: Money(max(0, amount.dong)).share(10_000, of: top).dong,
                target: nil,
                label: BarChart.short(amount.dong, word)
            )
        }
        self.title = title
        ticks = (0...4).map { BarChart.short(top / 4 * Int64($0), word) }
    }

    /// The least of 4, 8, 12, 20, 40 … that is not below an amount, so that its quarters are round too.
    private static func roundAbove(_ amount: Int64) -> Int64 {
        var step: Int64 = 1000
        while true {
            for factor: Int64 in [4, 8, 12, 20] where factor * step >= amount { return factor * step }
            step *= 10
        }
    }

    /// `12 tr`, `1,5 tỷ`.
    private static func short(_ amount: Int64, _ word: Wording) -> String {
        func tenths(_ unit: Int64) -> String {
            let (whole, tenth) = (amount / unit, amount % unit * 10 / unit)
            return word.number(whole) + (tenth == 0 ? "" : (word.language == .vietnamese ? "," : ".") + String(tenth))
        }
        return switch amount {
        case 0: "0"
        case ..<1_000_000: tenths(1000) + word(vi: " ng", en: " k")
        case ..<1_000_000_000: tenths(1_000_000) + word(vi: " tr", en: " m")
        default: tenths(1_000_000_000) + word(vi: " tỷ", en: " bn")
        }
    }
}
