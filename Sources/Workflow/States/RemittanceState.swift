public import Values

/// The states of an order to the State Treasury.
public enum RemittanceState: String, StateMachine {
    /// Waits for another person.
    case made
    /// May be taken to the bank.
    case approved
    /// Ended before it was taken; its money is due again.
    case rejected
    /// Taken to the bank and booked; no debit line has confirmed it yet.
    case sent
    /// The bank did not carry it out; its money is due again.
    case returned
    /// Seen leaving the bank.
    case settled

    public enum Event: String, CaseIterable, Hashable, Sendable {
        case approve, reject, send
        case leaveBank = "leave_bank"
        case comeBack = "return"
        /// The statement whose line confirmed it was undone.
        case undo
    }

    public static let machine = "remittance"
    public static let title = Phrase(vi: "Lệnh nộp ngân sách", en: "Order to the Treasury")
    public static let beginnings: [Beginning<RemittanceState>] = [Beginning("make", .made)]

    public static let transitions: [Transition<RemittanceState>] = [
        Transition(.made, .approve, .approved), Transition(.made, .reject, .rejected),
        Transition(.approved, .reject, .rejected), Transition(.approved, .send, .sent),
        Transition(.sent, .leaveBank, .settled), Transition(.sent, .comeBack, .returned),
        Transition(.settled, .undo, .sent),
    ]

    public static func refusal(of event: Event, in state: RemittanceState) -> Reason {
        .remittanceCannot(event, in: state)
    }
}

extension RemittanceState: Worded {
    public var words: Phrase {
        switch self {
        case .made: Phrase(vi: "chờ duyệt", en: "awaits approval")
        case .approved: Phrase(vi: "đã duyệt", en: "approved")
        case .rejected: Phrase(vi: "đã từ chối", en: "rejected")
        case .sent: Phrase(vi: "đã gửi ngân hàng", en: "at the bank")
        case .returned: Phrase(vi: "ngân hàng trả lại", en: "came back")
        case .settled: Phrase(vi: "đã nộp kho bạc", en: "remitted")
        }
    }
}

extension RemittanceState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .approve: Phrase(vi: "duyệt", en: "approved")
        case .reject: Phrase(vi: "từ chối", en: "rejected")
        case .send: Phrase(vi: "gửi ngân hàng", en: "taken to the bank")
        case .leaveBank: Phrase(vi: "ghi nhận đã ra khỏi ngân hàng", en: "recorded as paid by the bank")
        case .comeBack: Phrase(vi: "ghi nhận bị trả lại", en: "recorded as not carried out")
        case .undo: Phrase(vi: "hoàn tác", en: "undone")
        }
    }
}
