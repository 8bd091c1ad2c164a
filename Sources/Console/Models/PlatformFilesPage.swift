public import Collection
import Identity
public import Values

/// The daily files of the national payment platform, with what is open of each.
public struct PlatformFilesPage: ConsolePage {
    public static let template = "platform-files"
    public static let section: ConsoleSection? = .statements
    public static let path = "/console/statements/platform"

    struct Row: Sendable {
        let id: String
        let day: String
        let connection: String
        let file: String
        let rows: String
        let total: String
        let imported: String
        let open: String?
        let isReplaced: Bool
    }

    /// A connection that files may be imported for.
    struct Choice: Sendable {
        let name: String
        let isChosen: Bool
    }

    public let title: String
    /// None for whoever may not import, or where there is no platform.
    let choices: [Choice]
    let mayImport: Bool
    /// What the form has in its field of the day: yesterday, until somebody has said otherwise.
    let day: String
    let fault: String?
    let facts: [Fact]
    let hasFacts: Bool
    let rows: [Row]
    let isEmpty: Bool
    let next: String?

    /// - Parameters:
    ///   - waiting: attempts that the platform has said nothing of.
    ///   - next: where the next page begins; `nil` on the last one.
    ///   - connections: for which the viewer may import a file.
    ///   - typed: what was chosen in the form, and why it was not taken.
    public init(
        _ files: [PlatformFileRecord],
        waiting: PlatformPayments.Waiting,
        next: Int64?,
        connections: [String] = [],
        typed: (connection: String, day: String, fault: String)? = nil,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Nền tảng thanh toán quốc gia", en: "National payment platform")
        choices = connections.map { Choice(name: $0, isChosen: $0 == typed?.connection) }
        mayImport = !connections.isEmpty
        day = typed?.day ?? now.day.adding(days: -1).description
        fault = typed?.fault
        facts = [
            Fact(word(vi: "Lần thanh toán chờ kết quả", en: "Attempts that wait"), word.number(waiting.attempts)),
            Fact(word(vi: "Hỏi nhiều lần chưa trả lời", en: "Asked often in vain"), word.number(waiting.silent)),
            Fact(word(vi: "Chờ từ", en: "Since"), waiting.since.map { word.time($0) }),
            Fact(word(vi: "Lỗi gần nhất", en: "Last error"), waiting.error),
        ].compactMap(\.self)
        hasFacts = !facts.isEmpty
        rows = files.map { file in
            Row(
                id: String(file.id),
                day: file.day.formatted,
                connection: file.connection,
                file: file.name,
                rows: word.number(file.rows),
                total: word.money(file.total),
                imported: "\(file.importedAt.formatted) · \(file.importedBy)",
                open: file.isLast && file.openCases > 0 ? word.number(file.openCases) : nil,
                isReplaced: !file.isLast
            )
        }
        isEmpty = rows.isEmpty
        self.next = next.map { "\(Self.path)?cursor=\($0)" }
    }
}
