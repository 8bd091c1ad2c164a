import Values

extension Reason.Code {
    /// What money does for a basket, and why several requests are not paid together.
    var basketPhrase: Phrase? {
        switch self {
        case .basketPaid:
            Phrase(
                vi: "Đã nhận {amount} cho giỏ {reference}: nộp đủ {requests} hồ sơ, không còn phải nộp.",
                en: "Received {amount} for basket {reference}: {requests} requests are paid and nothing remains of it."
            )
        case .basketPaidInPart:
            Phrase(
                vi:
                    "Đã nhận {amount} cho giỏ {reference}: nộp cho {requests} hồ sơ theo thứ tự; cả giỏ còn phải nộp {remaining}.",
                en:
                    "Received {amount} for basket {reference}: it pays {requests} requests in their order; {remaining} remains of the basket."
            )
        case .basketPaidWithExcess:
            Phrase(
                vi:
                    "Đã nhận {amount} cho giỏ {reference}: nộp cho {requests} hồ sơ; {excess} nộp thừa đã hạch toán vào tài khoản chờ xử lý.",
                en:
                    "Received {amount} for basket {reference}: it pays {requests} requests; the excess of {excess} was posted to the suspense account."
            )
        case .basketOfOtherAccount:
            Phrase(
                vi:
                    "{reference} thu vào tài khoản {account}, giỏ thu vào tài khoản {other_account}: một giỏ chỉ gồm các yêu cầu thu vào một tài khoản.",
                en:
                    "{reference} collects on account {account} and the basket on account {other_account}: a basket has requests of one account."
            )
        case .basketRequestClosed:
            Phrase(
                vi: "{reference} {state}: chỉ yêu cầu chờ thanh toán và còn hạn mới vào được giỏ.",
                en: "{reference} is {state}: only requests that wait to be paid can be in a basket."
            )
        case .basketRequestTaken:
            Phrase(
                vi: "{reference} đang ở giỏ {target}: hãy hủy giỏ đó trước, hoặc để giỏ đó hết hạn.",
                en: "{reference} is in basket {target}: cancel that one first, or let it expire."
            )
        case .basketRequestRepeated:
            Phrase(vi: "{reference} được nêu hai lần.", en: "{reference} is named twice.")
        case .basketAtCounter:
            Phrase(
                vi: "{reference} nộp theo kênh “{channel}”, không có mã QR để nộp chung.",
                en: "{reference} is paid by the channel “{channel}”, which has no code to be paid with together."
            )
        case .basketNotOpen:
            Phrase(
                vi: "Giỏ {reference} không còn phải nộp nữa (đã nhận {received}): không hủy được.",
                en: "Nothing remains of basket {reference} ({received} received): it cannot be cancelled."
            )
        default: nil
        }
    }
}
