import Values

extension Reason.Code {
    /// What looks like money being taken.
    var alarmPhrase: Phrase? {
        switch self {
        case .manySmallRefunds:
            Phrase(
                vi: "{actor} đã đề nghị {count} khoản hoàn trả nhỏ trong ngày {day}, tổng {total}.",
                en: "{actor} asked for {count} small refunds on {day}, {total} in all."
            )
        case .oneBeneficiary:
            Phrase(
                vi: "Tài khoản {account} được hoàn trả từ {count} khoản nộp khác nhau trong {days} ngày, tổng {total}.",
                en:
                    "The account {account} is refunded from {count} different payments within {days} days, {total} in all."
            )
        case .changedBeneficiary:
            Phrase(
                vi:
                    "Hoàn trả {refund} ({amount}) chuyển đến {account}, trong khi đề nghị trước bị từ chối là đến {other_account}.",
                en:
                    "Refund {refund} ({amount}) goes to {account}, while the request before, which was rejected, named {other_account}."
            )
        case .manyFreeRequests:
            Phrase(
                vi: "Thu ngân {actor} đã lập {requests} yêu cầu không thu phí trong ngày {day}.",
                en: "The cashier {actor} made {requests} requests without a fee on {day}."
            )
        case .recoveriesWithoutCallback:
            Phrase(
                vi:
                    "Ngày {day}, {lines} khoản của tài khoản {account} chỉ thấy trên sao kê, không có thông báo của ngân hàng; {count} khoản có thông báo.",
                en:
                    "On {day}, {lines} payments of the account {account} were found on statements alone, without the bank's callback; {count} had one."
            )
        case .breakGlassLogins:
            Phrase(
                vi:
                    "{actor} đã đăng nhập {count} lần bằng mật khẩu riêng của Khớp trong ngày {day}, không qua máy chủ tài khoản của tỉnh.",
                en:
                    "{actor} logged in {count} time(s) with a local password on {day}, past the province's account service."
            )
        case .nightLogins:
            Phrase(
                vi: "{actor} đã đăng nhập {count} lần vào ban đêm trong ngày {day}.",
                en: "{actor} logged in {count} time(s) at night on {day}."
            )
        case .limitRaised:
            Phrase(
                vi:
                    "{actor} đã nâng hoặc bỏ hạn mức của vai trò {name} trong ngày {day}; hạn mức mới có hiệu lực từ ngày hôm sau.",
                en: "{actor} raised or lifted a limit of the role {name} on {day}; it counts from the day after."
            )
        case .connectionSilent:
            Phrase(
                vi:
                    "Kết nối {name} của tài khoản {account} im lặng từ {at}; theo thường lệ lẽ ra đã có khoảng {count} callback. Hãy hỏi ngân hàng, và xem sao kê.",
                en:
                    "The connection {name} of the account {account} has been silent since {at}; about {count} callbacks are usual in that time. Ask the bank, and look at the statement."
            )
        default: nil
        }
    }
}
