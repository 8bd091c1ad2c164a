import Values

/// What a report is asked by: a parameter of its address and a field of its form.
enum ReportFilter: String, Sendable, CaseIterable {
    case period, from, to, basis, by, level, locality
    case asOf = "as_of"
    case day, agency, month
    case counted, weekday, hour

    var name: Phrase {
        switch self {
        case .period: Phrase(vi: "Kỳ", en: "Period")
        case .from: Phrase(vi: "hoặc từ ngày", en: "or from")
        case .to: Phrase(vi: "đến ngày", en: "to")
        case .basis: Phrase(vi: "Cách tính kỳ", en: "Calendar")
        case .by: Phrase(vi: "Theo", en: "By")
        case .level: Phrase(vi: "Cấp", en: "Level")
        case .locality: Phrase(vi: "Địa bàn", en: "Area")
        case .asOf: Phrase(vi: "Đơn vị", en: "Units")
        case .day: Phrase(vi: "Ngày", en: "Day")
        case .agency: Phrase(vi: "Mã cơ quan", en: "Code of the agency")
        case .month: Phrase(vi: "Tháng", en: "Month")
        case .counted: Phrase(vi: "Tính", en: "Counted")
        case .weekday: Phrase(vi: "Ngày trong tuần", en: "Weekday")
        case .hour: Phrase(vi: "Giờ", en: "Hour")
        }
    }

    var isDay: Bool { self == .from || self == .to || self == .day }

    /// What it may be, each with its name, where that is fixed; `nil` where it is not.
    var choices: [(value: String, name: Phrase)]? {
        switch self {
        case .basis:
            [
                ("calendar", Phrase(vi: "dương lịch", en: "calendar")),
                ("decree09", Phrase(vi: "Nghị định 09 (15 đến 14)", en: "Decree 09 (15th to 14th)")),
            ]
        case .by:
            [
                ("locality", Phrase(vi: "địa bàn", en: "locality")),
                ("procedure", Phrase(vi: "thủ tục", en: "procedure")),
                ("field", Phrase(vi: "lĩnh vực", en: "field")), ("channel", Phrase(vi: "kênh", en: "channel")),
            ]
        case .level:
            [
                ("province", Phrase(vi: "cấp tỉnh", en: "provinces")),
                ("commune", Phrase(vi: "cấp xã", en: "communes")),
                ("district", Phrase(vi: "cấp huyện (trước 07/2025)", en: "districts (before July 2025)")),
            ]
        case .asOf:
            [
                ("recorded", Phrase(vi: "theo đơn vị lúc thu", en: "as recorded")),
                ("current", Phrase(vi: "theo đơn vị hiện nay", en: "as units are now")),
            ]
        case .counted:
            [
                ("non_cash", Phrase(vi: "không dùng tiền mặt", en: "without cash")),
                ("online", Phrase(vi: "trực tuyến", en: "online")), ("cash", Phrase(vi: "tiền mặt", en: "in cash")),
            ]
        case .weekday: ReportFilter.weekdays.enumerated().map { (String($0 + 1), $1) }
        case .hour: (0..<24).map { hour in (String(hour), Phrase(vi: "\(hour) giờ", en: "\(hour):00")) }
        case .period, .from, .to, .locality, .day, .agency, .month: nil
        }
    }

    /// Whether nothing may be chosen, which is all of it.
    var isOptional: Bool { [.locality, .counted, .weekday, .hour].contains(self) }

    /// The days of the week, Monday first.
    static let weekdays = [
        Phrase(vi: "Thứ hai", en: "Monday"), Phrase(vi: "Thứ ba", en: "Tuesday"),
        Phrase(vi: "Thứ tư", en: "Wednesday"), Phrase(vi: "Thứ năm", en: "Thursday"),
        Phrase(vi: "Thứ sáu", en: "Friday"), Phrase(vi: "Thứ bảy", en: "Saturday"),
        Phrase(vi: "Chủ nhật", en: "Sunday"),
    ]
}
