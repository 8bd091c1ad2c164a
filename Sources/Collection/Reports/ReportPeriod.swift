public import Values

/// The range of whole days that a report covers.
public struct ReportPeriod: Sendable, Hashable {
    /// The calendar in which names such as `2026-11` are read.
    public enum Basis: String, Sendable, CaseIterable {
        /// From the first to the last day.
        case calendar
        /// Decree 09/2019/NĐ-CP: from the 15th of the month before to the 14th of the last month.
        case decree09
    }

    public let from: Day
    public let to: Day
    /// The requested name, or `from..to`.
    public let label: String
    /// `nil` for a free range.
    public let basis: Basis?
    /// The months covered, to find the previous period; `nil` for a free range.
    private let months: (year: Int, first: Int, count: Int)?

    public static func == (left: ReportPeriod, right: ReportPeriod) -> Bool {
        left.from == right.from && left.to == right.to && left.label == right.label && left.basis == right.basis
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(from)
        hasher.combine(to)
    }

    static let forms = Phrase(
        vi: "2026-11 (tháng), 2026-Q4 (quý), 2026-H1 (nửa năm), 2026-9M (9 tháng) hoặc 2026 (năm)",
        en: "2026-11 (month), 2026-Q4 (quarter), 2026-H1 (half-year), 2026-9M (January to September) or 2026 (year)"
    )

    /// Reads `2026-11`, `2026-Q4`, `2026-H1`, `2026-9M` or `2026`.
    public init(_ text: String, basis: Basis) throws {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let refusal = ServiceError(
            .invalidParameter,
            at: "period",
            Phrase(
                vi: "“\(text.prefix(40))” không phải là kỳ báo cáo: dùng \(ReportPeriod.forms[.vietnamese])",
                en: "“\(text.prefix(40))” is not a period: use \(ReportPeriod.forms[.english])"
            )
        )
        guard (1...2).contains(parts.count), parts[0].utf8.count == 4, let year = Int(parts[0]),
            parts[0].utf8.allSatisfy({ (48...57).contains($0) }), (1990...2200).contains(year)
        else { throw refusal }
        let part = parts.count == 2 ? String(parts[1]) : ""
        let first: Int
        let count: Int
        switch part {
        case "" where parts.count == 1: (first, count) = (1, 12)
        case "Q1", "Q2", "Q3", "Q4": (first, count) = (Int(part.dropFirst())! * 3 - 2, 3)
        case "H1", "H2": (first, count) = (part == "H1" ? 1 : 7, 6)
        case "9M": (first, count) = (1, 9)
        default:
            guard part.utf8.count == 2, part.utf8.allSatisfy({ (48...57).contains($0) }), let month = Int(part),
                (1...12).contains(month)
            else { throw refusal }
            (first, count) = (month, 1)
        }
        self.init(year: year, first: first, count: count, label: text, basis: basis)
    }

    /// A free range, both ends inclusive.
    public init(from: Day, to: Day) throws {
        guard from <= to else {
            throw ServiceError(
                .invalidParameter,
                at: "to",
                Phrase(
                    vi: "khoảng ngày kết thúc (\(to.formatted)) trước khi bắt đầu (\(from.formatted)): hãy đổi lại",
                    en: "the range ends (\(to.formatted)) before it begins (\(from.formatted)): swap them"
                )
            )
        }
        self.from = from
        self.to = to
        label = "\(from)..\(to)"
        basis = nil
        months = nil
    }

    private init(year: Int, first: Int, count: Int, label: String, basis: Basis) {
        func day(_ monthsSinceYearBegan: Int, _ day: Int) -> Day {
            let month = monthsSinceYearBegan + 12
            return Day(year: year - 1 + month / 12, month: month % 12 + 1, day: day)!
        }
        switch basis {
        case .calendar:
            from = day(first - 1, 1)
            to = day(first - 1 + count, 1).previous
        case .decree09:
            from = day(first - 2, 15)
            to = day(first - 2 + count, 14)
        }
        self.label = label
        self.basis = basis
        months = (year, first, count)
    }

    /// The preceding period of the same length: the month before a month, the year before a year.
    public var previous: ReportPeriod {
        guard let months, let basis else {
            let length = Int(to.daysSinceEpoch - from.daysSinceEpoch) + 1
            let end = from.previous
            // The range is valid by construction.
            return ReportPeriod(validFrom: end.adding(days: 1 - length), to: end)
        }
        // Nine months would overlap with the nine before them, so they are compared with those of the year before.
        let back = months.count == 9 ? 12 : months.count
        let start = months.year * 12 + months.first - 1 - back
        return ReportPeriod(
            year: start / 12,
            first: start % 12 + 1,
            count: months.count,
            label: ReportPeriod.label(year: start / 12, first: start % 12 + 1, count: months.count),
            basis: basis
        )
    }

    private init(validFrom: Day, to: Day) {
        from = validFrom
        self.to = to
        label = "\(validFrom)..\(to)"
        basis = nil
        months = nil
    }

    private static func label(year: Int, first: Int, count: Int) -> String {
        switch count {
        case 1: "\(year)-\(first < 10 ? "0" : "")\(first)"
        case 3: "\(year)-Q\((first + 2) / 3)"
        case 6: "\(year)-H\(first == 1 ? 1 : 2)"
        case 9: "\(year)-9M"
        default: "\(year)"
        }
    }
}
