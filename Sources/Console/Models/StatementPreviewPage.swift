public import Collection
public import Values
import Workflow

/// What an import of dropped files would do, before it is done.
public struct StatementPreviewPage: ConsolePage {
    public static let template = "statement-preview"
    public static let section: ConsoleSection? = .statements

    struct Outcome: Sendable {
        let name: String
        let count: String
        let samples: [Sample]
    }

    struct Sample: Sendable {
        let line: String
        let amount: String
        let memo: String
        let sentence: String
    }

    struct Fault: Sendable {
        let place: String
        let reason: String
    }

    struct File: Sendable {
        let token: String
        let name: String
        let account: String
        let accountName: String
        let bank: String
        let format: String
        let facts: [Fact]
        let outcomes: [Outcome]
        let hasOutcomes: Bool
        let faults: [Fault]
        let hasFaults: Bool
        let hasMoreFaults: Bool
        let gap: String?
        let notes: [String]
        let isKnown: Bool
        let knownHref: String?
        let mayImport: Bool
        /// Why the file could not be read at all.
        let refusal: String?
        /// The accounts that it may be of, where it names none.
        let accounts: [StatementsPage.Option]
        let asksAccount: Bool
        /// Whether there is something to show of what it would do.
        let isRead: Bool
        /// Whether no layout reads it.
        let isUnknown: Bool
        /// Where somebody describes a table that no layout reads.
        let describeHref: String?
    }

    public let title: String
    let files: [File]
    /// Names what was found, for the forms of the page.
    let previewToken: String
    let back: String

    /// One file that was dropped: what it would do, or why it could not be read.
    public struct Dropped: Sendable {
        public let token: String
        public let name: String
        public let preview: StatementPreview?
        public let refusal: String?
        /// The accounts that it may be of, where it names none and somebody must say.
        public let accounts: [Overview.Account]
        /// Whether no layout reads it, whatever its account.
        public let isUnknown: Bool

        public init(
            token: String,
            name: String,
            preview: StatementPreview?,
            refusal: String? = nil,
            accounts: [Overview.Account] = [],
            isUnknown: Bool = false
        ) {
            self.token = token
            self.name = name
            self.preview = preview
            self.refusal = refusal
            self.accounts = accounts
            self.isUnknown = isUnknown || preview?.isUnrecognised == true
        }
    }

    /// - Parameters:
    ///   - token: names what was found.
    ///   - mayMap: whether whoever looks may describe a table that no layout reads.
    public init(
        _ files: [Dropped],
        token: String,
        mayMap: Bool = false,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Xem trước sao kê", en: "Preview of statements")
        self.files = files.map { StatementPreviewPage.file($0, mayMap: mayMap, word) }
        previewToken = token
        back = ConsoleSection.statements.path
    }

    private static func file(_ dropped: Dropped, mayMap: Bool, _ word: Wording) -> File {
        // What the API tells is what the page tells.
        let told = dropped.preview?.json(in: word.language) ?? .null
        func money(_ name: String) -> String? { told[name]?.integer.map { word.money(Money($0)) } }
        func count(_ name: String) -> String? { told[name]?.integer.map { word.number($0) } }
        let period = [told["period"]?["first_day"], told["period"]?["last_day"]].compactMap {
            $0?.string.flatMap { Day($0) }?.formatted
        }
        let statement = told["statement_id"]?.integer
        let faults = (told["faults"]?.array ?? []).prefix(50).map { fault in
            // The whole line is no column.
            let column = fault["column"]?.string.flatMap { $0 == "layout" ? nil : " · " + $0 } ?? ""
            return Fault(
                place: word(vi: "Dòng ", en: "Line ") + word.number(fault["line"]?.integer ?? 0) + column,
                reason: fault["reason"]?.string ?? ""
            )
        }
        let gap = told["continuity"].flatMap { one in
            one["follows"] == false ? one["sentence"]?.string?.unbroken : nil
        }
        let outcomes = outcomes(told, word)
        return File(
            token: dropped.token,
            name: dropped.name,
            account: told["account_number"]?.string ?? "",
            accountName: "",
            bank: told["bank"]?.string ?? "",
            format: told["format"]?.string ?? "",
            facts: [
                Fact(
                    word(vi: "Kỳ", en: "Period"),
                    Set(period).count < 2 ? period.first : period.joined(separator: " – ")
                ),
                Fact(word(vi: "Số dòng", en: "Lines"), count("lines")),
                Fact(word(vi: "Dòng mới", en: "New"), count("new")),
                Fact(word(vi: "Đã có", en: "Known"), count("known")),
                Fact(word(vi: "Tổng ghi có", en: "Credits"), money("credits")),
                Fact(word(vi: "Tổng ghi nợ", en: "Debits"), money("debits")),
                Fact(word(vi: "Số dư đầu", en: "Opening balance"), money("opening_balance")),
                Fact(word(vi: "Số dư cuối", en: "Closing balance"), money("closing_balance")),
            ].compactMap { $0 },
            outcomes: outcomes,
            hasOutcomes: !outcomes.isEmpty,
            faults: Array(faults),
            hasFaults: !faults.isEmpty,
            hasMoreFaults: told["has_more_faults"] == true || (told["faults"]?.array?.count ?? 0) > 50,
            gap: gap,
            notes: (told["notes"]?.array ?? []).compactMap(\.string),
            isKnown: statement != nil,
            knownHref: statement.map { "/console/statements/\($0)" },
            mayImport: dropped.preview != nil && faults.isEmpty && statement == nil,
            refusal: dropped.refusal,
            accounts: dropped.accounts.map { StatementsPage.Option(number: $0.number, name: $0.name) },
            asksAccount: !dropped.accounts.isEmpty,
            isRead: dropped.preview != nil && dropped.refusal == nil && dropped.accounts.isEmpty,
            isUnknown: dropped.isUnknown && !dropped.token.isEmpty,
            describeHref: mayMap && dropped.isUnknown && !dropped.token.isEmpty
                ? MappingsPage.path + "/new/" + dropped.token : nil
        )
    }

    private static func outcomes(_ told: JSON, _ word: Wording) -> [Outcome] {
        (told["outcomes"]?.members ?? []).compactMap { outcome in
            guard let lines = outcome.value.integer, lines > 0 else { return nil }
            let samples = (told["samples"]?[outcome.name]?.array ?? []).prefix(5).map { sample in
                Sample(
                    line: word.number(sample["line"]?.integer ?? 0),
                    amount: word.money(Money(sample["amount"]?.integer ?? 0)),
                    memo: sample["memo"]?.string ?? "",
                    sentence: sample["sentence"]?.string?.unbroken ?? ""
                )
            }
            return Outcome(
                name: word[Vocabulary.outcome[outcome.name]],
                count: word.number(lines),
                samples: Array(samples)
            )
        }
    }
}
