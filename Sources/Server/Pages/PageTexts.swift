import Identity
import Values

/// The texts of the pages, by the names that the templates call them.
enum PageTexts {
    static let all: [String: Phrase] = [
        "loginTitle": Phrase(vi: "Đăng nhập", en: "Log in"),
        "loginOIDC": Phrase(vi: "Đăng nhập bằng tài khoản của tỉnh", en: "Log in with the province's account"),
        "againOIDC": Phrase(
            vi: "Hoặc đăng nhập lại bằng tài khoản của tỉnh",
            en: "Or log in again with the province's account"
        ),
        "email": Phrase(vi: "Địa chỉ thư", en: "E-mail address"),
        "password": Phrase(vi: "Mật khẩu", en: "Password"),
        "continue": Phrase(vi: "Tiếp tục", en: "Continue"),
        "forgotten": Phrase(
            vi: "Quên mật khẩu hoặc mất điện thoại: xin quản trị viên một liên kết mời mới.",
            en: "Password forgotten or phone lost: ask an administrator for a new invitation link."
        ),
        "code": Phrase(vi: "Mã xác thực 6 chữ số", en: "Code of 6 digits"),
        "confirm": Phrase(vi: "Xác nhận", en: "Confirm"),
        "recoveryInstead": Phrase(
            vi: "Không có điện thoại ở đây: nhập một mã khôi phục.",
            en: "Without your phone: type one of your recovery codes."
        ),
        "inviteUntil": Phrase(vi: "Liên kết dùng được một lần, đến", en: "This link is good once, until"),
        "enter": Phrase(vi: "Vào hệ thống", en: "Enter"),
        "linkAbout": Phrase(
            vi: "Chỉ bản cài đặt để phát triển và trình diễn, chạy trên chính máy này, mới có liên kết như vậy.",
            en: "Only an installation for development and demonstration, on this very machine, has such links."
        ),
        "choosePassword": Phrase(vi: "Chọn mật khẩu", en: "Choose a password"),
        "passwordRule": Phrase(
            vi: "Ít nhất \(PasswordRules.minimumLength) ký tự; một câu vài từ vừa dễ nhớ vừa khó đoán.",
            en:
                "At least \(PasswordRules.minimumLength) characters; a few words are easy to remember and hard to guess."
        ),
        "newPassword": Phrase(vi: "Mật khẩu mới", en: "New password"),
        "oldPassword": Phrase(vi: "Mật khẩu hiện tại", en: "Present password"),
        "repeatPassword": Phrase(vi: "Nhập lại mật khẩu mới", en: "The new password again"),
        "scan": Phrase(vi: "Quét mã bằng ứng dụng xác thực", en: "Scan with an authenticator app"),
        "typeInstead": Phrase(vi: "Hoặc nhập bằng tay:", en: "Or type it in:"),
        "codeShown": Phrase(vi: "Mã 6 chữ số mà ứng dụng đang hiện", en: "The 6 digits that the app shows now"),
        "finish": Phrase(vi: "Hoàn tất", en: "Finish"),
        "recoveryKeep": Phrase(
            vi: "Mỗi mã thay được điện thoại một lần. Hãy in hoặc chép ra và cất ở nơi an toàn: các mã không hiện lại.",
            en:
                "Each stands in for your phone once. Print them or write them down and keep them safe: they are not shown again."
        ),
        "sessions": Phrase(vi: "Các phiên đăng nhập của bạn", en: "Your sessions"),
        "since": Phrase(vi: "Bắt đầu", en: "Since"),
        "lastUsed": Phrase(vi: "Dùng lần cuối", en: "Last used"),
        "thisOne": Phrase(vi: "phiên này", en: "this one"),
        "end": Phrase(vi: "Kết thúc", en: "End"),
        "changePassword": Phrase(vi: "Đổi mật khẩu", en: "Change the password"),
        "recoveryTitle": Phrase(vi: "Mã khôi phục", en: "Recovery codes"),
        "recoveryAbout": Phrase(
            vi: "Mười mã mới thay cho các mã cũ, là những mã không còn dùng được nữa.",
            en: "Ten new codes take the place of the old ones, which no longer work."
        ),
        "recoveryNew": Phrase(vi: "Tạo mã mới", en: "Make new codes"),
        "account": Phrase(vi: "Tài khoản của bạn", en: "Your account"),
        "logout": Phrase(vi: "Đăng xuất", en: "Log out"),
    ]

    /// In one language, for a template.
    static func texts(_ language: Language) -> [String: String] { all.mapValues { $0[language] } }

    // Titles, and what stands where something went wrong.
    static let codeTitle = Phrase(vi: "Mã xác thực", en: "Your code")
    static let codeWhy = Phrase(
        vi: "Nhập mã mà ứng dụng xác thực trên điện thoại đang hiện.",
        en: "Type the code that the authenticator app on your phone shows."
    )
    static let againWhy = Phrase(
        vi: "Việc này cần mã xác thực mới nhập trong 5 phút gần đây.",
        en: "This needs a code given within the last 5 minutes."
    )
    static let inviteTitle = Phrase(vi: "Mời sử dụng Khớp", en: "Your invitation to Khớp")
    static let toLogin = Phrase(vi: "Đến trang đăng nhập", en: "Go to the login")
    static let toAccount = Phrase(vi: "Về tài khoản của bạn", en: "Back to your account")
    static let passwordChanged = Phrase(
        vi: "Đã đổi mật khẩu; mọi phiên khác đã kết thúc.",
        en: "The password is changed; every other session has ended."
    )
    static let sessionEnded = Phrase(vi: "Phiên đã kết thúc.", en: "The session has ended.")
    static let differs = Phrase(
        vi: "Hai lần nhập mật khẩu khác nhau.",
        en: "The password was typed differently the second time."
    )
    static let foreign = Phrase(
        vi: "Yêu cầu này không đến từ trang của Khớp, hoặc trang đã cũ. Hãy mở lại trang và thử lại.",
        en: "This did not come from a page of Khớp, or the page is old. Open the page again and retry."
    )
}
