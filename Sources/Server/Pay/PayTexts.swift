import Casework
import Values

/// The fixed texts of the pages for payers.
enum PayTexts {
    static let all: [String: Phrase] = [
        "account": Phrase(vi: "Số tài khoản", en: "Account number"),
        "agency": Phrase(vi: "Cơ quan thu", en: "Collecting agency"),
        "amount": Phrase(vi: "Số tiền", en: "Amount"),
        "appsHelp": Phrase(
            vi: "Chọn ngân hàng của bạn. Nếu ứng dụng không tự điền, hãy quay lại đây và sao chép từng mục.",
            en: "Choose your bank. If its app fills nothing in, come back here and copy the details."
        ),
        "appsTitle": Phrase(vi: "Mở ứng dụng ngân hàng", en: "Open my bank’s app"),
        "ask": Phrase(vi: "Cần hỏi?", en: "Questions?"),
        "askCall": Phrase(vi: "Gọi", en: "Call"),
        "askSay": Phrase(vi: "và đọc mã thanh toán", en: "and give the payment reference"),
        "askAgency": Phrase(
            vi: "Hãy hỏi cơ quan thu hoặc bộ phận một cửa, và đọc mã thanh toán",
            en: "Ask the collecting agency or the one-stop shop, and give the payment reference"
        ),
        "back": Phrase(vi: "Quay lại cổng dịch vụ công", en: "Back to the portal"),
        "bank": Phrase(vi: "Ngân hàng", en: "Bank"),
        "basketBill": Phrase(vi: "Các hồ sơ được nộp chung", en: "The dossiers that are paid together"),
        "basketOrder": Phrase(
            vi: "Nếu tiền chưa đủ, các hồ sơ được nộp lần lượt từ trên xuống. Bấm mã hồ sơ để mở trang riêng.",
            en: "If the money is not enough, dossiers are paid from the top. Press a dossier’s code for its own page."
        ),
        "bill": Phrase(vi: "Chi tiết khoản thu", en: "What it is for"),
        "code": Phrase(vi: "Quét mã bằng ứng dụng ngân hàng", en: "Scan with your banking app"),
        "copied": Phrase(vi: "Đã sao chép", en: "Copied"),
        "copy": Phrase(vi: "Sao chép", en: "Copy"),
        "dossier": Phrase(vi: "Mã hồ sơ", en: "Dossier"),
        "holder": Phrase(vi: "Chủ tài khoản", en: "Account name"),
        "keepNote": Phrase(
            vi: "Giữ nguyên nội dung chuyển khoản để hồ sơ được cập nhật ngay.",
            en: "Keep the transfer note unchanged so that your application is updated at once."
        ),
        "live": Phrase(
            vi: "Trang này tự đổi ngay khi tiền đến, thường trong vài giây.",
            en: "This page changes by itself as soon as the money arrives, usually within seconds."
        ),
        "look": Phrase(vi: "Tra cứu khoản nộp khác", en: "Look up another payment"),
        "note": Phrase(vi: "Nội dung chuyển khoản", en: "Transfer note"),
        "notifyButton": Phrase(vi: "Báo cho tôi", en: "Tell me"),
        "notifyHelp": Phrase(
            vi:
                "Chỉ dùng để báo về khoản nộp này: đã nhận tiền, còn thiếu, sắp hết hạn, hoàn tiền. Mỗi thư có đường dẫn để thôi nhận.",
            en:
                "Used for news of this payment alone: received, still missing, expiring, refunded. Each message has a link to stop them."
        ),
        "notifyLabel": Phrase(vi: "Địa chỉ e-mail", en: "E-mail address"),
        "notifyTitle": Phrase(vi: "Báo cho tôi qua e-mail", en: "Tell me by e-mail"),
        "notifyTold": Phrase(vi: "Tin về khoản nộp này được gửi tới:", en: "News of this payment goes to:"),
        "notice": Phrase(vi: "In giấy báo nộp tiền (PDF)", en: "Print a payment notice (PDF)"),
        "platformHelp": Phrase(
            vi: "Trang của nền tảng mở ra; sau khi nộp, quay lại trang này: kết quả tự hiện.",
            en: "The platform’s page opens; come back here after paying: the result shows by itself."
        ),
        "platformOnward": Phrase(vi: "Đến nền tảng thanh toán", en: "On to the payment platform"),
        "platformPay": Phrase(
            vi: "Thanh toán qua Cổng Dịch vụ công quốc gia",
            en: "Pay through the National Public Service Portal"
        ),
        "platformTitle": Phrase(vi: "Nền tảng thanh toán quốc gia", en: "National payment platform"),
        "print": Phrase(vi: "In trang này", en: "Print this page"),
        "receiptPDF": Phrase(vi: "Tải bản PDF", en: "Download PDF"),
        "receipts": Phrase(vi: "Biên lai", en: "Receipts"),
        "receiptsClosed": Phrase(
            vi: "Mở biên lai: từ đường dẫn thanh toán, hoặc tra cứu theo mã hồ sơ và họ tên người nộp.",
            en: "To open a receipt: use the payment link, or look up by the dossier and the payer’s name."
        ),
        "recheck": Phrase(vi: "Kiểm tra lại", en: "Check again"),
        "reference": Phrase(vi: "Mã thanh toán", en: "Payment reference"),
        "renew": Phrase(vi: "Lấy mã thanh toán mới", en: "Get a new payment code"),
        "savePicture": Phrase(vi: "Lưu ảnh mã QR", en: "Save the QR picture"),
        "savePictureHelp": Phrase(
            vi: "Lưu ảnh, rồi trong ứng dụng ngân hàng chọn quét QR từ thư viện ảnh.",
            en: "Save the picture, then choose “scan QR from gallery” in your banking app."
        ),
        "simulateHelp": Phrase(
            vi: "Đây là môi trường thử nghiệm: ngân hàng thử “chuyển” số tiền và báo về máy chủ như ngân hàng thật.",
            en:
                "This is a test installation: the test bank “transfers” the money and tells the server as a real bank does."
        ),
        "simulateKind": Phrase(vi: "Người nộp chuyển", en: "The payer transfers"),
        "simulatePay": Phrase(vi: "Giả lập thanh toán", en: "Simulate a payment"),
        "simulateTitle": Phrase(vi: "Trả tiền không cần ngân hàng", en: "Pay without a bank"),
        "former": Phrase(vi: "Mở khoản đã nộp", en: "Open what you paid"),
        "skip": Phrase(vi: "Đến nội dung chính", en: "Skip to the content"),
        "successor": Phrase(vi: "Mở mã thanh toán mới", en: "Open the new payment code"),
        "transfer": Phrase(vi: "Tự chuyển khoản", en: "Make the transfer yourself"),
        "transferOr": Phrase(vi: "Hoặc tự chuyển khoản", en: "Or make the transfer yourself"),
        "waitsWithout": Phrase(
            vi: "Trình duyệt này không chạy JavaScript: bấm “Kiểm tra lại” sau khi chuyển tiền.",
            en: "This browser runs no JavaScript: press “Check again” after you have paid."
        ),
        "moneyBack": Phrase(vi: "Tiền hoàn lại", en: "Money on its way back"),
        "goBack": Phrase(
            vi: "Hãy mở lại đường dẫn trong tin nhắn hoặc trên cổng dịch vụ công.",
            en: "Open the link in your message, or on the portal, again."
        ),
        "tryAgain": Phrase(vi: "Thử lại", en: "Try again"),
    ]

    private static let byLanguage: [Language: [String: String]] = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { language in (language, all.mapValues { $0[language] }) }
    )

    /// By their names in the templates.
    static func texts(_ language: Language) -> [String: String] { byLanguage[language] ?? [:] }

    /// What a state is called.
    static func heading(_ state: PayerState) -> Phrase {
        switch state {
        case .waiting: Phrase(vi: "Chờ thanh toán", en: "Waiting for your payment")
        case .partPaid: Phrase(vi: "Đã nhận một phần", en: "Part of it has arrived")
        case .paid: Phrase(vi: "Đã thanh toán", en: "Paid")
        case .free: Phrase(vi: "Không phải nộp tiền", en: "Nothing to pay")
        case .tooMuch: Phrase(vi: "Đã thanh toán, nộp thừa", en: "Paid, and more than was due")
        case .late: Phrase(vi: "Tiền đã đến nhưng chưa tính được", en: "Your money has arrived but does not count yet")
        case .expired: Phrase(vi: "Đã hết hạn", en: "Expired")
        case .expiredInPart: Phrase(vi: "Đã hết hạn khi mới nộp một phần", en: "Expired after a part was paid")
        case .cancelled: Phrase(vi: "Đã hủy", en: "Cancelled")
        case .goingBack: Phrase(vi: "Đang hoàn tiền", en: "Your money is on its way back")
        case .partlyGivenBack: Phrase(vi: "Đã hoàn một phần", en: "Partly refunded")
        case .givenBack: Phrase(vi: "Đã hoàn tiền", en: "Refunded")
        }
    }
}
