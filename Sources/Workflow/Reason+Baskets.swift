public import Values

/// Why several requests are not paid together, or no longer.
extension Reason {
    /// - Parameters:
    ///   - account: the account of the request.
    ///   - other: the account of the first request of the basket.
    public static func basketOfOtherAccount(_ reference: String, collectsOn account: String, basket other: String)
        -> Reason
    {
        Reason(
            .basketOfOtherAccount,
            [.reference: .text(reference), .account: .text(account), .otherAccount: .text(other)]
        )
    }

    public static func basketRequestClosed(_ reference: String, state: PaymentRequestState) -> Reason {
        Reason(.basketRequestClosed, [.reference: .text(reference), .state: .text(state.rawValue)])
    }

    /// - Parameter other: the reference of the open basket that has the request.
    public static func basketRequestTaken(_ reference: String, by other: String) -> Reason {
        Reason(.basketRequestTaken, [.reference: .text(reference), .target: .text(other)])
    }

    public static func basketRequestRepeated(_ reference: String) -> Reason {
        Reason(.basketRequestRepeated, [.reference: .text(reference)])
    }

    public static func basketAtCounter(_ reference: String, channel: String) -> Reason {
        Reason(.basketAtCounter, [.reference: .text(reference), .channel: .text(channel)])
    }

    public static func basketNotOpen(_ reference: String, received: Money) -> Reason {
        Reason(.basketNotOpen, [.reference: .text(reference), .received: .money(received)])
    }
}
