import Values

extension Reason.Code {
    var casePhrase: Phrase? { caseMovePhrase ?? caseRefusalPhrase ?? caseTargetPhrase ?? caseProposalPhrase }

    /// What is done with the money of a case.
    private var caseMovePhrase: Phrase? {
        switch self {
        case .casePaysRequest:
            Phrase(
                vi: "{amount} của vụ việc {case_id} chuyển từ tài khoản chờ xử lý sang thanh toán cho {reference}.",
                en: "{amount} of case {case_id} leaves the suspense account and pays {reference}."
            )
        case .casePaysRequests:
            Phrase(
                vi:
                    "{total} của vụ việc {case_id} chuyển từ tài khoản chờ xử lý sang thanh toán cho {requests} yêu cầu.",
                en: "{total} of case {case_id} leaves the suspense account and pays {requests} requests."
            )
        case .caseConfirmsPayment:
            Phrase(
                vi:
                    "Dòng sao kê của vụ việc {case_id} xác nhận khoản {amount} đã vào sổ cho {reference}; bút toán lần hai được đảo lại.",
                en:
                    "The line of case {case_id} confirms the {amount} that were posted for {reference}; what was posted a second time is taken back."
            )
        case .caseConfirmsRefund:
            Phrase(
                vi: "Dòng tiền ra {amount} của vụ việc {case_id} là khoản hoàn {refund}.",
                en: "The debit of {amount} of case {case_id} is the refund {refund}."
            )
        case .caseGoesBack:
            Phrase(
                vi: "{amount} của vụ việc {case_id} được hoàn lại.",
                en: "{amount} of case {case_id} goes back."
            )
        case .caseWrittenOffAsGain:
            Phrase(
                vi: "{amount} của vụ việc {case_id} được ghi vào thu nhập khác.",
                en: "{amount} of case {case_id} is written off as a gain."
            )
        case .caseWrittenOffAsLoss:
            Phrase(
                vi: "{amount} của vụ việc {case_id} được ghi vào tổn thất.",
                en: "{amount} of case {case_id} is written off as a loss."
            )
        default: nil
        }
    }

    /// What a case does not allow.
    private var caseRefusalPhrase: Phrase? {
        switch self {
        case .caseHoldsMoney:
            Phrase(
                vi:
                    "Vụ việc {case_id} còn {suspense} ở tài khoản chờ xử lý nên không thể kết thúc: hãy hạch toán, hoàn lại hoặc xử lý vào thu nhập, chi phí số tiền này; việc đó cần hai người.",
                en:
                    "Case {case_id} holds {suspense} in the suspense account and cannot be dismissed: link that money, refund it or write it off, which takes two persons."
            )
        case .caseHoldsNothing:
            Phrase(
                vi:
                    "Vụ việc {case_id} không giữ tiền ở tài khoản chờ xử lý nên không có gì để chuyển: hãy tra soát ngân hàng hoặc kết thúc vụ việc.",
                en:
                    "Case {case_id} holds no money in the suspense account, so nothing can be moved: ask the bank, or dismiss it."
            )
        case .caseHoldsLess:
            Phrase(
                vi: "Vụ việc {case_id} còn {suspense}, ít hơn {amount}.",
                en: "Case {case_id} holds {suspense}, which is less than {amount}."
            )
        case .caseMoneyLeftBank:
            Phrase(
                vi:
                    "Vụ việc {case_id} là khoản {amount} đã rời ngân hàng: hãy gắn với khoản hoàn tương ứng hoặc xử lý vào thu nhập, chi phí.",
                en:
                    "Case {case_id} is of {amount} that left the bank: link it to the refund that it was, or write it off."
            )
        case .caseHasNoRequest:
            Phrase(
                vi: "Vụ việc {case_id} không có yêu cầu thanh toán nào: hãy gắn với một yêu cầu theo mã thanh toán.",
                en: "No request is known for case {case_id}: link it to one by its reference."
            )
        case .lineCountedSince:
            Phrase(
                vi:
                    "Thông báo của ngân hàng về giao dịch này đã vào sổ, {amount} của vụ việc {case_id} đã được tính ở đó: hãy tra soát ngân hàng hoặc xử lý vào thu nhập, chi phí.",
                en:
                    "A notice of this transfer has been posted since, and the {amount} of case {case_id} is counted there: ask the bank, or write it off."
            )
        default: nil
        }
    }

    /// Why the money cannot go to a target.
    private var caseTargetPhrase: Phrase? {
        switch self {
        case .linkNeedsRequest:
            Phrase(
                vi: "Hãy nêu yêu cầu thanh toán để gắn với vụ việc {case_id}, theo mã thanh toán hoặc mã định danh.",
                en: "Name the request to link case {case_id} to, by its reference or its id."
            )
        case .debitNeedsRefund:
            Phrase(
                vi:
                    "Hãy nêu mã định danh của khoản hoàn mà dòng tiền ra của vụ việc {case_id} thể hiện; `khop refund list --state executed` liệt kê các khoản đó.",
                en:
                    "Name the refund that the debit of case {case_id} was, by its id; `khop refund list --state executed` lists them."
            )
        case .debitIsNotRefund:
            Phrase(
                vi:
                    "Khoản hoàn {refund} {refund_state}, {amount} từ tài khoản {account}, không phải khoản {line} đã rời ngân hàng.",
                en:
                    "The refund {refund} is {refund_state}, of {amount} from account {account}; it is not the {line} that left the bank."
            )
        case .splitNeedsParts:
            Phrase(
                vi: "Hãy nêu các phần để chia vụ việc {case_id}: parts = [(reference, amount), …].",
                en: "Name the parts to split case {case_id} into: parts = [(reference, amount), …]."
            )
        case .splitRepeats:
            Phrase(vi: "{reference} có hai lần trong phép chia.", en: "{reference} stands in the split twice.")
        case .requestUnknown:
            Phrase(
                vi: "Không có yêu cầu thanh toán {target}: hãy nêu mã thanh toán hoặc mã định danh.",
                en: "There is no payment request {target}: give its reference or its id."
            )
        case .requestTakesNothing:
            Phrase(
                vi:
                    "{reference} {state}, không nhận thêm tiền: hãy gắn với yêu cầu khác, hoàn lại hoặc xử lý vào thu nhập, chi phí.",
                en:
                    "{reference} is {state} and accepts no more money: link the money to another request, refund it or write it off."
            )
        case .requestOnOtherAccount:
            Phrase(
                vi:
                    "{reference} thu vào tài khoản {account}, tiền này nằm ở tài khoản {other_account}: hãy hoàn lại cho người nộp.",
                en:
                    "{reference} collects on account {account}, and this money lies on account {other_account}: refund it to the payer."
            )
        case .requestWaitsForLess:
            Phrase(
                vi: "{reference} chỉ còn phải nộp {remaining}, ít hơn {amount}.",
                en: "Only {remaining} remains to be paid for {reference}, which is less than {amount}."
            )
        default: nil
        }
    }

    /// The second person.
    private var caseProposalPhrase: Phrase? {
        switch self {
        case .nothingProposed:
            Phrase(
                vi: "Vụ việc {case_id} không có đề xuất nào chờ duyệt.",
                en: "Nothing waits for approval on case {case_id}."
            )
        case .otherProposalWaits:
            Phrase(
                vi:
                    "Vụ việc {case_id} đang chờ duyệt đề xuất khác của {actor} ({action}): hãy duyệt đề xuất đó, hoặc rút lại rồi đề xuất cách này.",
                en:
                    "Another proposal by {actor} waits on case {case_id} ({action}): approve that one, or withdraw it and propose this."
            )
        case .proposalWaits:
            Phrase(
                vi:
                    "{actor} đã đề xuất {action} cho vụ việc {case_id} và đang chờ duyệt: chưa có gì được làm. Hãy xem đề xuất đó rồi duyệt, hoặc rút lại rồi đề xuất cách khác.",
                en:
                    "{actor} has proposed to {action} on case {case_id}, which awaits approval: nothing was done. Look at it and approve it, or withdraw it and propose another way."
            )
        case .caseRefundNeedsApprover:
            Phrase(
                vi:
                    "Đề xuất của vụ việc {case_id} hoàn lại {amount}: phải do người có vai trò Người duyệt tại địa bàn của vụ việc duyệt.",
                en:
                    "The proposal on case {case_id} sends back {amount}: it takes a person with the role Approver where the case is."
            )
        case .proposerCannotApprove:
            Phrase(
                vi:
                    "Đề xuất của vụ việc {case_id} ({action}) là của chính bạn; tiền chỉ được chuyển khi người khác duyệt.",
                en:
                    "The proposal on case {case_id} ({action}) is your own; money is moved when another person approves it."
            )
        case .proposalOutdated:
            Phrase(
                vi:
                    "Đề xuất của vụ việc {case_id} ({action}) không còn đúng với hiện trạng: hãy rút lại rồi quyết định lại.",
                en:
                    "The proposal on case {case_id} ({action}) no longer fits what is there now: withdraw it and decide again."
            )
        default: nil
        }
    }
}
