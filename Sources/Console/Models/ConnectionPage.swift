import BankCallbacks
import Casework
public import Collection
import Identity
public import Values
import Workflow

/// One connection: how it is, what it usually hears and when, what it refuses and why, with the cure.
public struct ConnectionPage: ConsolePage {
    public static let template = "connection"
    public static let section: ConsoleSection? = .operations

    struct Cause: Sendable {
        let what: String
        let count: String
        let detail: String
        let cure: String
    }

    struct Refused: Sendable {
        let id: String
        let href: String
        let at: String
        let what: String
        let detail: String
    }

    public let title: String
    let state: Badge
    let reason: String
    let facts: [Fact]
    let chart: String?
    let busiest: String?
    let causes: [Cause]
    let hasCauses: Bool
    let refused: [Refused]
    let hasRefused: Bool
    let next: String?

    /// - Parameters:
    ///   - refused: the callbacks that it refused, latest first, as the replay lists them.
    ///   - next: the number that the next page of them begins below; `nil` on the last page.
    public init(
        _ signs: ConnectionSigns.Listed,
        refused: [JSON],
        next: Int64?,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        let connection = signs.connection
        title = word(vi: "Kết nối \(connection.name)", en: "Connection \(connection.name)")
        state = ConnectionsPage.badge(signs.health, word)
        reason = word[signs.health.reason]
        facts = ConnectionPage.facts(signs, word)
        let week = signs.rhythm.isKnown ? ConnectionPage.week(signs.rhythm, word) : nil
        let about = word(
            vi: "Số thông báo thường nhận theo giờ trong tuần",
            en: "The callbacks that are usual in each hour of the week"
        )
        chart = week.map { HeatChart(days: $0, title: about).svg }
        busiest = week.flatMap { ConnectionPage.busiest($0, word) }
        causes = signs.causes.map { cause in
            Cause(
                what: word[Vocabulary.outcome[cause.reason]],
                count: word.number(cause.count),
                detail: word.half(cause.detail),
                cure: word[OperationsPage.cure(cause.reason)]
            )
        }
        hasCauses = !causes.isEmpty
        self.refused = refused.map { told in
            let id = told["id"]?.string ?? ""
            return Refused(
                id: id,
                href: CallbackPage.path(id),
                at: told["received_at"]?.string.flatMap { Instant($0) }?.formatted ?? "",
                what: word[Vocabulary.outcome[told["outcome"]?.string ?? ""]],
                detail: word.half(told["detail"]?.string ?? "")
            )
        }
        hasRefused = !self.refused.isEmpty
        self.next = next.map { "?cursor=\($0)" }
    }

    private static func facts(_ signs: ConnectionSigns.Listed, _ word: Wording) -> [Fact] {
        let connection = signs.connection
        return [
            Fact(word(vi: "Tài khoản", en: "Account"), connection.accountNumber),
            Fact(word(vi: "Kiểu ký", en: "Profile"), connection.profile),
            Fact(word(vi: "Chữ ký", en: "Signature"), signs.strength.map { word[ConnectionPage.words($0)] }),
            Fact(word(vi: "Địa chỉ ngân hàng gọi", en: "The bank calls"), Connections.path(connection.name)),
            Fact(
                word(vi: "Báo có gần nhất", en: "Last callback"),
                connection.lastUsedAt.map { "\($0.formatted) (\(word.age($0)))" } ?? "—"
            ),
            Fact(
                word(vi: "Thường lệ trong giờ này", en: "Usual in this hour"),
                ConnectionsPage.about(signs.health.usualThisHour, word)
            ),
            Fact(
                word(vi: "Lẽ ra đã có từ lần cuối", en: "Due since the last one"),
                signs.health.dueSinceLast.map { ConnectionsPage.about($0, word) }
            ),
            Fact(word(vi: "Khóa bí mật còn hiệu lực", en: "Secrets in force"), word.number(connection.secrets)),
            Fact(word(vi: "Chứng thư của ngân hàng", en: "The bank's certificate"), ends(signs, word)),
            Fact(word(vi: "Mã đơn vị chấp nhận thanh toán", en: "Merchant"), connection.merchant),
            Fact(word(vi: "Bị từ chối từ trước đến nay", en: "Refused so far"), word.number(connection.refused)),
        ].compactMap { $0 }
    }

    /// When the certificate ends, and what to do if that is soon.
    private static func ends(_ signs: ConnectionSigns.Listed, _ word: Wording) -> String? {
        guard let term = signs.certificate(now: word.now) else {
            // A bare key has no end; of a secret that was stored before ends were kept nobody knows it.
            guard signs.strength == .senderSigned else { return nil }
            return word(
                vi: "không rõ hạn: khóa không có chứng thư, hoặc được lưu từ trước; thay khóa (rotate) để biết",
                en: "end unknown: a key without a certificate, or stored before; rotate it to know"
            )
        }
        return term.endsAt.day.formatted + (term.isFine ? "" : ". " + word[term.sentence])
    }

    static func words(_ strength: SignatureStrength) -> Phrase {
        switch strength {
        case .messageAuthentication:
            Phrase(vi: "HMAC: hai bên giữ chung một khóa bí mật", en: "HMAC: both sides hold one secret")
        case .gluedHash:
            Phrase(
                vi: "Yếu: băm với khóa nối vào; hỏi ngân hàng có HMAC hoặc chữ ký số không",
                en: "Weak: a hash with the secret glued on; ask the bank for an HMAC or a signature"
            )
        case .senderSigned:
            Phrase(vi: "Chữ ký số: chỉ ngân hàng tạo được", en: "A signature that only the bank can make")
        }
    }

    /// What is usual in each hour, from Monday midnight in Việt Nam on.
    private static func week(_ rhythm: ConnectionRhythm, _ word: Wording) -> [(name: String, amounts: [Double])] {
        let names = word(vi: "T2 T3 T4 T5 T6 T7 CN", en: "Mon Tue Wed Thu Fri Sat Sun").split(separator: " ")
        // 5 January 1970 was a Monday.
        let monday = Day(daysSinceEpoch: 4).start
        return names.enumerated().map { day, name in
            let amounts = (0..<24).map { hour in
                rhythm.usual(at: monday.adding(seconds: Int64(day * 24 + hour) * 3600))
            }
            return (String(name), amounts)
        }
    }

    /// The hour in which most comes, in words.
    private static func busiest(_ week: [(name: String, amounts: [Double])], _ word: Wording) -> String? {
        let hours = week.flatMap { day in day.amounts.enumerated().map { (day.name, $0.offset, $0.element) } }
        guard let most = hours.max(by: { $0.2 < $1.2 }), most.2 > 0 else { return nil }
        let about = ConnectionsPage.about(most.2, word)
        return word(
            vi: "Nhiều nhất: \(most.0) lúc \(most.1) giờ, khoảng \(about) thông báo.",
            en: "Most: \(most.0) at \(most.1):00, about \(about) callbacks."
        )
    }
}
