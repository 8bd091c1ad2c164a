import Values

/// The totals stated in `TxsSummry`, and those counted from the entries.
struct CamtTotals {
    var toldCredits: String?
    var toldDebits: String?
    /// Whether every entry was counted: the bank's totals may or may not include one that was skipped.
    var isWhole = true
    private var credits: Int128 = 0
    private var debits: Int128 = 0

    mutating func add(_ amount: Money) {
        if amount > .zero { credits += Int128(amount.dong) } else { debits -= Int128(amount.dong) }
    }

    /// The stated total that the entries contradict, if any.
    func contradiction(exponent: Int) -> String? {
        guard isWhole else { return nil }
        for (told, found) in [(toldCredits, credits), (toldDebits, debits)] {
            guard let told else { continue }
            let sum = StatementAmount.parse(told, exponent: exponent, places: 17, point: UInt8(ascii: "."))
            if sum.map({ Int128($0.dong) }) != found { return told }
        }
        return nil
    }
}
