import Values

extension Reason.Code {
    /// What became of a notice.
    var noticePhrase: Phrase? {
        switch self {
        case .paidInFull:
            Phrase(
                vi: "Đã nhận {amount} cho {reference}: đủ số phải nộp {due}.",
                en: "Received {amount} for {reference}: the amount due of {due} is paid in full."
            )
        case .paidInPart:
            Phrase(
                vi: "Đã nhận {amount} cho {reference}; còn phải nộp {remaining}.",
                en: "Received {amount} for {reference}; {remaining} remains to be paid."
            )
        case .paidWithExcess:
            Phrase(
                vi:
                    "Đã nhận {amount} cho {reference} khi chỉ còn phải nộp {expected}: thừa {excess}, đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "Received {amount} for {reference} when only {expected} remained: the excess of {excess} was posted to the suspense account."
            )
        case .paidAlready:
            Phrase(
                vi: "{reference} không còn phải nộp nữa; {amount} nhận thêm đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "Nothing remained to be paid for {reference}; the further {amount} was posted to the suspense account."
            )
        case .requestCancelled:
            Phrase(
                vi: "{reference} đã bị hủy trước khi tiền đến; {amount} đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "{reference} had been cancelled before the money arrived; {amount} was posted to the suspense account."
            )
        case .paidByRenewal:
            Phrase(
                vi:
                    "{reference} đã hết hạn và {renewal}, cùng khoản thu, đã nhận tiền; {amount} đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "{reference} had expired and {renewal}, for the same charge, has been paid; {amount} was posted to the suspense account."
            )
        case .expiredBeyondGrace:
            Phrase(
                vi:
                    "{reference} hết hạn lúc {expires_at}, tiền đến lúc {at}, quá thời gian gia hạn; {amount} đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "{reference} expired at {expires_at} and the money arrived at {at}, after the grace period; {amount} was posted to the suspense account."
            )
        case .priceChanged:
            Phrase(
                vi:
                    "{reference} hết hạn lúc {expires_at} và mức thu đã thay đổi trước khi tiền đến; {amount} đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "{reference} expired at {expires_at} and its price changed before the money arrived; {amount} was posted to the suspense account."
            )
        case .referenceMissing:
            Phrase(
                vi:
                    "Thông báo không mang mã thanh toán nào của hệ thống; {amount} đã hạch toán vào tài khoản chờ xử lý.",
                en: "The notice carries no reference that is known; {amount} was posted to the suspense account."
            )
        case .requestOfOtherAccount:
            Phrase(
                vi:
                    "{reference} thu vào tài khoản {account}, nhưng tiền đến tài khoản {other_account}; {amount} đã hạch toán vào tài khoản chờ xử lý của tài khoản nhận tiền.",
                en:
                    "{reference} collects on account {account}, but the money arrived on account {other_account}; {amount} was posted to the suspense account of the account that received it."
            )
        case .noticeRepeated:
            Phrase(
                vi: "Giao dịch {transaction} đã được báo với cùng nội dung; không thay đổi gì.",
                en: "Transaction {transaction} was already reported with the same content; nothing changes."
            )
        case .noticeConflicts:
            Phrase(
                vi:
                    "Giao dịch {transaction} đã được báo với nội dung khác; thông báo này bị từ chối và được ghi thành vụ việc.",
                en:
                    "Transaction {transaction} was already reported with different content; this notice is refused and recorded as a case."
            )
        case .noticeOfOtherAccount:
            Phrase(
                vi:
                    "Giao dịch {transaction} đã được báo cho tài khoản {account}, nay được báo cho tài khoản {other_account}; thông báo này bị từ chối và được ghi thành vụ việc.",
                en:
                    "Transaction {transaction} was already reported for account {account} and is now reported for account {other_account}; this notice is refused and recorded as a case."
            )
        case .noticeIsNotCredit:
            Phrase(
                vi: "Giao dịch {transaction} không phải khoản tiền vào thành công; đã ghi nhận, không hạch toán.",
                en: "Transaction {transaction} is not a successful credit; it was recorded and nothing was posted."
            )
        case .transferCounted:
            Phrase(
                vi: "Giao dịch {transaction} đã được hạch toán từ một nguồn khác; không thay đổi gì.",
                en: "Transaction {transaction} was already posted from another source; nothing changes."
            )
        case .counterPaymentShown:
            Phrase(
                vi: "Ngân hàng báo có {amount} mà quầy đã ghi cho {reference}; tiền rời tài khoản trung gian.",
                en: "The bank reports the {amount} that a counter entered for {reference}; it leaves clearing."
            )
        case .recoveryConfirmedByNotice:
            Phrase(
                vi: "{amount} cho {reference} đã được ghi nhận từ sao kê; thông báo này xác nhận khoản đó.",
                en: "{amount} for {reference} was already recovered from a statement; this notice confirms it."
            )
        case .paidFromLine:
            Phrase(
                vi: "{amount} của dòng sao kê {line_id} nằm ở tài khoản chờ xử lý; nay thanh toán cho {reference}.",
                en: "{amount} of line {line_id} lay in the suspense account; it now pays {reference}."
            )
        case .lineDecided:
            Phrase(
                vi: "Dòng sao kê {line_id} đã mang khoản {amount} này vào sổ; không thay đổi gì.",
                en: "Line {line_id} already brought these {amount} into the books; nothing changes."
            )
        default: nil
        }
    }
}
