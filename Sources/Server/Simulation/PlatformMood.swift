public import Values

/// What may happen to an attempt at the platform that is played.
public enum PlatformMood: String, Sendable, CaseIterable {
    case onTime = "on-time"
    /// CONFIRM comes after a while.
    case late
    /// CONFIRM comes twice.
    case twice
    /// No CONFIRM at all: QUERY tells.
    case silent
    /// CONFIRM has a wrong checksum; QUERY tells.
    case forged
    /// CONFIRM tells hours of 12.
    case halfDay = "half-day"
    /// The payment fails.
    case failed
    /// INIT is answered with 200 and an error's code.
    case refused
    /// INIT is answered with a page.
    case page
    /// QUERY is answered with a page at first, and then properly; there is no CONFIRM.
    case babble

    public var words: Phrase {
        switch self {
        case .onTime: Phrase(vi: "báo đúng lúc", en: "told on time")
        case .late: Phrase(vi: "báo trễ", en: "told late")
        case .twice: Phrase(vi: "báo hai lần", en: "told twice")
        case .silent: Phrase(vi: "không báo", en: "not told")
        case .forged: Phrase(vi: "báo với mã xác thực sai", en: "told with a wrong checksum")
        case .halfDay: Phrase(vi: "báo giờ kiểu 12", en: "told hours of 12")
        case .failed: Phrase(vi: "thanh toán không thành công", en: "the payment fails")
        case .refused: Phrase(vi: "từ chối lúc khởi tạo", en: "refused at INIT")
        case .page: Phrase(vi: "trả trang HTML lúc khởi tạo", en: "a page at INIT")
        case .babble: Phrase(vi: "trả trang HTML lúc hỏi", en: "a page at QUERY")
        }
    }

    /// How often each happens where nobody says otherwise, in a hundred.
    public static let usual: [PlatformMood: Int] = [
        .onTime: 78, .late: 3, .twice: 3, .silent: 4, .forged: 1, .halfDay: 2, .failed: 5, .refused: 1, .page: 1,
        .babble: 2,
    ]
}
