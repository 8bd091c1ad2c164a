public import Values

extension ReportPeriod {
    /// The period as people say it: `tháng 11/2026`, `quý IV/2026`; a free range as its days.
    public var name: Phrase {
        basis == nil ? Phrase(same: "\(from.formatted) – \(to.formatted)") : ReportPeriod.name(of: label)
    }

    /// What people call the period of such a label: `2026-11`, `2026-Q4`, `2026-H1`, `2026-9M`, `2026`.
    public static func name(of label: String) -> Phrase {
        let parts = label.split(separator: "-").map(String.init)
        guard let year = parts.first else { return Phrase(same: label) }
        guard parts.count == 2 else { return Phrase(vi: "năm \(year)", en: year) }
        return switch parts[1] {
        case "Q1": Phrase(vi: "quý I/\(year)", en: "first quarter of \(year)")
        case "Q2": Phrase(vi: "quý II/\(year)", en: "second quarter of \(year)")
        case "Q3": Phrase(vi: "quý III/\(year)", en: "third quarter of \(year)")
        case "Q4": Phrase(vi: "quý IV/\(year)", en: "fourth quarter of \(year)")
        case "H1": Phrase(vi: "6 tháng đầu năm \(year)", en: "first half of \(year)")
        case "H2": Phrase(vi: "6 tháng cuối năm \(year)", en: "second half of \(year)")
        case "9M": Phrase(vi: "9 tháng đầu năm \(year)", en: "first nine months of \(year)")
        case let month: Phrase(vi: "tháng \(month)/\(year)", en: "\(month)/\(year)")
        }
    }
}
