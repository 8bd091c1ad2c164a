public import Values
public import Workflow

/// What a dossier is for indicator 3.6 of Decision 766, why, and what its portal tells the national portal
/// (`DuocThanhToanTrucTuyen`).
public struct DossierStanding: Sendable, Hashable {
    /// What is known of the request that says most of a dossier.
    public struct Facts: Sendable, Hashable {
        public var state: PaymentRequestState
        public var isOnline: Bool
        /// Whether money came for it, if only a part.
        public var isReceived: Bool
        /// Whether it was paid through the national payment platform.
        public var isByPlatform: Bool
        /// Whether nothing was ever owed of it, because the payer is exempt.
        public var isExempt: Bool

        public init(
            state: PaymentRequestState,
            isOnline: Bool,
            isReceived: Bool,
            isByPlatform: Bool,
            isExempt: Bool = false
        ) {
            (self.state, self.isOnline) = (state, isOnline)
            (self.isReceived, self.isByPlatform, self.isExempt) = (isReceived, isByPlatform, isExempt)
        }
    }

    /// Why it counts or does not.
    public enum Why: String, Sendable, CaseIterable {
        case paidOnline = "paid_online"
        case paidAtCounter = "paid_at_counter"
        case waiting
        case partPaid = "part_paid"
        case expired
        case cancelled
        case refunded
        /// Nothing is owed of it.
        case exempt
    }

    /// The field `DuocThanhToanTrucTuyen` of the national portal: 1 and 2 count.
    public enum Flag: Int64, Sendable {
        /// Not paid online; what is paid at a counter is that too.
        case none = 0
        /// Through the national payment platform.
        case platform = 1
        /// Through the province's own gateway.
        case own = 2
    }

    public let why: Why
    public let flag: Flag
    public var isCounted: Bool { flag != .none }

    /// Decides.
    public init(_ facts: Facts) {
        why =
            switch facts.state {
            case _ where facts.isExempt: .exempt
            case .paid, .partiallyRefunded: facts.isOnline ? .paidOnline : .paidAtCounter
            case .pending: facts.isReceived ? .partPaid : .waiting
            case .expired: facts.isReceived ? .partPaid : .expired
            case .cancelled: .cancelled
            case .refunded: .refunded
            }
        flag = why != .paidOnline ? .none : facts.isByPlatform ? .platform : .own
    }

    /// As a sentence, with what to do.
    public var sentence: Phrase {
        switch why {
        case .paidOnline:
            flag == .platform
                ? Phrase(
                    vi: "Đã nộp trực tuyến qua nền tảng thanh toán quốc gia: được tính.",
                    en: "Paid online through the national payment platform: it counts."
                ) : Phrase(vi: "Đã nộp trực tuyến: được tính.", en: "Paid online: it counts.")
        case .paidAtCounter:
            Phrase(
                vi: "Đã nộp tại quầy: không được tính, kể cả khi quét mã; lần sau hướng dẫn nộp trên cổng.",
                en:
                    "Paid at a counter: it does not count, not even by scanning a code there; next time lead the payer to the portal."
            )
        case .waiting:
            Phrase(
                vi: "Chưa nộp: sẽ được tính khi nộp trực tuyến.",
                en: "Not paid yet: it counts once it is paid online."
            )
        case .partPaid:
            Phrase(
                vi: "Mới nộp một phần: sẽ được tính khi nộp đủ.",
                en: "Paid in part: it counts once nothing remains."
            )
        case .expired:
            Phrase(
                vi: "Hết hạn khi chưa nộp: hãy lập yêu cầu mới.",
                en: "Expired before it was paid: make a new request."
            )
        case .cancelled:
            Phrase(
                vi: "Yêu cầu đã hủy mà hồ sơ vẫn có phí: hãy lập yêu cầu mới nếu hồ sơ còn.",
                en: "Cancelled, and still a dossier with a fee: make a new request if the dossier goes on."
            )
        case .refunded:
            Phrase(
                vi: "Đã hoàn toàn bộ: không được tính nữa.",
                en: "Given back whole: it does not count any more."
            )
        case .exempt:
            Phrase(
                vi:
                    "Được miễn toàn bộ: không thuộc chỉ số; cổng phải đồng bộ DanhSachLePhi 0 đồng để hồ sơ ra khỏi mẫu số.",
                en:
                    "Exempted in full: no part of the indicator; the portal has to send its DanhSachLePhi of 0 đồng, or it stays in what the indicator counts by."
            )
        }
    }
}
