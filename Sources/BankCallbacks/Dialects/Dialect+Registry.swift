extension CallbackProfile {
    /// The declaration of a profile; `nil` for those with code of their own.
    var dialect: Dialect? {
        switch self {
        case .sepay: .sepay
        case .onepay: .onepay
        case .ninepay: .ninepay
        case .vnptpay: .vnptpay
        case .viettel: .viettel
        case .keypay: .keypay
        case .keypay3: .keypay3
        case .vietqr: .vietqr
        case .vietinbank: .vietinbank
        case .appotapay: .appotapay
        case .shopeepay: .shopeepay
        case .nationalPlatform: .nationalPlatform
        case .standard, .payos, .vnpay, .momo, .zalopay, .casso, .timestamped, .rfc9421: nil
        }
    }

    /// How its secrets are written.
    var secretForm: Dialect.SecretForm {
        switch self {
        case .standard: .base64(prefix: "whsec_")
        case .rfc9421: .base64(prefix: "")
        case .momo: .pair
        default: dialect?.form ?? .text
        }
    }

    /// What a signature of this profile is worth.
    public var strength: SignatureStrength { dialect?.scheme.strength ?? .messageAuthentication }
}
