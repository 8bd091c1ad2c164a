public import Values

/// The states of a message to a payer.
public enum PayerMessageState: String, StateMachine {
    case waiting
    /// Handed to what sends it, from before it leaves: it is sent at most once.
    case sending
    case sent
    /// Given up.
    case dead
    /// It may have arrived or not; it is not sent again.
    case unknown
    /// Nobody wants it any more, or it is no longer true.
    case dropped

    public enum Event: String, CaseIterable, Hashable, Sendable {
        case claim, deliver, fail, lose, drop
        case giveUp = "give_up"
    }

    public static let machine = "payer_message"
    public static let title = Phrase(vi: "Tin nhắn cho người nộp", en: "Message to a payer")
    public static let beginnings: [Beginning<PayerMessageState>] = [Beginning("write", .waiting)]

    public static let transitions: [Transition<PayerMessageState>] = [
        Transition(.waiting, .claim, .sending), Transition(.waiting, .drop, .dropped),
        Transition(.waiting, .giveUp, .dead), Transition(.sending, .deliver, .sent),
        Transition(.sending, .fail, .waiting), Transition(.sending, .giveUp, .dead),
        Transition(.sending, .lose, .unknown),
    ]

    public static func refusal(of event: Event, in state: PayerMessageState) -> Reason {
        .messageCannot(event, in: state)
    }
}

extension PayerMessageState: Worded {
    public var words: Phrase {
        switch self {
        case .waiting: Phrase(vi: "chờ gửi", en: "waiting")
        case .sending: Phrase(vi: "đang gửi", en: "being sent")
        case .sent: Phrase(vi: "đã gửi", en: "sent")
        case .dead: Phrase(vi: "đã thôi gửi", en: "given up")
        case .unknown: Phrase(vi: "không rõ đã đến hay chưa, không gửi lại", en: "may have arrived; not sent again")
        case .dropped: Phrase(vi: "không còn cần gửi", en: "no longer wanted")
        }
    }
}

extension PayerMessageState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .claim: Phrase(vi: "lấy ra gửi", en: "taken for sending")
        case .deliver: Phrase(vi: "gửi", en: "delivered")
        case .fail: Phrase(vi: "gửi không được", en: "refused")
        case .lose: Phrase(vi: "mất dấu", en: "lost")
        case .drop: Phrase(vi: "bỏ", en: "dropped")
        case .giveUp: Phrase(vi: "thôi gửi", en: "given up")
        }
    }
}
