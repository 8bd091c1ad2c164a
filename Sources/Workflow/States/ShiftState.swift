public import Values

/// The states of a cashier's shift.
public enum ShiftState: String, StateMachine {
    /// Takes money.
    case open
    /// The drawer was counted and holds less or more than it should: another person decides, or it is counted again.
    case counted
    /// Over.
    case closed

    public enum Event: String, CaseIterable, Hashable, Sendable {
        /// The drawer was counted and holds what it should.
        case close
        case count, approve
    }

    public static let machine = "shift"
    public static let title = Phrase(vi: "Ca thu", en: "Shift")
    public static let beginnings: [Beginning<ShiftState>] = [Beginning("open", .open)]

    public static let transitions: [Transition<ShiftState>] = [
        Transition(.open, .close, .closed), Transition(.open, .count, .counted),
        Transition(.counted, .close, .closed), Transition(.counted, .approve, .closed),
    ]

    public static func refusal(of event: Event, in state: ShiftState) -> Reason { .shiftCannot(event, in: state) }
}

extension ShiftState: Worded {
    public var words: Phrase {
        switch self {
        case .open: Phrase(vi: "đang mở", en: "open")
        case .counted: Phrase(vi: "lệch tiền, chờ duyệt", en: "counted, with a difference")
        case .closed: Phrase(vi: "đã đóng", en: "closed")
        }
    }
}

extension ShiftState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .close: Phrase(vi: "đóng", en: "closed")
        case .count: Phrase(vi: "kiểm đếm", en: "counted")
        case .approve: Phrase(vi: "duyệt", en: "approved")
        }
    }
}
