import PaymentQR
import Values

/// The words of a search that name days: `21/11/2026`, `21/11`, `2026-11-21`, `hôm nay`, `hôm qua`, `tuần trước`, `tháng này`,
/// `thứ ba`, `thứ 3`, `chủ nhật`, and the same in English.
struct SearchedDays {
    /// Folded, in small letters.
    private(set) var words: [String]
    /// The same as they were typed; as many.
    private var typed: [String]
    private let today: Day

    init(_ text: String, today: Day) {
        let pairs = text.lowercased().split(whereSeparator: \.isWhitespace).compactMap { word -> (String, String)? in
            // A comma between words is no part of them.
            let own = String(word).trimming(while: { ",;".contains($0) })
            let folded = own.foldedToASCII.lowercased()
            return folded.isEmpty ? nil : (own, folded)
        }
        typed = pairs.map(\.0)
        words = pairs.flatMap { $0.1.split(separator: " ").map(String.init) }
        if words.count != typed.count { typed = words }
        self.today = today
    }

    /// Finds the words that name days, and takes them out. Of several the first counts.
    mutating func take() -> ClosedRange<Day>? {
        for place in words.indices {
            guard let (days, count) = named(at: place) else { continue }
            words.removeSubrange(place..<(place + count))
            typed.removeSubrange(place..<(place + count))
            return days
        }
        return nil
    }

    private func named(at place: Int) -> (ClosedRange<Day>, Int)? {
        let word = words[place]
        let next = place + 1 < words.endIndex ? words[place + 1] : ""
        if let days = SearchedDays.phrases["\(word) \(next)"] { return (days(today), 2) }
        if let days = SearchedDays.phrases[word] { return (days(today), 1) }
        // `Thu Ba` is a name too: without its accent it is a day only with a figure.
        if let number = SearchedDays.figures[next], word == "thu", typed[place] == "thứ" || next.first?.isNumber == true
        {
            return (last(number), 2)
        }
        return date(word).map { ($0...$0, 1) }
    }

    private typealias Days = @Sendable (Day) -> ClosedRange<Day>

    private static let phrases: [String: Days] = {
        let week: Days = { today in today.adding(days: -today.weekday)...today.adding(days: 6 - today.weekday) }
        let month: Days = { today in
            let (year, month, _) = today.components
            let first = Day(year: year, month: month, day: 1) ?? today
            let next = Day(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1) ?? today.next
            return first...next.previous
        }
        let lastWeek: Days = { week($0.adding(days: -7)) }
        let lastMonth: Days = { month(month($0).lowerBound.previous) }
        let (now, before): (Days, Days) = ({ $0...$0 }, { $0.previous...$0.previous })
        var all: [String: Days] = [
            "hom nay": now, "today": now, "hom qua": before, "yesterday": before, "tuan nay": week, "this week": week,
            "tuan truoc": lastWeek, "last week": lastWeek, "thang nay": month, "this month": month,
            "thang truoc": lastMonth, "last month": lastMonth, "chu nhat": { last(6, before: $0) },
        ]
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        for (number, name) in names.enumerated() { all[name] = { last(number, before: $0) } }
        return all
    }()

    /// Days of the week from Monday, 0, as Vietnamese counts them from the second.
    private static let figures = [
        "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
    ]

    private func last(_ weekday: Int) -> ClosedRange<Day> { SearchedDays.last(weekday, before: today) }

    /// The latest such day of the week, today among them.
    private static func last(_ weekday: Int, before today: Day) -> ClosedRange<Day> {
        let day = today.adding(days: -((today.weekday - weekday + 7) % 7))
        return day...day
    }

    private func date(_ word: String) -> Day? {
        if let day = Day(word) { return day }
        let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), parts[0].count <= 2, parts[1].count <= 2,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) })
        else { return nil }
        let year = parts.count == 3 ? parts[2] : String(today.description.prefix(4))
        func two(_ text: String) -> String { text.count == 1 ? "0" + text : text }
        return Day("\(year)-\(two(parts[1]))-\(two(parts[0]))")
    }
}
