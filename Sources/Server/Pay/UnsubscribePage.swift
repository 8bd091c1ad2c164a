import Casework
import Values

/// The page behind a message's link for unsubscribing, as finished strings in one language.
struct UnsubscribePage {
    let title: String
    let says: String
    let isOver: Bool
    let action: String
    let button: String

    init(
        _ found: (channel: ContactChannel, masked: String, isOver: Bool),
        token: String,
        in language: Language
    ) {
        let channel = found.channel.words[language]
        isOver = found.isOver
        title =
            (found.isOver
            ? Phrase(vi: "Đã thôi gửi tin", en: "You will be told nothing more")
            : Phrase(vi: "Thôi nhận tin?", en: "Stop these messages?"))[language]
        says =
            (found.isOver
            ? Phrase(
                vi:
                    "Không còn tin nào về khoản nộp được gửi tới \(found.masked) (\(channel)). Muốn nhận lại, hãy điền địa chỉ ở trang thanh toán.",
                en:
                    "No messages about payments are sent to \(found.masked) (\(channel)) any more. To be told again, give the address on a payment page."
            )
            : Phrase(
                vi:
                    "Mọi tin về các khoản nộp gửi tới \(found.masked) (\(channel)) sẽ dừng. Việc nộp tiền và biên lai không thay đổi.",
                en:
                    "All messages about payments to \(found.masked) (\(channel)) will stop. Payments and receipts stay as they are."
            ))[language]
        action = "/unsubscribe/\(token)?lang=\(language.rawValue)"
        button = Phrase(vi: "Thôi nhận tin", en: "Stop the messages")[language]
    }
}
