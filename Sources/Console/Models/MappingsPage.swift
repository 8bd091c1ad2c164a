public import Collection
import Identity
public import Values

/// The mappings that are stored, and where an unknown table is dropped.
public struct MappingsPage: ConsolePage {
    public static let template = "mappings"
    public static let section: ConsoleSection? = .statements
    public static let path = "/console/statements/mappings"

    struct Row: Sendable {
        let href: String
        let name: String
        let title: String
        let version: String
        let scope: String
        let made: String
        let badge: Badge
    }

    public let title: String
    let rows: [Row]
    let isEmpty: Bool
    let mayMap: Bool

    public init(_ stored: [StoredMapping], for caller: Caller, in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Mẫu sao kê đã lưu", en: "Stored mappings of statements")
        rows = stored.map { one in
            Row(
                href: Self.path + "/\(one.id)",
                name: one.name,
                title: one.json["title"]?.string ?? "",
                version: String(one.version),
                scope: Self.scope(one, word),
                made: "\(one.made.name) · \(one.made.at.formatted)",
                badge: Self.badge(one.state, word)
            )
        }
        isEmpty = rows.isEmpty
        mayMap = caller.holds(.mapStatements)
    }

    static func scope(_ one: StoredMapping, _ word: Wording) -> String {
        one.account.map { "\($0) · \(one.bankName)" }
            ?? word(vi: "mọi tài khoản tại \(one.bankName)", en: "all accounts at \(one.bankName)")
    }

    static func badge(_ state: StoredMapping.State, _ word: Wording) -> Badge {
        switch state {
        case .waiting: Badge(word(vi: "chờ người khác", en: "awaits another person"), .wait)
        case .inForce: Badge(word(vi: "đang dùng", en: "counts"), .done)
        case .replaced: Badge(word(vi: "đã có bản mới", en: "replaced"), .plain)
        case .turnedDown: Badge(word(vi: "đã bác", en: "turned down"), .plain)
        case .ended: Badge(word(vi: "đã ngừng", en: "ended"), .plain)
        }
    }
}
