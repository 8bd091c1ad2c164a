import Values

extension Reason.Code {
    /// Days that are signed off, and why they are not.
    var dayPhrase: Phrase? {
        switch self {
        case .dayAhead:
            Phrase(
                vi: "Ngày {day} chưa đến (hôm nay là {today}): chỉ ký được ngày đã đến.",
                en: "{day} has not come yet (today is {today}); only a day that has come can be signed off."
            )
        case .daySigned:
            Phrase(vi: "Ngày {day} đã được ký, bởi {actor}.", en: "{day} was signed off already, by {actor}.")
        case .dayNotReconciled:
            Phrase(
                vi: "Đến hết ngày {day} còn {lines} dòng sao kê chưa đối soát: hãy đối soát đến ngày đó trước.",
                en: "{lines} lines through {day} are not reconciled: run a reconciliation through that day first."
            )
        case .dayNotExplained:
            Phrase(
                vi:
                    "Chênh lệch ngày {day} còn {difference} chưa giải thích được: lỗi của chương trình, hãy chạy khop ledger verify.",
                en:
                    "{difference} of the difference of {day} is unexplained: a fault of the program; run khop ledger verify."
            )
        case .dayHasOpenItems:
            Phrase(
                vi:
                    "Đến hết ngày {day} còn {items} khoản chênh lệch, {cases} vụ việc và {lines} dòng chờ xác nhận chưa xong. Muốn ký, hãy xác nhận là đã biết và ghi chú lý do.",
                en:
                    "Through {day}, {items} items of the difference, {cases} cases and {lines} lines awaiting confirmation are open. To sign it off all the same, acknowledge them with a note."
            )
        case .daySignedWithOpenItems:
            Phrase(
                vi:
                    "Ký ngày {day} khi còn {items} khoản chênh lệch, {cases} vụ việc và {lines} dòng chờ xác nhận chưa xong. Ghi chú: “{note}”.",
                en:
                    "{day} was signed off with {items} items of the difference, {cases} cases and {lines} lines awaiting confirmation open. Note: “{note}”."
            )
        case .dayNotSigned:
            Phrase(
                vi: "Chưa ai ký ngày {day}: người thứ nhất ký trước.",
                en: "Nobody has signed {day} off: a first person signs before a second does."
            )
        case .dayCountersigned:
            Phrase(
                vi: "Ngày {day} đã đủ hai chữ ký; người ký thứ hai là {actor}.",
                en: "{day} has both signatures already; the second is of {actor}."
            )
        case .dayOwnSignature:
            Phrase(
                vi: "Bạn đã ký ngày {day}: chữ ký thứ hai phải của người khác.",
                en: "You signed {day} off: the second signature is somebody else's."
            )
        case .dayChangedSinceSigned:
            Phrase(
                vi: "Từ khi ký, biên bản ngày {day} đã thay đổi ở {items} chỗ: xem các chỗ đó, rồi ký kèm ghi chú.",
                en:
                    "The record of {day} has changed in {items} places since it was signed: look at them, then sign with a note."
            )
        default: nil
        }
    }
}
