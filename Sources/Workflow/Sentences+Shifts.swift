import Values

extension Reason.Code {
    /// Shifts of cashiers.
    var shiftPhrase: Phrase? {
        switch self {
        case .shiftNeeded:
            Phrase(
                vi: "Bạn chưa mở ca thu của cơ quan {agency}: hãy mở ca trước khi thu tiền mặt.",
                en: "You have no open shift at the drawer of {agency}: open one before you take cash."
            )
        case .shiftOpenAlready:
            Phrase(
                vi: "Bạn đang có một ca thu mở của cơ quan {agency}: hãy đóng ca đó trước.",
                en: "You have an open shift at the drawer of {agency}: close it first."
            )
        case .shiftOfAnother:
            Phrase(
                vi: "Ca thu này của {actor}: chỉ người đó thu, hoàn và kiểm đếm được.",
                en: "This shift is {actor}'s, who alone takes, gives back and counts in it."
            )
        case .cashTooLittle:
            Phrase(
                vi: "Người nộp đưa {received}, ít hơn số phải nộp {due}.",
                en: "The payer handed over {received}, less than the {due} that is due."
            )
        case .shiftUnexplained:
            Phrase(
                vi: "Đếm được {found}, nhưng theo sổ phải có {expected}: hãy đếm lại, hoặc giải trình khoản lệch.",
                en: "{found} was counted, but {expected} should be there: count again, or explain the difference."
            )
        case .shiftOwnDifference:
            Phrase(
                vi: "Đây là ca của bạn: khoản lệch {difference} phải do người khác duyệt.",
                en: "This is your own shift: somebody else decides on its difference of {difference}."
            )
        case .depositDiffers:
            Phrase(
                vi: "Các ca này phải nộp {expected}, không phải {amount}.",
                en: "{expected} is to be carried to the bank from these shifts, not {amount}."
            )
        case .shiftDeposited:
            Phrase(
                vi: "Tiền của ca này đã được nộp ngân hàng, trong một khoản nộp {amount}.",
                en: "The cash of this shift was carried to the bank already, in a deposit of {amount}."
            )
        case .refundNotByHand:
            Phrase(
                vi:
                    "Khoản hoàn {refund} không chi bằng tiền mặt tại quầy này được: phải là khoản đã thực hiện, trả trực tiếp, của cơ quan này, và chưa chi.",
                en:
                    "Refund {refund} cannot be handed out of this drawer: it must be executed, paid by hand, of this agency, and not paid yet."
            )
        case .drawerHoldsLess:
            Phrase(
                vi: "Ngăn tiền chỉ có {expected}, không đủ chi {amount}.",
                en: "The drawer holds {expected}, less than the {amount} to give back."
            )
        default: nil
        }
    }
}
