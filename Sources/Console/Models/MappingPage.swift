public import Collection
import Identity
public import Statements
public import Values

/// A version of a stored mapping: what it says of each column, who made it, and what may be done with it.
public struct MappingPage: ConsolePage {
    public static let template = "mapping"
    public static let section: ConsoleSection? = .statements

    struct Column: Sendable {
        let name: String
        let found: String
    }

    struct Version: Sendable {
        let href: String
        let number: String
        let made: String
        let badge: Badge
    }

    public let title: String
    let href: String
    let badge: Badge
    let facts: [Fact]
    let columns: [Column]
    let versions: [Version]
    let trial: MappingTrialView?
    /// Names the file that was tried, to accept by it; `nil` if it may not be accepted by it.
    let acceptToken: String?
    let mayTry: Bool
    let mayEnd: Bool
    let note: String
    let done: String?
    let fault: String?

    /// - Parameters:
    ///   - versions: all of its name.
    ///   - trial: a file as it reads it, with the token of the file; `nil` if none was dropped.
    public init(
        _ stored: StoredMapping,
        versions: [StoredMapping],
        trial: (read: MappingTrial, token: String)?,
        for caller: Caller,
        done: String? = nil,
        fault: String? = nil,
        note: String = "",
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(
            vi: "Mẫu \(stored.name), phiên bản \(stored.version)",
            en: "\(stored.name), version \(stored.version)"
        )
        href = MappingsPage.path + "/\(stored.id)"
        badge = MappingsPage.badge(stored.state, word)
        facts = Self.facts(stored, word)
        columns = (stored.json["columns"]?.members ?? []).map { member in
            let found = (member.value.array ?? [member.value]).map { item in
                item.string ?? item.integer.map { word(vi: "cột \($0)", en: "column \($0)") } ?? ""
            }
            return Column(name: MappingWords.column(member.name, word), found: found.joined(separator: " | "))
        }
        self.versions = versions.map { one in
            Version(
                href: MappingsPage.path + "/\(one.id)",
                number: String(one.version),
                made: "\(one.made.name) · \(one.made.at.formatted)",
                badge: MappingsPage.badge(one.state, word)
            )
        }
        self.trial = trial.map { MappingTrialView($0.read, word) }
        let isOwn = stored.made.by == caller.person.id
        let mayAccept = stored.state == .waiting && !isOwn && caller.holds(.acceptMapping)
        acceptToken = trial.flatMap { mayAccept && $0.read.faults.isEmpty ? $0.token : nil }
        mayTry = mayAccept
        mayEnd = stored.ended == nil && (caller.holds(.acceptMapping) || isOwn)
        self.note = note
        self.done = done
        self.fault = fault
    }

    private static func facts(_ stored: StoredMapping, _ word: Wording) -> [Fact] {
        func act(_ act: StoredMapping.Act?) -> String? { act.map { "\($0.name) · \($0.at.formatted)" } }
        func list(_ name: String) -> String? { stored.json[name]?.array?.compactMap(\.string).joined(separator: ", ") }
        func marks(_ side: String) -> String? {
            stored.json["signs"]?[side]?.array?.compactMap(\.string).joined(separator: ", ")
        }
        return [
            Fact(word(vi: "Tên cho người đọc", en: "Title"), stored.json["title"]?.string),
            Fact(word(vi: "Dùng cho", en: "Is for"), MappingsPage.scope(stored, word)),
            Fact(
                word(vi: "Số dư", en: "Balances"),
                stored.isProven
                    ? word(vi: "chứng minh các cột tiền", en: "prove the columns of money")
                    : word(vi: "không chứng minh được", en: "prove nothing")
            ),
            Fact(word(vi: "Dạng ngày", en: "Forms of dates"), list("dates")),
            Fact(
                word(vi: "Dòng tiêu đề", en: "Rows of headings"),
                stored.json["header_rows"]?.integer == 2 ? word(vi: "hai", en: "two") : nil
            ),
            Fact(word(vi: "Dấu ghi có", en: "Marks of credits"), marks("credit")),
            Fact(word(vi: "Dấu ghi nợ", en: "Marks of debits"), marks("debit")),
            Fact(word(vi: "Người lập", en: "Made by"), act(stored.made)),
            Fact(word(vi: "Chấp nhận", en: "Accepted by"), act(stored.accepted)),
            Fact(word(vi: "Bác hoặc ngừng", en: "Ended by"), act(stored.ended)),
            Fact(word(vi: "Lý do", en: "Why"), stored.note),
        ].compactMap(\.self)
    }
}
