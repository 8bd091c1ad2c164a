public import Values

/// How long a certificate still counts, and what to do about it.
public struct CertificateTerm: Sendable, Hashable {
    public let endsAt: Instant
    /// Whole days that are left; below 0 once it has ended.
    public let days: Int64

    /// From how many days before its end it is warned of.
    public static let warnedDays: Int64 = 30

    public init(endsAt: Instant, now: Instant) {
        self.endsAt = endsAt
        let left = endsAt.unixSeconds - now.unixSeconds
        days = left >= 0 ? left / 86_400 : -1 - (-left - 1) / 86_400
    }

    public var hasEnded: Bool { days < 0 }
    /// Whether nothing is to be done yet.
    public var isFine: Bool { days >= Self.warnedDays }

    /// As a sentence.
    public var sentence: Phrase {
        let day = endsAt.day.formatted
        return if hasEnded {
            Phrase(
                vi: "chứng thư của ngân hàng đã hết hạn ngày \(day): hãy xin chứng thư mới",
                en: "the bank's certificate ended on \(day): ask for a new one"
            )
        } else if isFine {
            Phrase(vi: "chứng thư còn hạn đến \(day)", en: "the certificate counts until \(day)")
        } else {
            Phrase(
                vi: "chứng thư của ngân hàng hết hạn sau \(days) ngày, \(day): hãy xin chứng thư mới",
                en: "the bank's certificate ends in \(days) days, on \(day): ask for a new one"
            )
        }
    }
}
