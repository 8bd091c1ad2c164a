import Values

extension Reason.Code {
    /// What would become of a line, in a preview: nothing has been done yet. `nil` where the sentence tells of nothing done.
    var outlookPhrase: Phrase? { placedOutlookPhrase ?? paidOutlookPhrase ?? openOutlookPhrase }

    /// Lines whose payment is known.
    private var placedOutlookPhrase: Phrase? {
        switch self {
        case .lineMatchesNotice:
            Phrase(
                vi: "Sẽ khớp với thông báo của ngân hàng: cùng giao dịch {transaction}, cùng số tiền {amount}.",
                en: "Will match a notice: same transaction {transaction}, same amount {amount}."
            )
        case .lineMatchesReference:
            Phrase(
                vi: "Sẽ khớp theo mã thanh toán {reference}: thông báo của ngân hàng báo cùng số tiền {amount}.",
                en: "Will match by reference {reference}: a notice reported the same amount of {amount}."
            )
        case .lineShowsSlip:
            Phrase(
                vi:
                    "Nội dung của dòng sao kê {amount} có số phiếu {transaction} mà quầy đã ghi; tiền sẽ chuyển từ tài khoản trung gian sang ngân hàng.",
                en:
                    "The memo of the line of {amount} has the slip number {transaction} that a counter had entered; the money will leave the clearing account."
            )
        case .lineShowsCounterPayment:
            Phrase(
                vi: "Dòng sao kê {amount} là khoản quầy đã ghi; tiền sẽ chuyển từ tài khoản trung gian sang ngân hàng.",
                en: "The line of {amount} is what a counter had entered; the money will leave the clearing account."
            )
        case .refundNamedByLine:
            Phrase(
                vi:
                    "Khoản hoàn {refund}, {amount}, sẽ được ghi là đã rời ngân hàng: dòng mang dấu hiệu của khoản hoàn.",
                en: "Refund {refund} of {amount} will be booked as gone: the line carries its mark."
            )
        case .refundFoundByBeneficiary:
            Phrase(
                vi:
                    "Khoản hoàn {refund}, {amount}, sẽ được ghi là đã rời ngân hàng: chỉ khoản này có cùng số tiền và tài khoản nhận.",
                en:
                    "Refund {refund} of {amount} will be booked as gone: it alone has this amount and beneficiary account."
            )
        case .remittanceNamedByLine:
            Phrase(
                vi:
                    "Lệnh nộp ngân sách {reference}, {amount}, sẽ được ghi là đã rời ngân hàng: dòng mang dấu hiệu của lệnh.",
                en:
                    "The order {reference} of {amount} to the Treasury will be booked as gone: the line carries its mark."
            )
        case .remittanceFoundByRows:
            Phrase(
                vi:
                    "Lệnh nộp ngân sách {reference}, {amount}, sẽ được ghi là đã rời ngân hàng: chỉ lệnh này có các dòng chương, tiểu mục và số tiền đó.",
                en:
                    "The order {reference} of {amount} to the Treasury will be booked as gone: it alone has these chapters, sub-items and amounts."
            )
        default: nil
        }
    }

    /// Lines that pay without a notice.
    private var paidOutlookPhrase: Phrase? {
        switch self {
        case .linePaysRequest:
            Phrase(
                vi:
                    "Không có thông báo; dòng mang mã {reference} và đúng số còn phải nộp {amount}: sẽ ghi nhận từ sao kê.",
                en:
                    "No notice; the line carries {reference} and exactly the {amount} that remains: it will be recovered from the statement."
            )
        case .linePaysSeveralRequests:
            Phrase(
                vi:
                    "Không có thông báo; dòng mang {requests} mã thanh toán và đúng tổng còn phải nộp {amount}: sẽ ghi nhận từ sao kê.",
                en:
                    "No notice; the line names {requests} requests and brings exactly the {amount} that remains for all of them: it will be recovered from the statement."
            )
        case .linePaysBasket:
            Phrase(
                vi:
                    "Không có thông báo; dòng mang mã giỏ {reference} và đúng tổng còn phải nộp {amount} của {requests} hồ sơ theo thứ tự: sẽ ghi nhận từ sao kê.",
                en:
                    "No notice; the line names basket {reference} and brings exactly the {amount} that remains for {requests} of its requests in their order: it will be recovered from the statement."
            )
        case .linesPayTogether:
            Phrase(
                vi:
                    "Không có thông báo; {lines} dòng mang mã {reference} cộng lại đúng số còn phải nộp {total}: sẽ ghi nhận từ sao kê.",
                en:
                    "No notice; {lines} lines that carry {reference} add up to exactly the {total} that remains: they will be recovered from the statement."
            )
        case .lineAwaitsConfirmation:
            Phrase(
                vi:
                    "Dòng mang mã {reference} và khớp số còn phải nộp; {amount} sẽ nằm ở tài khoản chờ xử lý cho đến khi người khác xác nhận.",
                en:
                    "The line carries {reference} and fits what remains to be paid; its {amount} will stay in the suspense account until another person confirms."
            )
        default: nil
        }
    }

    /// Lines that a person will have to look at.
    private var openOutlookPhrase: Phrase? {
        switch self {
        case .lineRepeated:
            Phrase(
                vi: "Giao dịch {transaction}, {amount}, đã có ở một dòng trước; dòng này sẽ không hạch toán.",
                en:
                    "Transaction {transaction} of {amount} already stands in an earlier line; nothing will be posted for this one."
            )
        case .lineAmountDiffers:
            Phrase(
                vi:
                    "Sao kê có {line}, thông báo của ngân hàng báo {notice}: lệch {difference}, sẽ hạch toán vào tài khoản chờ xử lý.",
                en:
                    "The statement shows {line}, the bank's notice reported {notice}: the difference of {difference} will be posted to the suspense account."
            )
        case .noticeHasAnotherLine:
            Phrase(
                vi:
                    "Thông báo của giao dịch {transaction} khớp với dòng khác; {amount} của dòng này sẽ hạch toán vào tài khoản chờ xử lý.",
                en:
                    "The notice of transaction {transaction} goes with another line; the {amount} of this one will be posted to the suspense account."
            )
        case .lineRepeatsPayment:
            Phrase(
                vi:
                    "{reference} đã được thanh toán đủ; dòng này lại mang đúng {amount}: có thể nộp hai lần, sẽ hạch toán vào tài khoản chờ xử lý.",
                en:
                    "{reference} is already paid in full and this line brings its {amount} again: possibly paid twice, it will be posted to the suspense account."
            )
        case .lineAmountUnexpected:
            Phrase(
                vi:
                    "Dòng mang mã {reference} với {line}, nhưng còn phải nộp {remaining}; sẽ hạch toán vào tài khoản chờ xử lý.",
                en:
                    "The line carries {reference} with {line}, but {remaining} remains to be paid; it will be posted to the suspense account."
            )
        case .lineRequestClosed:
            Phrase(
                vi:
                    "Dòng mang mã {reference}, nhưng yêu cầu đó không còn nhận tiền ({state}); {amount} sẽ hạch toán vào tài khoản chờ xử lý.",
                en:
                    "The line carries {reference}, but that request no longer accepts payments ({state}); {amount} will be posted to the suspense account."
            )
        default: suspenseOutlookPhrase
        }
    }

    private var suspenseOutlookPhrase: Phrase? {
        switch self {
        case .lineOfOtherAccount:
            Phrase(
                vi:
                    "{reference} thu vào tài khoản {account}, không phải tài khoản của sao kê này; {amount} sẽ hạch toán vào tài khoản chờ xử lý.",
                en:
                    "{reference} collects on account {account}, not on the account of this statement; {amount} will be posted to the suspense account."
            )
        case .lineWithoutReference:
            Phrase(
                vi:
                    "Không có mã thanh toán nào của hệ thống và không khớp thông báo nào; {amount} sẽ hạch toán vào tài khoản chờ xử lý.",
                en: "No known reference and no notice that fits; {amount} will be posted to the suspense account."
            )
        case .debitUnexplained:
            Phrase(
                vi: "Tiền ra {amount} không khớp khoản hoàn nào; sẽ hạch toán giảm tài khoản chờ xử lý.",
                en: "A debit of {amount} that no refund explains; it will be taken out of the suspense account."
            )
        default: nil
        }
    }
}
