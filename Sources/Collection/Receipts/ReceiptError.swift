public import Values

/// What may be wrong in a receipt so that a notice is enough (Circular 91/2026/TT-BTC, article 20.1): anything else needs
/// a receipt that replaces it.
public enum ReceiptError: String, Sendable, CaseIterable {
    case payerName = "payer_name"
    case payerAddress = "payer_address"
    case words

    public var phrase: Phrase {
        switch self {
        case .payerName: Phrase(vi: "sai tên người nộp", en: "wrong name of the payer")
        case .payerAddress: Phrase(vi: "sai địa chỉ người nộp", en: "wrong address of the payer")
        case .words: Phrase(vi: "sai nội dung bằng chữ", en: "wrong words")
        }
    }
}
