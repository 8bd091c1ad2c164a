public import FeeSchedule
public import Values

/// The share of requests paid without cash: by locality, procedure, field or channel.
public struct NonCashReport: Sendable {
    /// What one row stands for.
    public enum Key: Sendable, Hashable, Comparable {
        case locality(LocalityKey)
        case procedure(String)
        case field(String)
        case channel(Channel)

        private var order: (String, Int32) {
            switch self {
            case .locality(let key): (key.code, key.validFrom.daysSinceEpoch)
            case .procedure(let text), .field(let text): (text, 0)
            case .channel(let channel): (channel.rawValue, 0)
            }
        }

        public static func < (left: Key, right: Key) -> Bool { left.order < right.order }
    }

    public struct Line: Sendable {
        /// `nil` for the total.
        public let key: Key?
        public let nameVi: String
        public let nameEn: String
        public let figures: NonCashFigures
        /// The targets of the locality for the year the period ends in, in hundredths of a percent.
        public let target: Int64?
        public let onlineTarget: Int64?
        public let previous: Rate
        /// Whether the unit has ended and no single unit succeeded it: it is reported as itself, for somebody to check.
        public var isWithoutSuccessor = false
        /// Whether the unit lies above the level that was asked for: its own agencies stand among the units below it.
        public var isAboveLevel = false
        /// The code of the unit above whose target it is; `nil` if the target is its own, or there is none.
        public var targetOf: String?

        /// Whether the share without cash reaches the target; `nil` if there is no target or nothing was paid.
        public var isTargetMet: Bool? { Line.meets(Rate(figures.nonCash, of: figures.paid), target) }
        public var isOnlineTargetMet: Bool? { Line.meets(Rate(figures.online, of: figures.paid), onlineTarget) }

        private static func meets(_ rate: Rate, _ target: Int64?) -> Bool? {
            rate.hundredths.flatMap { rate in target.map { rate >= $0 } }
        }
    }

    public let question: Question
    public let generatedAt: Instant
    public let lines: [Line]
    public let total: Line
    /// The units of the area in which nothing was paid; none unless the report is by locality, and of provinces or within one
    /// area.
    public var quiet: [Line] = []
    /// The area that was asked about; `nil` for all.
    public var area: ReportedArea?
}

extension Schedule {
    func hasEnded(_ key: NonCashReport.Key, by day: Day) -> Bool {
        guard case .locality(let key) = key, let end = localities[key]?.validity.to else { return false }
        return end < day
    }

    /// The display name of a row, in Vietnamese and English.
    func name(of key: NonCashReport.Key) -> (vi: String, en: String) {
        switch key {
        case .locality(let key): (localities[key]?.nameVi ?? key.code, localities[key]?.nameEn ?? key.code)
        case .procedure(let code): (procedures[code]?.nameVi ?? code, procedures[code]?.nameEn ?? code)
        case .field(let field): (field, field)
        case .channel(let channel):
            switch channel {
            case .online: ("Trực tuyến", "Online")
            case .counterQR: ("Mã QR tại quầy", "QR code at the desk")
            case .counterCard: ("Thẻ tại quầy", "Card at the desk")
            case .counterTransfer: ("Chuyển khoản tại quầy", "Transfer at the desk")
            case .counterCash: ("Tiền mặt", "Cash")
            }
        }
    }
}
