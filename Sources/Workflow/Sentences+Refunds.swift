import Values

extension Reason.Code {
    var refundPhrase: Phrase? { refundMoneyPhrase ?? payeePhrase }

    /// What a refund takes, and why it may not.
    private var refundMoneyPhrase: Phrase? {
        switch self {
        case .moneyGoesBack:
            Phrase(
                vi: "Hoàn {amount}: {suspense} từ tài khoản chờ xử lý, {fee} từ số đã thu.",
                en:
                    "{amount} goes back: {suspense} from the suspense account, {fee} from what was received for the fee."
            )
        case .refundExceeds:
            Phrase(
                vi: "{amount} nhiều hơn {remaining} có thể hoàn: hãy đề nghị số đó hoặc ít hơn.",
                en: "{amount} is more than the {remaining} that can be refunded: ask for that or less."
            )
        case .nothingToRefund:
            Phrase(
                vi: "Không còn gì để hoàn trong số đã nhận cho {reference}.",
                en: "Nothing that was received for {reference} is left to refund."
            )
        case .caseHoldsNothingToRefund:
            Phrase(
                vi: "Vụ việc {case_id} không giữ khoản tiền vào nào: hãy hoàn từ số đã nhận cho yêu cầu của nó.",
                en:
                    "Case {case_id} holds no money that came in: refund what was received for its request instead."
            )
        case .requestMayStillBePaid:
            Phrase(
                vi:
                    "{reference} còn có thể được thanh toán đến {expires_at}: hãy hoàn sau lúc đó, hoặc hủy và hoàn cùng lúc (khop request cancel --refund).",
                en:
                    "{reference} may still be paid until {expires_at}: refund it after that, or cancel and refund it at once (khop request cancel --refund)."
            )
        case .requestHoldsMoney:
            Phrase(
                vi:
                    "{reference} đã nhận {received}: hãy hủy và hoàn cùng lúc (khop request cancel --refund; \"refund\" trong yêu cầu HTTP).",
                en:
                    "{received} was received for {reference}: cancel and refund it at once (khop request cancel --refund; \"refund\" over HTTP)."
            )
        case .feeRefundableIfNotEligible:
            Phrase(
                vi: "{name} chỉ được hoàn khi hồ sơ không đủ điều kiện: hãy nêu lý do not_eligible.",
                en:
                    "{name} is refundable only if the application was found not eligible: say so with the reason not_eligible."
            )
        case .refundPaidAgain:
            Phrase(
                vi:
                    "Sau khi đề nghị khoản hoàn {refund}, {reference} đã được nộp lại: số tiền này phải hoàn, không từ chối được. Hãy duyệt và chi trả.",
                en:
                    "{reference} was paid again after refund {refund} was asked for: this money has to go back and the refund cannot be rejected. Approve and execute it."
            )
        case .feeNeverRefunded:
            Phrase(
                vi:
                    "{name} không bao giờ được hoàn (refund_policy never); chỉ hoàn tiền không phải nộp: nộp thừa, nộp trùng, nộp muộn.",
                en:
                    "{name} is never refunded (refund_policy never); only money that was never owed goes back: an excess, a duplicate, a late payment."
            )
        default: nil
        }
    }

    /// Where a refund goes, and who does what with it.
    private var payeePhrase: Phrase? {
        switch self {
        case .payeeMissing:
            Phrase(
                vi:
                    "Chưa biết hoàn {amount} cho ai: hãy nêu người thụ hưởng (bank_bin, account_number, name), hoặc nói rõ là chi trả ngoài tệp (paid_by_hand).",
                en:
                    "Nobody said who gets the {amount}: name the beneficiary (bank_bin, account_number, name), or say that it is paid by hand (paid_by_hand)."
            )
        case .payeeBankUnknown:
            Phrase(
                vi: "{target} không có trong danh sách ngân hàng của NAPAS: cần 6 chữ số, ví dụ 970436.",
                en: "{target} is not in NAPAS's list of banks: 6 digits are needed, such as 970436."
            )
        case .payeeAccountMalformed:
            Phrase(
                vi: "{account} không phải số tài khoản: cần 6 đến 19 chữ cái và chữ số, không có dấu cách.",
                en: "{account} is not the number of an account: 6 to 19 letters and digits, without spaces."
            )
        case .payeeNameMissing:
            Phrase(
                vi:
                    "Tài khoản thụ hưởng {account} cần tên chủ tài khoản, từ 1 đến 70 ký tự, bắt đầu bằng chữ cái hoặc chữ số.",
                en:
                    "The beneficiary's account {account} needs the name of its holder, 1 to 70 characters, the first a letter or a digit."
            )
        case .approvalNamesNoPayee:
            Phrase(
                vi:
                    "Khoản hoàn {refund} đi đến nơi đã đề nghị; người duyệt không nêu người thụ hưởng. Muốn đổi: từ chối khoản này rồi đề nghị lại.",
                en:
                    "Refund {refund} goes where it was asked to go; approval names no beneficiary. To change it, reject this one and request again."
            )
        case .requesterCannotApprove:
            Phrase(
                vi: "Khoản hoàn {refund} do chính bạn đề nghị; cần người khác duyệt.",
                en: "You asked for refund {refund} yourself; another person approves it."
            )
        case .refundWithoutPayee:
            Phrase(
                vi:
                    "Khoản hoàn {refund}, {amount}, chưa có người thụ hưởng nên không chi trả được: hãy từ chối rồi đề nghị lại, nêu người thụ hưởng hoặc paid_by_hand.",
                en:
                    "Refund {refund} of {amount} has no beneficiary and cannot be paid: reject it and request again, with a beneficiary or paid_by_hand."
            )
        case .refundPaidByHand:
            Phrase(
                vi: "Khoản hoàn {refund}, {amount}, được chi trả ngoài tệp.",
                en: "Refund {refund} of {amount} is paid by hand, outside the file."
            )
        case .approverCannotTakeFile:
            Phrase(
                vi: "Khoản hoàn {refund}, {amount}, do chính bạn duyệt; người khác lấy tệp chi trả.",
                en: "You approved refund {refund} of {amount} yourself; another person takes the payment file."
            )
        default: deciderPhrase
        }
    }

    /// Who else decides about a refund.
    private var deciderPhrase: Phrase? {
        switch self {
        case .refundNeedsThirdPerson:
            Phrase(
                vi:
                    "Khoản hoàn {refund}, {amount}, vượt hạn mức của một người duyệt; {actor} đã duyệt, cần thêm một người duyệt nữa.",
                en:
                    "Refund {refund} of {amount} is above what one approver may approve; {actor} has approved it, and another approver must as well."
            )
        case .refundNeedsRequester:
            Phrase(
                vi:
                    "Khoản hoàn {refund}, {amount}, do một chương trình đề nghị: một cán bộ tài chính phải nhận đề nghị này trước khi duyệt (khop refund adopt).",
                en:
                    "Refund {refund} of {amount} was asked for by a program: a finance person takes the request over before it is approved (khop refund adopt)."
            )
        case .refundHasRequester:
            Phrase(
                vi: "Khoản hoàn {refund} đã có người đề nghị: {actor}.",
                en: "A person already stands behind the request for refund {refund}: {actor}."
            )
        case .approvedAlready:
            Phrase(
                vi: "Bạn đã duyệt khoản hoàn {refund}; cần một người duyệt khác.",
                en: "You have approved refund {refund} already; another approver is needed."
            )
        case .standInCannotDecide:
            Phrase(
                vi:
                    "Bạn được {actor} ủy quyền nên không được quyết định về việc mà {actor} đã đề nghị hoặc duyệt; cần người khác.",
                en:
                    "You stand in for {actor}, so you decide nothing that {actor} asked for or approved; it takes another person."
            )
        default: nil
        }
    }
}
