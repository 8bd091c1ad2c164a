public import Values

/// Sentences that many refusals share.
extension Phrase {
    public static let isMissing = Phrase(vi: "còn thiếu", en: "is missing")

    public static let existingDay = Phrase(
        vi: "phải là một ngày có thật, viết YYYY-MM-DD",
        en: "must be a day that exists, as YYYY-MM-DD"
    )

    /// Things that may not be found.
    public enum Noun: Sendable {
        case paymentRequest, refund, statement, reconciliation, caseFile, callback, event, catalogueVersion,
            catalogueProposal, person, apiKey, savedView, shift, basket, remittance,
            platformFile, statementMapping

        var words: Phrase {
            switch self {
            case .paymentRequest: Phrase(vi: "yêu cầu thanh toán", en: "payment request")
            case .refund: Phrase(vi: "khoản hoàn", en: "refund")
            case .statement: Phrase(vi: "sao kê", en: "statement")
            case .reconciliation: Phrase(vi: "lần đối soát", en: "reconciliation")
            case .caseFile: Phrase(vi: "vụ việc", en: "case")
            case .callback: Phrase(vi: "callback", en: "callback")
            case .event: Phrase(vi: "sự kiện", en: "event")
            case .person: Phrase(vi: "người dùng", en: "person")
            case .apiKey: Phrase(vi: "khóa", en: "key")
            case .savedView: Phrase(vi: "bộ lọc đã lưu", en: "saved view")
            case .catalogueProposal: Phrase(vi: "đề xuất danh mục", en: "proposal of a catalogue")
            case .basket: Phrase(vi: "giỏ thanh toán", en: "basket")
            case .shift: Phrase(vi: "ca thu", en: "shift")
            case .remittance: Phrase(vi: "lệnh nộp ngân sách", en: "order to the Treasury")
            case .platformFile: Phrase(vi: "tệp đối soát của nền tảng", en: "file of the platform")
            case .statementMapping: Phrase(vi: "mẫu sao kê", en: "mapping of statements")
            case .catalogueVersion: Phrase(vi: "phiên bản danh mục", en: "version of the catalogue")
            }
        }
    }

    public static func none(_ noun: Noun) -> Phrase {
        Phrase(vi: "Không có \(noun.words.vietnamese) này.", en: "There is no such \(noun.words.english).")
    }

    public static func none(_ noun: Noun, _ id: some CustomStringConvertible) -> Phrase {
        Phrase(vi: "Không có \(noun.words.vietnamese) \(id).", en: "There is no \(noun.words.english) \(id).")
    }

    public static let requestChanged = Phrase(
        vi: "Yêu cầu thanh toán vừa thay đổi trong lúc thu tiền. Hãy xem lại yêu cầu.",
        en: "The request changed while it was being paid. Look at it again."
    )

    /// What a value from a fixed list must be.
    public static func oneOf(_ names: [String]) -> Phrase {
        let list = names.joined(separator: ", ")
        return Phrase(vi: "phải là một trong các giá trị: \(list)", en: "must be one of \(list)")
    }

    public static func wholeNumber(_ range: ClosedRange<Int>) -> Phrase {
        Phrase(
            vi: "phải là số nguyên từ \(range.lowerBound) đến \(range.upperBound)",
            en: "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        )
    }

    public static func unreadableFile(_ path: String) -> Phrase {
        Phrase(vi: "không đọc được tệp \(path)", en: "the file \(path) cannot be read")
    }

    public static func unknownLocality(_ code: some StringProtocol) -> Phrase {
        Phrase(
            vi: "không có địa bàn nào mang mã \(code.prefix(40))",
            en: "no locality has the code \(code.prefix(40))"
        )
    }
}

/// Sentences about cases and refunds.
extension Phrase {
    static let idOfRefund = Phrase(vi: "phải là mã định danh của một khoản hoàn", en: "must be the id of a refund")

    static let beingHandled = Phrase(
        vi: "Yêu cầu này đang được xử lý. Vui lòng gửi lại sau ít phút.",
        en: "The same request is being handled right now. Send it again shortly."
    )

    static let noPaymentFile = Phrase(
        vi:
            "Tài khoản này không có khoản hoàn nào chờ lập tệp chi trả: hãy thực hiện một khoản có người thụ hưởng trước.",
        en: "No refund of this account waits for a payment file: execute one that names its beneficiary first."
    )

    static let noSuchPaymentFile = Phrase(
        vi: "Tài khoản này không có tệp chi trả mang message id đó.",
        en: "This account has no payment file with that message id."
    )
}
