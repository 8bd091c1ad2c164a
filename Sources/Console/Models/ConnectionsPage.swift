import Casework
public import Collection
public import Values
import Workflow

/// The connections of banks and gateways, each with how it is.
public struct ConnectionsPage: ConsolePage {
    public static let template = "connections"
    public static let section: ConsoleSection? = .operations
    static let path = "/console/operations/connections"

    struct Row: Sendable {
        let name: String
        let href: String
        let profile: String
        let account: String
        let state: Badge
        /// That its certificate ends soon, or has.
        let certificate: Badge?
        let reason: String
        let last: String
        let usual: String
        let refused: String
    }

    public let title: String
    let rows: [Row]
    let isEmpty: Bool

    public init(_ all: [ConnectionSigns.Listed], in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Kết nối ngân hàng", en: "Bank connections")
        rows = all.map { one in
            Row(
                name: one.connection.name,
                href: ConnectionsPage.path + "/" + one.connection.name,
                profile: one.connection.profile,
                account: one.connection.accountNumber,
                state: ConnectionsPage.badge(one.health, word),
                certificate: one.certificate(now: now).flatMap { term in
                    term.isFine ? nil : Badge(word[term.sentence], .warn)
                },
                reason: word[one.health.reason],
                last: one.connection.lastUsedAt.map { word.age($0) } ?? "—",
                usual: ConnectionsPage.about(one.health.usualThisHour, word),
                refused: word.number(one.causes.reduce(0) { $0 + $1.count })
            )
        }
        isEmpty = rows.isEmpty
    }

    static func badge(_ health: ConnectionHealth, _ word: Wording) -> Badge {
        switch health.state {
        case .disabled: Badge(word(vi: "đã tắt", en: "disabled"), .plain)
        case .unheard: Badge(word(vi: "chưa nghe gì", en: "never heard of"), .wait)
        case .refusing: Badge(word(vi: "đang từ chối", en: "refusing"), .warn)
        case .silent: Badge(word(vi: "im lặng", en: "silent"), .warn)
        case .heard where health.usualThisHour == nil: Badge(word(vi: "có thông báo", en: "heard from"), .done)
        case .heard: Badge(word(vi: "như thường lệ", en: "as usual"), .done)
        }
    }

    /// A mean as a whole number, since its tenths mean nothing to anybody.
    static func about(_ amount: Double?, _ word: Wording) -> String {
        amount.map { amount in
            amount > 0 && amount < 1
                ? word(vi: "dưới 1", en: "below 1") : word.number(Int64(amount.rounded()))
        } ?? word(vi: "chưa đủ hai tuần để biết", en: "less than two weeks to tell")
    }
}
