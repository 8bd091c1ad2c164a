public import Values

/// The states of an event on its way to one endpoint.
public enum EventDeliveryState: String, StateMachine {
    case pending, delivered
    /// Given up.
    case dead

    public enum Event: String, CaseIterable, Hashable, Sendable {
        case deliver
        case giveUp = "give_up"
        case redeliver
    }

    public static let machine = "event_delivery"
    public static let title = Phrase(vi: "Gửi sự kiện", en: "Event delivery")
    public static let beginnings: [Beginning<EventDeliveryState>] = [Beginning("write", .pending)]

    public static let transitions: [Transition<EventDeliveryState>] = [
        Transition(.pending, .deliver, .delivered), Transition(.pending, .giveUp, .dead),
        Transition(.delivered, .redeliver, .pending), Transition(.dead, .redeliver, .pending),
    ]

    public static func refusal(of event: Event, in state: EventDeliveryState) -> Reason {
        .deliveryCannot(event, in: state)
    }
}

extension EventDeliveryState: Worded {
    public var words: Phrase {
        switch self {
        case .pending: Phrase(vi: "chờ gửi", en: "pending")
        case .delivered: Phrase(vi: "đã gửi", en: "delivered")
        case .dead: Phrase(vi: "đã thôi gửi", en: "given up")
        }
    }
}

extension EventDeliveryState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .deliver: Phrase(vi: "gửi", en: "delivered")
        case .giveUp: Phrase(vi: "thôi gửi", en: "given up")
        case .redeliver: Phrase(vi: "gửi lại", en: "sent again")
        }
    }
}
