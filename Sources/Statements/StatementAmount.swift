import Values

/// Amounts in machine-readable form: digits, an optional sign, a decimal point or comma.
enum StatementAmount {
    /// The largest balance accepted: a hundred times the largest transfer.
    static let maximumBalance: Int64 = 999_999_999_999_999

    /// The number of decimal places of a currency. The đồng has none in use; for others, as in ISO 4217.
    static func exponent(of currency: String) -> Int {
        switch currency {
        case "VND", "JPY", "KRW", "ISK", "CLP", "UGX", "XAF", "XOF", "XPF", "PYG", "RWF", "VUV", "KMF", "GNF", "DJF",
            "BIF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        default: 2
        }
    }

    /// Reads an amount into minor units; returns `nil` for anything else and for amounts above ``maximumBalance``.
    ///
    /// - Parameters:
    ///   - exponent: the number of significant decimal places; further ones must be zeros.
    ///   - places: the most decimal places accepted. Never three for the đồng if the separator is ambiguous: `115,000` must
    ///     not become 115.
    ///   - point: the decimal separator; `nil` accepts both `.` and `,`.
    static func parse(
        _ bytes: ArraySlice<UInt8>,
        exponent: Int = 0,
        places maximumPlaces: Int? = nil,
        point: UInt8? = nil,
        allowsSign: Bool = true
    ) -> Money? {
        let maximumPlaces = maximumPlaces ?? max(2, exponent)
        var bytes = bytes
        var isNegative = false
        if allowsSign, let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            bytes = bytes.dropFirst()
        }
        var value: Int64 = 0
        var wholeDigits = 0
        var places: Int?
        for byte in bytes {
            if let seen = places {
                guard isDigit(byte), seen < maximumPlaces else { return nil }
                if seen < exponent { value = value * 10 + Int64(byte - 48) } else if byte != 48 { return nil }
                places = seen + 1
            } else if isDigit(byte) {
                wholeDigits += 1
                value = value * 10 + Int64(byte - 48)
            } else {
                guard byte == point || (point == nil && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","))) else {
                    return nil
                }
                places = 0
            }
            guard value <= maximumBalance else { return nil }
        }
        guard wholeDigits > 0 else { return nil }
        var missing = exponent - min(places ?? 0, exponent)
        while missing > 0 {
            value *= 10
            missing -= 1
        }
        guard value <= maximumBalance else { return nil }
        return Money(isNegative ? -value : value)
    }

    static func parse(
        _ text: some StringProtocol,
        exponent: Int = 0,
        places: Int? = nil,
        point: UInt8? = nil,
        allowsSign: Bool = true
    ) -> Money? {
        parse(Array(text.utf8)[...], exponent: exponent, places: places, point: point, allowsSign: allowsSign)
    }

    /// Whether the amount is possible for one transfer: not 0, and within the system's limit.
    static func isTransfer(_ amount: Money) -> Bool {
        amount != .zero && amount.dong.magnitude <= Money.maximum.dong.magnitude
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
}
