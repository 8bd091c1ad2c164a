public import FeeSchedule
import Values

extension NonCashReport {
    /// Under which unit the payments of an ended unit are reported.
    public enum AsOf: String, Sendable, CaseIterable {
        /// The unit on the day of payment.
        case recorded
        /// Its successor in force today.
        case current
    }

    /// What the rows are grouped by.
    public enum By: String, Sendable, CaseIterable {
        case locality, procedure, field, channel
    }

    public struct Question: Sendable {
        public var period: ReportPeriod
        public var level: Level
        /// The code of the locality whose subtree to report; `nil` for all.
        public var locality: String?
        public var asOf: AsOf
        public var by: By
        /// Whether communes without payments are told also where no area is asked about: those of the provinces that have
        /// agencies.
        public var listsQuietCommunes = false

        public init(period: ReportPeriod, level: Level, locality: String?, asOf: AsOf, by: By = .locality) {
            self.period = period
            self.level = level
            self.locality = locality
            self.asOf = asOf
            self.by = by
        }

        /// Reads the parameters of the API and the command line.
        public init(
            period: String?,
            from: String?,
            to: String?,
            basis: String?,
            level: String?,
            locality: String?,
            asOf: String?,
            by: String? = nil
        ) throws {
            self.period = try ReportPeriod(period: period, from: from, to: to, basis: basis)
            self.level = try ReportPeriod.one(level, "level", Level.province)
            self.locality = locality
            self.asOf = try ReportPeriod.one(asOf, "as_of", AsOf.recorded)
            self.by = try ReportPeriod.one(by, "by", By.locality)
        }
    }
}

extension ReportPeriod {
    /// Reads one of a few words; throws an error that lists them.
    static func one<Value: RawRepresentable & CaseIterable>(
        _ text: String?,
        _ name: String,
        _ fallback: Value
    ) throws -> Value where Value.RawValue == String {
        guard let text else { return fallback }
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue)
            throw ServiceError(.invalidParameter, at: name, .oneOf(known))
        }
        return value
    }

    /// Reads a named period, or a range by its ends.
    public init(period: String?, from: String?, to: String?, basis: String?) throws {
        let basis = try ReportPeriod.one(basis, "basis", Basis.calendar)
        if let period {
            guard from == nil, to == nil else {
                throw ServiceError(
                    .invalidParameter,
                    at: "period",
                    Phrase(
                        vi: "hãy nêu kỳ, hoặc từ ngày và đến ngày, không nêu cả hai",
                        en: "name a period, or from and to, not both"
                    )
                )
            }
            self = try ReportPeriod(period, basis: basis)
        } else if let from, let to {
            guard let first = Day(from), let last = Day(to) else {
                throw ServiceError(
                    .invalidParameter,
                    at: Day(from) == nil ? "from" : "to",
                    .existingDay
                )
            }
            self = try ReportPeriod(from: first, to: last)
        } else {
            throw ServiceError(
                .invalidParameter,
                at: "period",
                Phrase(
                    vi: "hãy nêu kỳ, như \(ReportPeriod.forms[.vietnamese]), hoặc from và to",
                    en: "name a period, such as \(ReportPeriod.forms[.english]), or from and to"
                )
            )
        }
    }
}
