/// The way a request is to be paid, or was paid.
public enum Channel: String, Sendable, CaseIterable {
    case online
    case counterQR = "counter_qr"
    case counterCard = "counter_card"
    case counterTransfer = "counter_transfer"
    case counterCash = "counter_cash"

    /// Only `counter_cash` is cash (Decree 52/2024/NĐ-CP names the non-cash instruments).
    public var isCash: Bool { self == .counterCash }
}
