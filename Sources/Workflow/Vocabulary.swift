public import Values

/// The words for the stable codes of one kind: what tables, pages and messages show people in place of a code.
public struct Vocabulary: Sendable {
    private let words: [String: Phrase]

    init(_ words: [String: Phrase]) { self.words = words }

    /// The words for a code; the code itself if there are none.
    public subscript(code: String) -> Phrase { words[code] ?? Phrase(same: code) }

    /// The codes that have words.
    public var codes: Set<String> { Set(words.keys) }
}

extension Vocabulary {
    public static let requestState = Vocabulary([
        "pending": Phrase(vi: "chờ thanh toán", en: "pending"),
        "paid": Phrase(vi: "đã thanh toán", en: "paid"),
        "expired": Phrase(vi: "đã hết hạn", en: "expired"),
        "cancelled": Phrase(vi: "đã hủy", en: "cancelled"),
        "partially_refunded": Phrase(vi: "đã hoàn một phần", en: "partially refunded"),
        "refunded": Phrase(vi: "đã hoàn toàn bộ", en: "refunded"),
    ])

    public static let refundState = Vocabulary([
        "requested": Phrase(vi: "chờ duyệt", en: "requested"),
        "approved": Phrase(vi: "đã duyệt", en: "approved"),
        "rejected": Phrase(vi: "đã từ chối", en: "rejected"),
        "executed": Phrase(vi: "đã lệnh chi", en: "executed"),
        "settled": Phrase(vi: "đã ra khỏi ngân hàng", en: "settled"),
    ])

    public static let caseState = Vocabulary([
        "open": Phrase(vi: "đang mở", en: "open"),
        "awaiting_approval": Phrase(vi: "chờ duyệt", en: "awaiting approval"),
        "resolved": Phrase(vi: "đã giải quyết", en: "resolved"),
        "closed": Phrase(vi: "đã đóng", en: "closed"),
    ])

    public static let caseKind = Vocabulary([
        "underpaid": Phrase(vi: "nộp thiếu", en: "underpaid"),
        "overpaid": Phrase(vi: "nộp thừa", en: "overpaid"),
        "late": Phrase(vi: "nộp muộn", en: "late"),
        "unknown_reference": Phrase(vi: "không rõ mã thanh toán", en: "unknown reference"),
        "other_account": Phrase(vi: "vào tài khoản khác", en: "other account"),
        "conflict": Phrase(vi: "thông báo mâu thuẫn", en: "conflicting notice"),
        "amount_mismatch": Phrase(vi: "lệch số tiền", en: "amount mismatch"),
        "duplicate_line": Phrase(vi: "dòng sao kê trùng", en: "duplicate line"),
        "unmatched": Phrase(vi: "chưa xác định", en: "unmatched"),
        "missing_at_bank": Phrase(vi: "ngân hàng chưa báo có", en: "missing at the bank"),
        "statement_gap": Phrase(vi: "sao kê hụt quãng", en: "gap in statements"),
    ])

    /// What becomes of notices and of statement lines.
    public static let outcome = Vocabulary([
        "settled": Phrase(vi: "đã hạch toán thanh toán", en: "settled"),
        "partial": Phrase(vi: "nộp thiếu", en: "partial"),
        "overpaid": Phrase(vi: "nộp thừa", en: "overpaid"),
        "late": Phrase(vi: "nộp muộn", en: "late"),
        "unknown_reference": Phrase(vi: "không rõ mã thanh toán", en: "unknown reference"),
        "other_account": Phrase(vi: "vào tài khoản khác", en: "other account"),
        "duplicate": Phrase(vi: "thông báo lặp lại", en: "duplicate"),
        "conflict": Phrase(vi: "thông báo mâu thuẫn", en: "conflict"),
        "not_credit": Phrase(vi: "không phải khoản ghi có", en: "not a credit"),
        "matched": Phrase(vi: "khớp với thông báo", en: "matched"),
        "grouped": Phrase(vi: "khớp theo khoản quyết toán gộp", en: "grouped"),
        "recovered": Phrase(vi: "ghi nhận từ sao kê", en: "recovered"),
        "amount_mismatch": Phrase(vi: "lệch số tiền", en: "amount mismatch"),
        "duplicate_line": Phrase(vi: "dòng sao kê trùng", en: "duplicate line"),
        "unmatched": Phrase(vi: "chưa xác định", en: "unmatched"),
        "missing_at_bank": Phrase(vi: "ngân hàng chưa báo có", en: "missing at the bank"),
    ])

    public static let caseAction = Vocabulary([
        "accept": Phrase(vi: "nhận vào yêu cầu", en: "accept"),
        "link": Phrase(vi: "gắn vào yêu cầu", en: "link"),
        "split": Phrase(vi: "chia cho nhiều yêu cầu", en: "split"),
        "refund": Phrase(vi: "hoàn tiền", en: "refund"),
        "write_off": Phrase(vi: "xử lý vào thu nhập, chi phí", en: "write off"),
        "ask_bank": Phrase(vi: "tra soát", en: "inquiry to the bank"),
        "dismiss": Phrase(vi: "kết thúc, không xử lý thêm", en: "dismiss"),
        "reopen": Phrase(vi: "mở lại", en: "reopen"),
    ])

    public static let channel = Vocabulary([
        "online": Phrase(vi: "trực tuyến", en: "online"),
        "counter_qr": Phrase(vi: "quầy, mã QR", en: "counter, QR code"),
        "counter_card": Phrase(vi: "quầy, thẻ", en: "counter, card"),
        "counter_transfer": Phrase(vi: "quầy, chuyển khoản", en: "counter, transfer"),
        "counter_cash": Phrase(vi: "quầy, tiền mặt", en: "counter, cash"),
    ])

    public static let deliveryState = Vocabulary([
        "pending": Phrase(vi: "chờ gửi", en: "pending"),
        "delivered": Phrase(vi: "đã gửi", en: "delivered"),
        "dead": Phrase(vi: "đã thôi gửi", en: "given up"),
    ])
}
