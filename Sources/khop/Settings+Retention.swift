import Casework
import Collection
import Configuration
import Values

extension Settings {
    /// How long what is kept for a time is kept; a time that the law or the work forbids is refused.
    static func retention(_ config: ConfigReader) throws -> RetentionTimes {
        func number(_ key: ConfigKey, _ name: String, _ fallback: Int64, _ range: ClosedRange<Int64>) throws -> Int64 {
            guard let text = config.string(forKey: key), !text.isEmpty else { return fallback }
            guard let value = Int64(text), range.contains(value) else {
                throw ServiceError(
                    .invalidParameter,
                    at: name,
                    .wholeNumber(Int(range.lowerBound)...Int(range.upperBound))
                )
            }
            return value
        }
        var times = RetentionTimes()
        times.rawDays = try number(
            "khop.retention.raw.days",
            "KHOP_RETENTION_RAW_DAYS",
            times.rawDays,
            RetentionTimes.rawDaysRange
        )
        times.answerDays = try number(
            "khop.retention.answer.days",
            "KHOP_RETENTION_ANSWER_DAYS",
            times.answerDays,
            RetentionTimes.answerDaysRange
        )
        times.sessionDays = try number(
            "khop.retention.session.days",
            "KHOP_RETENTION_SESSION_DAYS",
            times.sessionDays,
            RetentionTimes.sessionDaysRange
        )
        times.contactDays = try number(
            "khop.retention.contact.days",
            "KHOP_RETENTION_CONTACT_DAYS",
            times.contactDays,
            RetentionTimes.contactDaysRange
        )
        times.bookYears = try number(
            "khop.retention.book.years",
            "KHOP_RETENTION_BOOK_YEARS",
            times.bookYears,
            RetentionTimes.bookYearsRange
        )
        return times
    }
}
