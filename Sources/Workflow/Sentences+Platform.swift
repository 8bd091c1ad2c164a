import Values

extension Reason.Code {
    /// The national payment platform's daily file.
    var platformPhrase: Phrase? { platformAgreementPhrase ?? platformDifferencePhrase }

    private var platformAgreementPhrase: Phrase? {
        switch self {
        case .platformAgrees:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}: sổ, nền tảng và sao kê khớp nhau.",
                en: "Transaction {transaction} of {amount}: books, platform and statement agree."
            )
        case .platformNotPaid:
            Phrase(
                vi: "Mã {reference} không thanh toán thành công, và sổ cũng không có khoản nào.",
                en: "{reference} was not paid, and the books have nothing of it."
            )
        case .platformBankAwaited:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}: sổ và nền tảng khớp nhau; chờ thấy trên sao kê.",
                en: "Transaction {transaction} of {amount}: books and platform agree; the statement is awaited."
            )
        case .platformBankMissing:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}: sổ và nền tảng khớp nhau, quá hạn báo có mà sao kê chưa có.",
                en:
                    "Transaction {transaction} of {amount}: books and platform agree, and the statement that should have it does not."
            )
        case .platformInNextFile:
            Phrase(
                vi: "Giao dịch {transaction} vào gần nửa đêm: có thể ở trong tệp ngày {day}.",
                en: "Transaction {transaction} was around midnight: the file of {day} may have it."
            )
        default: nil
        }
    }

    private var platformDifferencePhrase: Phrase? {
        platformRowPhrase ?? platformPaymentPhrase
    }

    private var platformRowPhrase: Phrase? {
        switch self {
        case .platformRowUnreadable:
            Phrase(
                vi: "Dòng {line_id} của tệp nền tảng không đọc được: {name}.",
                en: "Row {line_id} of the platform's file cannot be read: {name}."
            )
        case .platformRowUnknown:
            Phrase(
                vi: "Nền tảng nêu mã {reference}, {amount}, mà hệ thống chưa từng cấp: tra soát với nền tảng.",
                en: "The platform names {reference} of {amount}, which was never given out here: ask the platform."
            )
        case .platformRowRepeated:
            Phrase(
                vi: "Nền tảng nêu giao dịch {transaction}, {amount}, nhiều lần.",
                en: "The platform names transaction {transaction} of {amount} more than once."
            )
        case .platformRowUnheard:
            Phrase(
                vi:
                    "Nền tảng báo đã thu {amount} cho mã {reference} (giao dịch {transaction}) mà chưa gửi xác nhận: hệ thống đang hỏi lại.",
                en:
                    "The platform took {amount} for {reference} (transaction {transaction}) and sent no confirmation: it is being asked."
            )
        default: nil
        }
    }

    private var platformPaymentPhrase: Phrase? {
        switch self {
        case .platformAmountDiffers:
            Phrase(
                vi: "Giao dịch {transaction}: nền tảng ghi {found}, sổ ghi {expected}.",
                en: "Transaction {transaction}: the platform has {found}, the books {expected}."
            )
        case .platformTransactionDiffers:
            Phrase(
                vi: "Mã {reference}: nền tảng ghi giao dịch {transaction}, sổ ghi {name}: có thể đã trả hai lần.",
                en:
                    "{reference}: the platform has transaction {transaction}, the books {name}: perhaps it was paid twice."
            )
        case .platformSaysUnpaid:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}, đã vào sổ mà nền tảng ghi là chưa thành công.",
                en: "Transaction {transaction} of {amount} is in the books, and the platform has it as not paid."
            )
        case .platformRowMissing:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}, đã vào sổ mà tệp ngày {day} của nền tảng không có.",
                en: "Transaction {transaction} of {amount} is in the books and not in the platform's file of {day}."
            )
        case .platformNeverAnswered:
            Phrase(
                vi:
                    "Lần thanh toán {reference}, {amount}, bắt đầu {at}: nền tảng không cho biết kết quả sau nhiều ngày hỏi.",
                en:
                    "Attempt {reference} of {amount}, begun {at}: the platform was asked for days and never said what became of it."
            )
        default: nil
        }
    }
}
