import FeeSchedule
import Values

/// Texts above and below the tables of several reports.
extension Phrase {
    static let total = Phrase(vi: "Tổng cộng", en: "Total")
    static let targetMet = Phrase(vi: "đạt", en: "met")
    static let targetMissed = Phrase(vi: "chưa đạt", en: "not met")

    static func asOf(_ instant: Instant) -> Phrase {
        Phrase(vi: "Số liệu đến \(instant.formattedToTheSecond)", en: "As of \(instant.formattedToTheSecond)")
    }

    static func area(
        _ place: ReportedArea?,
        _ level: Level? = nil,
        _ asOf: NonCashReport.AsOf? = nil
    ) -> Phrase {
        var area = Phrase(
            vi: "Địa bàn: \(place.map { "\($0.name[.vietnamese]) (\($0.code))" } ?? "toàn bộ")",
            en: "Area: \(place.map { "\($0.name[.english]) (\($0.code))" } ?? "all")"
        )
        if let level {
            let word =
                switch level {
                case .province: Phrase(vi: "cấp tỉnh", en: "provinces")
                case .district: Phrase(vi: "cấp huyện", en: "districts")
                case .commune: Phrase(vi: "cấp xã", en: "communes")
                }
            area = Phrase(vi: "\(area[.vietnamese]), \(word[.vietnamese])", en: "\(area[.english]), \(word[.english])")
        }
        switch asOf {
        case .current:
            area = Phrase(vi: "\(area[.vietnamese]), theo đơn vị hiện nay", en: "\(area[.english]), units of today")
        case .recorded:
            area = Phrase(
                vi: "\(area[.vietnamese]), theo đơn vị vào ngày nộp",
                en: "\(area[.english]), units of the day"
            )
        case nil: break
        }
        return area
    }
}
