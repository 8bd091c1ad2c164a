import Values

/// A balance of a statement while it is read, `Bal`.
struct CamtBalance {
    /// `OPBD`, `CLBD` and so on.
    var kind = ""
    var mark = ""
    var amount: CamtAmount?
}

/// What a statement's `TxsSummry` says its entries come to, and what they do come to.
struct CamtTotals {
    var toldCredits: String?
    var toldDebits: String?
    /// Whether every entry has been counted: one passed over may or may not be in the bank's sums.
    var isWhole = true
    private var credits: Int128 = 0
    private var debits: Int128 = 0

    mutating func add(_ amount: Money) {
        if amount > .zero { credits += Int128(amount.dong) } else { debits -= Int128(amount.dong) }
    }

    /// The told sum that the entries contradict, if one is.
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
