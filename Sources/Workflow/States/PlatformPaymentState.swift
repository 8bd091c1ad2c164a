public import Values

/// The states of an attempt to pay through the national payment platform.
public enum PlatformPaymentState: String, StateMachine {
    /// Nobody knows yet what became of it: the platform is asked until it says so.
    case waiting
    case paid
    case failed
    /// The platform was asked for days and never said what became of it.
    case silent

    public enum Event: String, CaseIterable, Hashable, Sendable {
        case pay
        case fail
        case giveUp = "give_up"
    }

    public static let machine = "platform_payment"
    public static let title = Phrase(
        vi: "Lần thanh toán qua nền tảng quốc gia",
        en: "Attempt at the national payment platform"
    )
    public static let beginnings: [Beginning<PlatformPaymentState>] = [Beginning("begin", .waiting)]
    /// Money that comes after all is money: also what failed or was given up is paid then.
    public static let transitions: [Transition<PlatformPaymentState>] = [
        Transition(.waiting, .pay, .paid), Transition(.waiting, .fail, .failed),
        Transition(.waiting, .giveUp, .silent), Transition(.failed, .pay, .paid), Transition(.silent, .pay, .paid),
        Transition(.silent, .fail, .failed),
    ]

    public static func refusal(of event: Event, in state: PlatformPaymentState) -> Reason {
        .platformPaymentCannot(event, in: state)
    }
}

extension PlatformPaymentState: Worded {
    public var words: Phrase {
        switch self {
        case .waiting: Phrase(vi: "đang chờ kết quả", en: "waiting")
        case .paid: Phrase(vi: "đã thanh toán", en: "paid")
        case .failed: Phrase(vi: "không thành công", en: "failed")
        case .silent: Phrase(vi: "không có trả lời", en: "silent")
        }
    }
}

extension PlatformPaymentState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .pay: Phrase(vi: "thanh toán", en: "paid")
        case .fail: Phrase(vi: "ghi nhận không thành công", en: "failed")
        case .giveUp: Phrase(vi: "ngừng hỏi", en: "given up")
        }
    }
}
