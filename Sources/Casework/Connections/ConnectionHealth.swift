public import Values

/// How a connection is: heard of as usual, silent, or refusing what it hears. Decided from counts alone.
public struct ConnectionHealth: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable {
        /// It refuses callbacks on purpose.
        case disabled
        /// Nothing ever came.
        case unheard
        /// More than half of what came in the last hours was refused.
        case refusing
        /// Nothing came where much should have.
        case silent
        /// As usual, or too little is known to say anything else.
        case heard
    }

    /// What is known of a connection.
    public struct Signs: Sendable {
        public var isDisabled: Bool
        public var lastHeardAt: Instant?
        /// Callbacks and refusals of the last hours, counted together.
        public var recentCallbacks: Int64
        public var recentRefusals: Int64
        public var rhythm: ConnectionRhythm

        public init(
            isDisabled: Bool,
            lastHeardAt: Instant?,
            recentCallbacks: Int64,
            recentRefusals: Int64,
            rhythm: ConnectionRhythm
        ) {
            self.isDisabled = isDisabled
            self.lastHeardAt = lastHeardAt
            self.recentCallbacks = recentCallbacks
            self.recentRefusals = recentRefusals
            self.rhythm = rhythm
        }
    }

    /// How many callbacks must have been due before silence is told. If callbacks come independently, a gap of this length
    /// comes by chance less than once in 160,000 callbacks.
    public static let silenceAfter = 12.0
    /// A few refusals are a sender's trials.
    public static let leastRefusals: Int64 = 3
    /// As little of what is usual is believed to be a quiet day at most, unless the calendar knows a holiday: all connections
    /// silent at once on a working day is a network that is gone, not a holiday.
    public static let leastShareOfWorkingDay = 0.25
    /// What counts as recent, in hours.
    public static let recentHours: Int64 = 3

    public let state: State
    /// The callbacks usual in this hour of the week; `nil` while no rhythm is known.
    public let usualThisHour: Double?
    /// The callbacks that were due since the last one, less what a quiet day keeps away; `nil` while no rhythm is known.
    public let dueSinceLast: Double?
    public let reason: Phrase

    /// Decides.
    ///
    /// - Parameters:
    ///   - share: how much of what is usual all connections together heard in the last day, at most 1: on a holiday
    ///   all are quiet, and none is silent.
    ///   - isHoliday: whether the banks' calendar has one in the last day.
    public init(_ signs: Signs, share: Double, isHoliday: Bool, now: Instant) {
        let since = signs.lastHeardAt
        let share = isHoliday ? share : max(share, ConnectionHealth.leastShareOfWorkingDay)
        let due = since.map { signs.rhythm.expected(from: $0, to: now) * min(1, max(0, share)) }
        usualThisHour = signs.rhythm.isKnown ? signs.rhythm.usual(at: now) : nil
        dueSinceLast = signs.rhythm.isKnown ? due : nil
        let refused = signs.recentRefusals
        if signs.isDisabled {
            state = .disabled
            reason = Phrase(vi: "Đã tắt: mọi callback bị từ chối.", en: "Disabled: every callback is refused.")
        } else if refused >= ConnectionHealth.leastRefusals, refused * 2 > signs.recentCallbacks {
            state = .refusing
            reason = Phrase(
                vi:
                    "Từ chối \(refused) trong \(signs.recentCallbacks) callback của \(ConnectionHealth.recentHours) giờ qua.",
                en:
                    "Refused \(refused) of \(signs.recentCallbacks) callbacks of the last \(ConnectionHealth.recentHours) hours."
            )
        } else if since == nil {
            state = .unheard
            reason = Phrase(vi: "Chưa nhận được callback nào.", en: "Nothing has ever come.")
        } else if signs.rhythm.isKnown, let due, due >= ConnectionHealth.silenceAfter {
            state = .silent
            let count = Int64(due.rounded())
            reason = Phrase(
                vi: "Im lặng: lẽ ra đã có khoảng \(count) callback từ lần cuối.",
                en: "Silent: about \(count) callbacks were due since the last one."
            )
        } else {
            state = .heard
            reason =
                signs.rhythm.isKnown
                ? Phrase(vi: "Như thường lệ.", en: "As usual.")
                : Phrase(
                    vi: "Có thông báo; chưa đủ dữ liệu để biết thường lệ.",
                    en: "Heard from; not yet long enough to tell what is usual."
                )
        }
    }
}
