public import Values

/// Why a login by the provider of a province's accounts (OpenID Connect) did not succeed.
public enum ProviderFault: Error, Sendable, Hashable {
    /// The answer belongs to no login that this browser began and that still waits.
    case state
    /// The provider says that the person did not log in, or may not.
    case denied
    /// The provider did not take the code that it gave.
    case code
    /// The token is none, or its claims are not what the standard says.
    case malformed
    /// The token is not signed, or by something that proves nothing to us.
    case algorithm
    /// No key of the provider's made the signature.
    case signature
    case issuer, audience, nonce, expired
    /// The provider's clock and ours are too far apart; negative if it is behind.
    case clock(secondsAhead: Int64)
    /// For a second factor given anew the person must have logged in at the provider anew.
    case notAuthenticatedAnew
    /// The provider tells of no second factor, and the person has none here.
    case noSecondFactor
    /// The provider does not vouch for the person's e-mail address.
    case email
    /// Nobody was added with this e-mail address.
    case unknownPerson
    case disabledPerson
    /// The person is linked to another account of the provider's already.
    case linkedToAnother
    /// Somebody else than who is logged in here.
    case otherPerson
    /// The provider cannot be reached, is too slow, or answers what cannot be read.
    case unavailable

    /// A word that stays the same, for the audit.
    public var word: String {
        switch self {
        case .state: "state"
        case .denied: "denied"
        case .code: "code"
        case .malformed: "malformed"
        case .algorithm: "algorithm"
        case .signature: "signature"
        case .issuer: "issuer"
        case .audience: "audience"
        case .nonce: "nonce"
        case .expired: "expired"
        case .clock: "clock"
        case .notAuthenticatedAnew: "not_authenticated_anew"
        case .noSecondFactor: "no_second_factor"
        case .email: "email"
        case .unknownPerson: "unknown_person"
        case .disabledPerson: "disabled_person"
        case .linkedToAnother: "linked_to_another"
        case .otherPerson: "other_person"
        case .unavailable: "unavailable"
        }
    }

    /// Whether it is about a person whom the token was found to be of: who opens the session writes that down.
    public var isOfPerson: Bool {
        switch self {
        case .email, .unknownPerson, .disabledPerson, .linkedToAnother, .otherPerson, .noSecondFactor: true
        default: false
        }
    }

    /// What was wrong and what to do, for whoever logs in.
    public var phrase: Phrase { tokenPhrase ?? personPhrase }

    /// What is wrong with what the provider sent.
    private var tokenPhrase: Phrase? {
        switch self {
        case .malformed:
            Phrase(
                vi: "Máy chủ tài khoản của tỉnh trả về thông tin đăng nhập sai dạng. Hãy báo quản trị viên.",
                en: "The province's account service sent a login that cannot be read. Tell an administrator."
            )
        case .algorithm:
            Phrase(
                vi:
                    "Thông tin đăng nhập không được ký bằng khóa công khai của máy chủ tài khoản nên không được chấp nhận. Hãy báo quản trị viên.",
                en:
                    "The login is not signed with a public key of the account service and is not believed. Tell an administrator."
            )
        case .signature:
            Phrase(
                vi:
                    "Chữ ký của thông tin đăng nhập không phải của máy chủ tài khoản. Hãy đăng nhập lại; nếu vẫn thế, báo quản trị viên.",
                en:
                    "The signature of the login is not the account service's. Log in again; if it stays so, tell an administrator."
            )
        case .issuer:
            Phrase(
                vi: "Thông tin đăng nhập do một máy chủ khác cấp. Hãy báo quản trị viên kiểm tra KHOP_OIDC_ISSUER.",
                en: "The login was issued by another service. Tell an administrator to check KHOP_OIDC_ISSUER."
            )
        case .audience:
            Phrase(
                vi:
                    "Thông tin đăng nhập được cấp cho ứng dụng khác. Hãy báo quản trị viên kiểm tra KHOP_OIDC_CLIENT_ID.",
                en: "The login was issued for another application. Tell an administrator to check KHOP_OIDC_CLIENT_ID."
            )
        case .nonce:
            Phrase(
                vi: "Thông tin đăng nhập là của một lần đăng nhập khác. Hãy đăng nhập lại từ đầu.",
                en: "The login belongs to another attempt. Begin again."
            )
        case .expired:
            Phrase(
                vi:
                    "Thông tin đăng nhập đã hết hạn. Hãy đăng nhập lại; nếu vẫn thế, đồng hồ của hai máy chủ lệch nhau.",
                en: "The login has expired. Begin again; if it stays so, the clocks of the two servers differ."
            )
        case .clock(let seconds):
            Phrase(
                vi:
                    "Đồng hồ của máy chủ tài khoản \(seconds > 0 ? "nhanh" : "chậm") hơn đồng hồ của Khớp \(abs(seconds)) giây, quá mức cho phép là \(IDTokenRules.skewSeconds) giây. Hãy báo quản trị viên chỉnh giờ.",
                en:
                    "The account service's clock is \(abs(seconds)) seconds \(seconds > 0 ? "ahead of" : "behind") Khớp's, more than the \(IDTokenRules.skewSeconds) seconds that may be. Tell an administrator to set the clocks."
            )
        case .code:
            Phrase(
                vi: "Máy chủ tài khoản không nhận mã đăng nhập mà chính nó đã cấp. Hãy đăng nhập lại từ đầu.",
                en: "The account service did not take the code that it had given. Begin again."
            )
        case .unavailable:
            Phrase(
                vi:
                    "Không liên lạc được máy chủ tài khoản của tỉnh, hoặc nó trả lời quá chậm. Hãy thử lại sau ít phút; nếu cần gấp, đăng nhập bằng mật khẩu và mã xác thực của Khớp (lần đăng nhập đó sẽ được báo cho quản trị viên).",
                en:
                    "The province's account service cannot be reached, or answers too slowly. Try again in a few minutes; if it is urgent, log in with your password and code of Khớp (administrators are told of such a login)."
            )
        default: nil
        }
    }

    /// What is wrong with who logs in, or when.
    private var personPhrase: Phrase {
        switch self {
        case .denied:
            Phrase(
                vi: "Máy chủ tài khoản cho biết bạn chưa đăng nhập hoặc không được phép đăng nhập.",
                en: "The account service says that you did not log in, or may not."
            )
        case .notAuthenticatedAnew:
            Phrase(
                vi:
                    "Việc này cần bạn đăng nhập lại ở máy chủ tài khoản, nhưng máy chủ cho biết bạn chưa làm. Hãy thử lại.",
                en: "This takes a new login at the account service, which says that there was none. Try again."
            )
        case .noSecondFactor:
            Phrase(
                vi:
                    "Máy chủ tài khoản không cho biết bạn đã dùng yếu tố xác thực thứ hai, và bạn chưa cài ứng dụng xác thực ở Khớp. Hãy xin quản trị viên một liên kết mời để cài.",
                en:
                    "The account service tells of no second factor, and you have not set up an authenticator with Khớp. Ask an administrator for an invitation link to set one up."
            )
        case .email:
            Phrase(
                vi: "Máy chủ tài khoản chưa xác nhận địa chỉ thư của bạn. Hãy xác nhận địa chỉ ở đó rồi đăng nhập lại.",
                en: "The account service has not verified your e-mail address. Verify it there, then log in again."
            )
        case .unknownPerson:
            Phrase(
                vi:
                    "Chưa ai mời tài khoản này sử dụng Khớp. Hãy nhờ quản trị viên thêm địa chỉ thư của bạn (khop person add).",
                en:
                    "Nobody has invited this account to Khớp. Ask an administrator to add your e-mail address (khop person add)."
            )
        case .disabledPerson:
            Phrase(
                vi: "Tài khoản của bạn ở Khớp đã ngừng hoạt động. Hãy liên hệ quản trị viên.",
                en: "Your account with Khớp is disabled. Ask an administrator."
            )
        case .linkedToAnother:
            Phrase(
                vi:
                    "Người mang địa chỉ thư này đã gắn với một tài khoản khác của máy chủ. Nếu tài khoản đã thay đổi, nhờ quản trị viên gỡ gắn kết (khop person unlink).",
                en:
                    "Whoever has this e-mail address is linked to another account of the service. If the account has changed, ask an administrator to unlink it (khop person unlink)."
            )
        case .otherPerson:
            Phrase(
                vi:
                    "Bạn đã đăng nhập ở máy chủ tài khoản bằng tài khoản của người khác. Hãy dùng đúng tài khoản của mình.",
                en: "You logged in at the account service as somebody else. Use your own account."
            )
        default:
            Phrase(
                vi:
                    "Lần đăng nhập này không bắt đầu từ trình duyệt này, đã dùng rồi, hoặc đã quá 10 phút. Hãy đăng nhập lại từ đầu.",
                en:
                    "This login did not begin in this browser, was used before, or is older than 10 minutes. Begin again."
            )
        }
    }
}
