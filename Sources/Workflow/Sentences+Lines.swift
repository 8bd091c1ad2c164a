import Values

extension Reason.Code {
    /// What became of a line.
    var linePhrase: Phrase? { placedLinePhrase ?? openLinePhrase }

    /// Lines whose payment was found.
    private var placedLinePhrase: Phrase? {
        switch self {
        case .lineMatchesNotice:
            Phrase(
                vi: "Khớp với thông báo của ngân hàng: cùng giao dịch {transaction}, cùng số tiền {amount}.",
                en: "Matches a notice: same transaction {transaction}, same amount {amount}."
            )
        case .lineShowsSlip:
            Phrase(
                vi:
                    "Nội dung của dòng sao kê {amount} có số phiếu {transaction} mà quầy đã ghi; tiền chuyển từ tài khoản trung gian sang ngân hàng.",
                en:
                    "The memo of the line of {amount} has the slip number {transaction} that a counter had entered; the money leaves the clearing account."
            )
        case .lineShowsCounterPayment:
            Phrase(
                vi: "Dòng sao kê {amount} là khoản quầy đã ghi; tiền chuyển từ tài khoản trung gian sang ngân hàng.",
                en: "The line of {amount} is what a counter had entered; the money leaves the clearing account."
            )
        case .lineMatchesReference:
            Phrase(
                vi: "Khớp theo mã thanh toán {reference}: thông báo của ngân hàng báo cùng số tiền {amount}.",
                en: "Matches by reference {reference}: a notice reported the same amount of {amount}."
            )
        case .linePaysRequest:
            Phrase(
                vi:
                    "Không có thông báo; dòng mang mã {reference} và đúng số còn phải nộp {amount}: đã ghi nhận từ sao kê.",
                en:
                    "No notice; the line carries {reference} and exactly the {amount} that remained: recovered from the statement."
            )
        case .linePaysSeveralRequests:
            Phrase(
                vi:
                    "Không có thông báo; dòng mang {requests} mã thanh toán và đúng tổng còn phải nộp {amount}: đã ghi nhận từ sao kê.",
                en:
                    "No notice; the line names {requests} requests and brings exactly the {amount} that remained for all of them: recovered from the statement."
            )
        case .linePaysBasket:
            Phrase(
                vi:
                    "Không có thông báo; dòng mang mã giỏ {reference} và đúng tổng còn phải nộp {amount} của {requests} hồ sơ theo thứ tự: đã ghi nhận từ sao kê.",
                en:
                    "No notice; the line names basket {reference} and brings exactly the {amount} that remained for {requests} of its requests in their order: recovered from the statement."
            )
        case .linesPayTogether:
            Phrase(
                vi:
                    "Không có thông báo; {lines} dòng mang mã {reference} cộng lại đúng số còn phải nộp {total}: đã ghi nhận từ sao kê.",
                en:
                    "No notice; {lines} lines that carry {reference} add up to exactly the {total} that remained: recovered from the statement."
            )
        case .lineAwaitsConfirmation:
            Phrase(
                vi:
                    "Dòng mang mã {reference} và khớp số còn phải nộp; {amount} nằm ở tài khoản chờ xử lý cho đến khi người khác xác nhận.",
                en:
                    "The line carries {reference} and fits what remained to be paid; its {amount} stay in the suspense account until another person confirms."
            )
        case .linePaysOut:
            Phrase(
                vi: "Cổng thanh toán chuyển gộp {count} khoản ngày {day}, tổng {total}, trừ phí {gateway_fee}.",
                en: "The gateway paid out {count} payments of {day}, {total} in all, less its fee of {gateway_fee}."
            )
        case .refundNamedByLine:
            Phrase(
                vi: "Khoản hoàn {refund}, {amount}, đã rời ngân hàng: dòng mang dấu hiệu của khoản hoàn.",
                en: "Refund {refund} of {amount} left the bank: the line carries its mark."
            )
        case .refundFoundByBeneficiary:
            Phrase(
                vi: "Khoản hoàn {refund}, {amount}, đã rời ngân hàng: chỉ khoản này có cùng số tiền và tài khoản nhận.",
                en: "Refund {refund} of {amount} left the bank: it alone has this amount and beneficiary account."
            )
        default: nil
        }
    }

    /// Lines that a person must look at.
    private var openLinePhrase: Phrase? {
        switch self {
        case .lineRepeated:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}, đã có ở một dòng trước; dòng này không hạch toán.",
                en:
                    "Transaction {transaction} of {amount} already stands in an earlier line; nothing was posted for this one."
            )
        case .lineAmountDiffers:
            Phrase(
                vi:
                    "Sao kê có {line}, thông báo của ngân hàng báo {notice}: lệch {difference}, đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "The statement shows {line}, the bank's notice reported {notice}: the difference of {difference} was posted to the suspense account."
            )
        case .noticeHasAnotherLine:
            Phrase(
                vi:
                    "Thông báo của giao dịch {transaction} đã khớp với dòng khác; {amount} của dòng này đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "The notice of transaction {transaction} is matched with another line; the {amount} of this one was posted to the suspense account."
            )
        case .lineRepeatsPayment:
            Phrase(
                vi:
                    "{reference} đã được thanh toán đủ; dòng này lại mang đúng {amount}: có thể nộp hai lần, đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "{reference} is already paid in full and this line brings its {amount} again: possibly paid twice, posted to the suspense account."
            )
        case .lineAmountUnexpected:
            Phrase(
                vi:
                    "Dòng mang mã {reference} với {line}, nhưng còn phải nộp {remaining}; đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "The line carries {reference} with {line}, but {remaining} remains to be paid; it was posted to the suspense account."
            )
        case .lineRequestClosed:
            Phrase(
                vi:
                    "Dòng mang mã {reference}, nhưng yêu cầu đó không còn nhận tiền ({state}); {amount} đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "The line carries {reference}, but that request no longer accepts payments ({state}); {amount} was posted to the suspense account."
            )
        case .lineOfOtherAccount:
            Phrase(
                vi:
                    "{reference} thu vào tài khoản {account}, không phải tài khoản của sao kê này; {amount} đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "{reference} collects on account {account}, not on the account of this statement; {amount} was posted to the suspense account."
            )
        case .lineWithoutReference:
            Phrase(
                vi:
                    "Không có mã thanh toán nào của hệ thống và không khớp thông báo nào; {amount} đã hạch toán vào tài khoản chờ xử lý.",
                en: "No known reference and no notice that fits; {amount} was posted to the suspense account."
            )
        case .debitUnexplained:
            Phrase(
                vi: "Tiền ra {amount} không khớp khoản hoàn nào; đã hạch toán giảm tài khoản chờ xử lý.",
                en: "A debit of {amount} that no refund explains; it was taken out of the suspense account."
            )
        case .recoveryNotConfirmed:
            Phrase(
                vi:
                    "Dòng mang mã {reference} với {amount}, nhưng {actor} không xác nhận, với lý do “{note}”; tiền vẫn ở tài khoản chờ xử lý.",
                en:
                    "The line carries {reference} with {amount}, but {actor} did not confirm it and gave the reason “{note}”; the money stays in the suspense account."
            )
        default: nil
        }
    }
}
