/// An amount of Vietnamese đồng, a whole number; the đồng has no minor unit in use.
///
/// Money is never a floating-point number. Sums and differences trap on overflow, which cannot happen if every amount
/// that enters the system is at most ``maximum``: use ``init(validating:)`` or ``Money/parse(_:)`` for input.
public struct Money: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The amount in đồng; negative for money going the other way.
    public let dong: Int64

    /// Takes an amount that is already known to be in range.
    public init(_ dong: Int64) { self.dong = dong }

    public static let zero = Money(0)

    /// The largest amount accepted from outside: 13 digits, what field 54 of a VietQR code can carry.
    public static let maximum = Money(9_999_999_999_999)

    /// An amount from outside; `nil` if it is negative or beyond ``maximum``.
    public init?(validating dong: Int64) {
        guard dong >= 0, dong <= Self.maximum.dong else { return nil }
        self.dong = dong
    }

    /// Reads plain ASCII digits, no sign, no separators; `nil` for anything else and beyond ``maximum``.
    public static func parse(_ text: some StringProtocol) -> Money? {
        guard !text.isEmpty, text.utf8.count <= 13, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text).flatMap(Money.init(validating:))
    }

    /// Reads what ``formatted(in:)`` and ``grouped`` print, `115.000`, `115.000 ₫` and `115,000 ₫`: only one kind of
    /// separator, and only between groups of three digits.
    public init?(printed text: some StringProtocol) {
        let plain = String(text.hasSuffix(" ₫") ? text.dropLast(2) : text[...])
        for mark in [".", ","] {
            guard let money = Money.parse(plain.filter { String($0) != mark }) else { continue }
            guard money.grouped.replacing(".", with: mark) == plain else { return nil }
            self = money
            return
        }
        return nil
    }

    public static func < (left: Money, right: Money) -> Bool { left.dong < right.dong }
    public static func + (left: Money, right: Money) -> Money { Money(left.dong + right.dong) }
    public static func - (left: Money, right: Money) -> Money { Money(left.dong - right.dong) }
    public static prefix func - (money: Money) -> Money { Money(-money.dong) }
    public static func += (left: inout Money, right: Money) { left = left + right }
    public static func -= (left: inout Money, right: Money) { left = left - right }

    /// The amount times a count; `nil` if the product is beyond ``maximum`` in either direction.
    public func times(_ count: Int64) -> Money? {
        let (product, overflow) = dong.multipliedReportingOverflow(by: count)
        guard !overflow, product.magnitude <= Self.maximum.dong.magnitude else { return nil }
        return Money(product)
    }

    /// `numerator / denominator` of the amount, rounded half up to a đồng. For amounts and ratios that are not negative.
    public func share(_ numerator: Int64, of denominator: Int64) -> Money {
        precondition(dong >= 0 && numerator >= 0 && denominator > 0)
        let doubled = Int128(dong) * Int128(numerator) * 2 + Int128(denominator)
        return Money(Int64(doubled / (Int128(denominator) * 2)))
    }

    /// `115000`: for machines.
    public var description: String { String(dong) }

    /// `115.000 ₫`, the Vietnamese notation for people.
    public var formatted: String { grouped + " ₫" }

    /// `115.000 ₫` in Vietnamese, `115,000 ₫` in English.
    public func formatted(in language: Language) -> String {
        switch language {
        case .vietnamese: formatted
        case .english: formatted.replacing(".", with: ",")
        }
    }

    /// `115.000`: grouped by dots, without the unit.
    public var grouped: String {
        let digits = String(dong.magnitude)
        var out = dong < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out.append(".") }
            out.append(digit)
        }
        return out
    }
}

extension Sequence<Money> {
    /// The sum of the amounts.
    public func total() -> Money { reduce(.zero, +) }
}
