import Casework
import Collection
import FeeSchedule
import Values
import Workflow

/// What a payment page says about a request's state: how much, what happened, what to do next.
struct PayWords {
    let view: PayerView
    let language: Language
    /// Whether it is told to somebody who may know the reference alone, and has no code before their eyes.
    var isForAnybody = false

    private func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
    private func money(_ amount: Money) -> String { amount.formatted(in: language) }

    static func tone(of state: PayerState) -> String {
        switch state {
        case .waiting, .partPaid, .goingBack: "wait"
        case .paid, .free, .givenBack, .partlyGivenBack: "done"
        case .tooMuch, .late, .expiredInPart: "warn"
        case .expired, .cancelled: "plain"
        }
    }

    /// The amount that stands large on the page.
    var amount: Money? {
        switch view.state {
        case .waiting, .partPaid: view.request.amountRemaining
        case .paid: view.request.amountDue
        case .tooMuch: view.excess
        case .late: view.held?.amount
        case .expiredInPart: view.request.amountKept
        case .goingBack, .givenBack, .partlyGivenBack: view.refunds.map(\.amount).total()
        case .free, .expired, .cancelled: nil
        }
    }

    /// What is held is said in every state: of what nobody tells them, payers are right to fear that it is lost.
    var sentences: [String] { view.state == .late ? held : told + held }

    private var told: [String] {
        let request = view.request
        switch view.state {
        case .waiting, .partPaid: return asking
        case .paid: return [paid] + portal
        case .free:
            return [
                request.settledBy == .exemption
                    ? say(
                        "Khoản này được miễn toàn bộ. Bạn không phải làm gì thêm.",
                        "You are exempt from this fee. There is nothing to do."
                    )
                    : say(
                        "Thủ tục này không thu tiền. Bạn không phải làm gì thêm.",
                        "This service is free. There is nothing to do."
                    )
            ]
        case .tooMuch: return [paid] + excess + portal
        case .late: return []
        case .expired, .expiredInPart, .cancelled: return ended
        case .goingBack, .givenBack, .partlyGivenBack: return returned + excess
        }
    }

    private var excess: [String] {
        guard view.excess > .zero else { return [] }
        return [
            say(
                "Bạn đã nộp thừa \(money(view.excess)). Số tiền này được hoàn vào tài khoản đã chuyển, sau khi hai cán bộ duyệt; bạn không phải làm đơn. Nếu tài khoản đó đã đóng, hãy báo cho chúng tôi.",
                "You paid \(money(view.excess)) more than was due. It goes back to the account that it came from once two officers have approved it; you need not apply. Tell us if that account is closed."
            )
        ]
    }

    private var asking: [String] {
        let request = view.request
        let until = request.expiresAt.formatted
        guard !isForAnybody else {
            return [
                say(
                    "Còn phải nộp \(money(request.amountRemaining)) trước \(until). Mở đường dẫn trong tin nhắn hoặc trên cổng dịch vụ công để nộp.",
                    "\(money(request.amountRemaining)) remains to be paid before \(until). Open the link in your message or on the portal to pay."
                )
            ]
        }
        guard [.counterCash, .counterCard].contains(request.channel) == false else {
            return [
                say(
                    "Nộp tại quầy của cơ quan thu trước \(until).",
                    "Pay at the counter of the collecting agency before \(until)."
                )
            ]
        }
        let first =
            view.state == .partPaid
            ? say(
                "Đã nhận \(money(request.amountKept)) trên \(money(request.amountDue)). Chỉ cần chuyển phần còn lại: mã QR và số tiền đã trừ phần đã nhận.",
                "\(money(request.amountKept)) of \(money(request.amountDue)) has arrived. Transfer only the rest: the code and the amount ask for no more."
            )
            : say(
                "Quét mã hoặc chuyển khoản đúng số tiền và nội dung, trước \(until). Đừng chuyển hai lần.",
                "Scan the code, or transfer this amount with this note, before \(until). Do not pay twice."
            )
        return [first]
    }

    private var paid: String {
        let request = view.request
        let at = request.paidAt?.formatted ?? ""
        let amount = money(request.amountDue)
        let known = isForAnybody ? nil : view.bankTransaction
        let transaction = known.map { say(" Mã giao dịch ngân hàng: \($0).", " Bank transaction: \($0).") } ?? ""
        return say(
            "Chúng tôi đã nhận đủ \(amount) lúc \(at). Bạn không phải làm gì thêm.",
            "We received the full \(amount) at \(at). There is nothing more to do."
        ) + transaction
    }

    private var portal: [String] {
        switch view.portal {
        case .none: []
        case .confirmed: [say("Cổng dịch vụ công đã ghi nhận.", "The portal has recorded it.")]
        case .awaited:
            [
                say(
                    "Cổng dịch vụ công chưa xác nhận đã ghi nhận: hệ thống tự gửi lại cho đến khi được. Tiền đã đến, đừng nộp lần nữa.",
                    "The portal has not confirmed yet that it recorded this: we keep telling it until it does. Your money has arrived, do not pay again."
                )
            ]
        }
    }

    private var held: [String] {
        guard let held = view.held else { return [] }
        let amount = money(held.amount)
        guard held.reason != .basket else {
            return [
                say(
                    "Chúng tôi đang giữ \(amount) đến theo mã nộp chung nhiều hồ sơ, trong đó có hồ sơ này; tiền không mất, nhưng chưa tính được.",
                    "We hold \(amount) that came by the code for several dossiers, of which this is one; nothing is lost, but it does not count yet."
                ), waitsForAnOfficer,
            ]
        }
        let kept = say(
            "Chúng tôi đang giữ \(amount) của bạn; tiền không mất. Khoản này chưa được tính vì \(why(held)).",
            "We hold \(amount) of yours; nothing is lost. It does not count yet, because \(why(held))."
        )
        return [kept, held.reason == .paidElsewhere ? goesBack : waitsForAnOfficer]
    }

    private func why(_ held: PayerView.Held) -> String {
        switch (held.reason, view.request.status) {
        case (.paidElsewhere, _):
            say("hồ sơ này đã được nộp bằng mã khác", "this had been paid by another code already")
        case (.otherAccount, _): say("tiền vào một tài khoản khác", "it went to another account")
        case (_, .cancelled): say("yêu cầu này đã hủy trước đó", "this request had been cancelled before")
        default: say("yêu cầu này đã hết hạn trước đó", "this request had expired before")
        }
    }

    private var waitsForAnOfficer: String {
        say(
            "Cán bộ tài chính sẽ tính vào hồ sơ hoặc hoàn vào tài khoản đã chuyển. Đừng nộp lần nữa trước khi hỏi.",
            "A finance officer will count it towards your dossier, or send it back to the account it came from. Ask before you pay again."
        )
    }

    private var goesBack: String {
        say(
            "Tiền được hoàn vào tài khoản đã chuyển, sau khi hai cán bộ duyệt; bạn không phải làm đơn. Đừng nộp lần nữa.",
            "It goes back to the account that it came from once two officers have approved it; you need not apply. Do not pay again."
        )
    }

    private var ended: [String] {
        let request = view.request
        let until = request.expiresAt.formatted
        switch view.state {
        case .cancelled where view.paidFormer != nil:
            return [
                say(
                    "Khoản này đã được nộp bằng lần chuyển tiền trước của bạn, theo mã cũ. Không phải nộp nữa: đừng chuyển tiền theo mã này.",
                    "Your earlier transfer, by the older code, has paid this already. Nothing is to be paid: do not transfer money by this code."
                )
            ]
        case .cancelled:
            return [
                say(
                    "Yêu cầu này đã được hủy: không phải nộp nữa. Đừng chuyển tiền theo mã cũ.",
                    "This request was withdrawn: nothing is to be paid. Do not transfer money by the old code."
                )
            ]
        case .expiredInPart:
            return [
                say(
                    "Yêu cầu hết hạn lúc \(until). Chúng tôi đã nhận \(money(request.amountKept)) và đang giữ; tiền không mất.",
                    "The request expired at \(until). We received \(money(request.amountKept)) and hold it; nothing is lost."
                ),
                say(
                    "Hãy hỏi cơ quan thu: họ tính phần đã nộp vào hồ sơ hoặc hoàn lại cho bạn.",
                    "Ask the collecting agency: it will count what you paid, or give it back."
                ),
            ]
        default:
            return [
                say(
                    "Yêu cầu hết hạn lúc \(until). Nếu bạn đã chuyển tiền trước giờ đó, hãy đợi: tiền đến vẫn được tính.",
                    "The request expired at \(until). If you transferred the money before then, wait: it will still count."
                ),
                view.successor == nil
                    ? say(
                        "Nếu chưa chuyển, hãy lấy mã mới theo mức thu hôm nay.",
                        "If you did not, get a new code at the price of today."
                    )
                    : say("Đã có mã thanh toán mới cho hồ sơ này.", "There is a new payment code for this dossier."),
            ]
        }
    }

    private var returned: [String] {
        let isByHand = view.refunds.contains { $0.isPaidByHand && $0.state != .settled }
        let wasByHand = view.refunds.contains(where: \.isPaidByHand)
        switch view.state {
        case .goingBack where isByHand:
            return [
                say(
                    "Tiền của bạn được trả bằng tiền mặt tại cơ quan thu. Từng bước ở dưới đây; khi đã duyệt, hãy mang giấy tờ tùy thân đến nhận.",
                    "Your money is paid out in cash at the agency. Each step stands below; once it is approved, come with your identity card."
                )
            ]
        case .goingBack:
            return [
                say(
                    "Tiền của bạn đang được hoàn lại; bạn không phải làm gì thêm. Từng bước ở dưới đây.",
                    "Your money is on its way back; there is nothing more to do. Each step stands below."
                )
            ]
        case _ where wasByHand:
            return [
                say(
                    "Tiền đã được trả cho bạn tại cơ quan thu. Nếu bạn chưa nhận, hãy gọi cho chúng tôi.",
                    "Your money was handed to you at the agency. Call us if you did not get it."
                )
            ]
        default:
            return [
                say(
                    "Ngân hàng đã chuyển tiền hoàn cho bạn. Nếu chưa thấy, hãy hỏi ngân hàng của bạn rồi gọi cho chúng tôi.",
                    "The bank has sent you the refund. If you cannot find it, ask your bank first and then call us."
                )
            ]
        }
    }

    /// Where a refund stands.
    func refund(_ refund: PayerView.Refund) -> String {
        let amount = money(refund.amount)
        let on = refund.on?.formatted ?? ""
        if refund.isPaidByHand, refund.state == .settled {
            return say(
                "\(amount): đã trả tại cơ quan thu ngày \(on).",
                "\(amount): handed over at the agency on \(on)."
            )
        }
        if refund.isPaidByHand, refund.state != .requested {
            return say("\(amount): nhận tại cơ quan thu.", "\(amount): collect it at the agency.")
        }
        switch refund.state {
        case .requested: return say("\(amount): đang chờ duyệt.", "\(amount): waits for approval.")
        case .approved:
            return say("\(amount): đã duyệt, sắp gửi ngân hàng.", "\(amount): approved, about to go to the bank.")
        case .executed where refund.on == nil:
            return say("\(amount): đã lập lệnh chi, đang chuẩn bị.", "\(amount): ordered, being prepared.")
        case .executed:
            let by = refund.expectedBy?.formatted ?? ""
            return say(
                "\(amount): đã gửi lệnh cho ngân hàng ngày \(on); dự kiến vào tài khoản chậm nhất \(by).",
                "\(amount): the bank was told on \(on); it should be in your account by \(by)."
            )
        case .settled: return say("\(amount): ngân hàng đã chuyển ngày \(on).", "\(amount): the bank paid it on \(on).")
        case .rejected: return say("\(amount): không được duyệt.", "\(amount): not approved.")
        }
    }
}
