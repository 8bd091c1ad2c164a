public import Values

/// The wordings of one kind of stable codes, shown in tables, pages and messages in place of the codes.
public struct Vocabulary: Sendable {
    private let words: [String: Phrase]

    init(_ words: [String: Phrase]) { self.words = words }

    /// The words of the codes of a type.
    init<Code: CaseIterable & RawRepresentable<String> & Worded>(of type: Code.Type) {
        self.init(Dictionary(uniqueKeysWithValues: type.allCases.map { ($0.rawValue, $0.words) }))
    }

    /// The words for a code; the code itself if there are none.
    public subscript(code: String) -> Phrase { words[code] ?? Phrase(same: code) }

    /// The codes that have words.
    public var codes: Set<String> { Set(words.keys) }
}

extension Vocabulary {
    public static let requestState = Vocabulary(of: PaymentRequestState.self)

    public static let refundState = Vocabulary(of: RefundState.self)

    public static let caseState = Vocabulary(of: CaseState.Shown.self)

    public static let caseKind = Vocabulary(of: CaseKind.self)

    /// What becomes of callbacks, notices and statement lines. A refused callback has the reason as its outcome.
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
        "cases_opened": Phrase(vi: "vụ việc mới", en: "cases opened"),
        "awaiting_confirmation": Phrase(vi: "chờ xác nhận", en: "awaiting confirmation"),
        "not_reconciled": Phrase(vi: "chưa đối soát", en: "not reconciled yet"),
        "probe": Phrase(vi: "thông điệp thử", en: "test message"),
        "unknown_connection": Phrase(vi: "không có kết nối này", en: "unknown connection"),
        "signature_missing": Phrase(vi: "thiếu chữ ký", en: "signature missing"),
        "signature_malformed": Phrase(vi: "chữ ký sai dạng", en: "signature malformed"),
        "signature_mismatch": Phrase(vi: "chữ ký không đúng", en: "signature mismatch"),
        "timestamp_out_of_window": Phrase(vi: "thời điểm ký lệch quá xa", en: "timestamp too far off"),
        "body_malformed": Phrase(vi: "nội dung sai dạng", en: "body malformed"),
        "field_missing": Phrase(vi: "thiếu trường dữ liệu", en: "field missing"),
        "field_invalid": Phrase(vi: "trường dữ liệu không hợp lệ", en: "field invalid"),
        "currency_unsupported": Phrase(vi: "tiền tệ không được hỗ trợ", en: "unsupported currency"),
        "account_mismatch": Phrase(vi: "tài khoản khác của kết nối", en: "not the connection's account"),
        "merchant_mismatch": Phrase(
            vi: "đơn vị chấp nhận thanh toán khác của kết nối",
            en: "not the connection's merchant"
        ),
        "method_not_allowed": Phrase(vi: "phương thức HTTP sai", en: "wrong HTTP method"),
    ])

    public static let proposalState = Vocabulary(of: CaseProposalState.self)
    public static let recoveryState = Vocabulary(of: RecoveryProposalState.self)
    public static let statementState = Vocabulary(of: StatementState.self)
    public static let shiftState = Vocabulary(of: ShiftState.self)
    public static let providerReceiptState = Vocabulary(of: ProviderReceiptState.self)
    public static let platformPaymentState = Vocabulary(of: PlatformPaymentState.self)
    public static let messageState = Vocabulary(of: PayerMessageState.self)
    public static let remittanceState = Vocabulary(of: RemittanceState.self)

    /// The events that change states, worded as what was done, such as "approved". A code has the same wording in every
    /// machine.
    static let event = Vocabulary(
        Vocabulary(of: PaymentRequestState.Event.self).words
            .merging(Vocabulary(of: RefundState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: CaseState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: CaseProposalState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: RecoveryProposalState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: StatementState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: ShiftState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: RemittanceState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: ProviderReceiptState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: PlatformPaymentState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: EventDeliveryState.Event.self).words) { first, _ in first }
            .merging(Vocabulary(of: PayerMessageState.Event.self).words) { first, _ in first }
    )

    /// How a case ended: by what a person did, or by what came.
    public static let caseAction = Vocabulary(
        Dictionary(uniqueKeysWithValues: CaseAction.allCases.map { ($0.rawValue, $0.words) }).merging([
            "paid_in_full": Phrase(vi: "đã nộp đủ", en: "paid in full"),
            "line_came": Phrase(vi: "dòng sao kê đã đến", en: "the line came"),
            "callback_came": Phrase(vi: "thông báo của ngân hàng đã đến", en: "the callback came"),
            "statement_came": Phrase(vi: "sao kê còn thiếu đã đến", en: "the missing statement came"),
            "statement_undone": Phrase(vi: "sao kê đã được gỡ", en: "the statement was undone"),
        ]) { first, _ in first }
    )

    /// What happened to a case.
    public static let caseEvent = Vocabulary([
        "noted": Phrase(vi: "ghi chú", en: "noted"),
        "attached": Phrase(vi: "đính kèm", en: "attached"),
        "assigned": Phrase(vi: "giao xử lý", en: "assigned"),
        "proposed": Phrase(vi: "đề xuất", en: "proposed"),
        "withdrawn": Phrase(vi: "rút đề xuất", en: "withdrawn"),
        "performed": Phrase(vi: "thực hiện", en: "performed"),
        "resolved": Phrase(vi: "giải quyết", en: "resolved"),
        "reopened": Phrase(vi: "mở lại", en: "reopened"),
        "due_changed": Phrase(vi: "đổi hạn xử lý", en: "due date changed"),
        "asked_bank": Phrase(vi: "tra soát", en: "inquiry to the bank"),
        "opened": Phrase(vi: "mở", en: "opened"),
        "closed": Phrase(vi: "đóng", en: "closed"),
    ])

    public static let channel = Vocabulary([
        "online": Phrase(vi: "trực tuyến", en: "online"),
        "counter_qr": Phrase(vi: "quầy, mã QR", en: "counter, QR code"),
        "counter_card": Phrase(vi: "quầy, thẻ", en: "counter, card"),
        "counter_transfer": Phrase(vi: "quầy, chuyển khoản", en: "counter, transfer"),
        "counter_cash": Phrase(vi: "quầy, tiền mặt", en: "counter, cash"),
    ])

    /// The categories of payers that laws reduce fees for, by the codes that catalogues use.
    public static let payerCategory = Vocabulary([
        "poor_household": Phrase(vi: "hộ nghèo", en: "poor household"),
        "near_poor_household": Phrase(vi: "hộ cận nghèo", en: "near-poor household"),
        "child": Phrase(vi: "trẻ em", en: "child"),
        "student": Phrase(vi: "học sinh, sinh viên", en: "pupil or student"),
        "merit_family": Phrase(vi: "người có công, thân nhân", en: "person of merit or family"),
        "elderly": Phrase(vi: "người cao tuổi", en: "elderly person"),
        "disabled": Phrase(vi: "người khuyết tật", en: "person with a disability"),
        "ethnic_minority": Phrase(vi: "đồng bào dân tộc thiểu số", en: "member of an ethnic minority"),
        "digital_citizen": Phrase(vi: "công dân số", en: "digital citizen"),
    ])

    public static let deliveryState = Vocabulary(of: EventDeliveryState.self)

    /// Why an item is part of a day's difference between the bank and the books.
    public static let difference = Vocabulary([
        "awaiting_line": Phrase(vi: "đang trên đường, chờ sao kê", en: "in transit, awaiting its line"),
        "missing_at_bank": Phrase(vi: "ngân hàng chưa báo có", en: "missing at the bank"),
        "shown_later": Phrase(
            vi: "chênh lệch do thời điểm: sao kê ngày sau",
            en: "timing difference: on a later day's statement"
        ),
        "shown_earlier": Phrase(
            vi: "chênh lệch do thời điểm: sao kê ngày trước",
            en: "timing difference: on an earlier day's statement"
        ),
        "repeated_line": Phrase(vi: "dòng lặp lại", en: "a line that came twice"),
        "not_reconciled": Phrase(vi: "chưa đối soát", en: "not reconciled"),
        "opening_not_booked": Phrase(vi: "số dư đầu chưa ghi sổ", en: "the opening balance is not booked"),
        "statement_gap": Phrase(vi: "thiếu sao kê", en: "a statement is missing"),
        "gap_in_statements": Phrase(vi: "thiếu sao kê", en: "a statement is missing"),
    ])

    public static let feeKind = Vocabulary([
        "fee": Phrase(vi: "phí", en: "fee"),
        "charge": Phrase(vi: "lệ phí", en: "charge"),
    ])

    public static let rule = Vocabulary([
        "reduction": Phrase(vi: "miễn, giảm", en: "reduction"),
        "discount": Phrase(vi: "giảm khi nộp trực tuyến", en: "online discount"),
    ])

    public static let evidenceKind = Vocabulary(of: EvidenceKind.self)
    public static let settledBy = Vocabulary(of: SettledBy.self)
}
