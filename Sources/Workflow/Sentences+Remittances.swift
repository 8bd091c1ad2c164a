import Values

extension Reason.Code {
    /// Orders to the State Treasury.
    var remittancePhrase: Phrase? { remittanceRefusalPhrase ?? remittanceLinePhrase }

    private var remittanceRefusalPhrase: Phrase? {
        switch self {
        case .nothingToRemit:
            Phrase(
                vi: "Không có khoản nào phải nộp ngân sách đến hết ngày {day}.",
                en: "Nothing is to be remitted by the end of {day}."
            )
        case .remittanceWithoutCode:
            Phrase(
                vi: "Khoản “{name}” chưa có tiểu mục ngân sách trong danh mục: hãy bổ sung budget_code.",
                en: "The catalogue has no budget sub-item for “{name}”: give its budget_code."
            )
        case .remittanceTooLong:
            Phrase(
                vi: "Lệnh có {lines} dòng, nhiều hơn 100: hãy chọn hạn nộp sớm hơn.",
                en: "The order has {lines} lines, more than 100: choose an earlier deadline."
            )
        case .remittanceExceeds:
            Phrase(
                vi:
                    "Lệnh {reference} nộp thừa {excess} ở tiểu mục {category}, vì đã có khoản hoàn sau khi lập: hãy từ chối và lập lại.",
                en:
                    "The order {reference} pays {excess} too much for the sub-item {category}, since something went back after it was made: reject it and make another."
            )
        case .agencyRemitsElsewhere:
            Phrase(
                vi:
                    "Cơ quan {agency} chưa khai báo thông tin nộp kho bạc: hãy chạy khop remittance payer {agency}.",
                en: "The agency {agency} has not said how it pays the Treasury: run khop remittance payer {agency}."
            )
        case .remitsSince:
            Phrase(
                vi: "Cơ quan {agency} nộp ngân sách qua Khớp từ ngày {day}; ngày này không đổi được.",
                en: "The agency {agency} remits here since {day}; that day does not change."
            )
        case .makerCannotApprove:
            Phrase(
                vi: "Bạn đã lập lệnh {reference}: phải do người khác duyệt.",
                en: "You made the order {reference}: another person approves it."
            )
        case .approverCannotTakeOrder:
            Phrase(
                vi: "Bạn đã duyệt lệnh {reference}: phải do người khác mang lệnh đến ngân hàng.",
                en: "You approved the order {reference}: another person takes it to the bank."
            )
        case .takerCannotReturn:
            Phrase(
                vi: "Bạn đã mang lệnh {reference} đến ngân hàng: phải do người khác ghi nhận bị trả lại.",
                en: "You took the order {reference} to the bank: another person says that it came back."
            )
        case .orderNotTaken:
            Phrase(
                vi: "Lệnh {reference} chưa được gửi ngân hàng: tệp chỉ có sau khi gửi.",
                en: "The order {reference} was not taken to the bank yet: its file exists from then on."
            )
        default: nil
        }
    }

    private var remittanceLinePhrase: Phrase? {
        switch self {
        case .remittanceNamedByLine:
            Phrase(
                vi: "Lệnh nộp ngân sách {reference}, {amount}, đã rời ngân hàng: dòng mang dấu hiệu của lệnh.",
                en: "The order {reference} of {amount} to the Treasury left the bank: the line carries its mark."
            )
        case .remittanceFoundByRows:
            Phrase(
                vi:
                    "Lệnh nộp ngân sách {reference}, {amount}, đã rời ngân hàng: chỉ lệnh này có các dòng chương, tiểu mục và số tiền đó.",
                en:
                    "The order {reference} of {amount} to the Treasury left the bank: it alone has these chapters, sub-items and amounts."
            )
        case .remittanceOverdue:
            Phrase(
                vi: "Cơ quan {agency} chậm nộp ngân sách {amount}, hạn sớm nhất là {at}. Hãy lập lệnh nộp.",
                en: "The agency {agency} has not remitted {amount}, the first of it due by {at}. Make an order."
            )
        default: nil
        }
    }
}
