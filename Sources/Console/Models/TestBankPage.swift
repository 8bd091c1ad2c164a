import BankCallbacks
import Collection
public import Statements
public import Values

/// The bank to play with of a test installation: what it is to do, what it did, and its statements.
public struct TestBankPage: ConsolePage {
    public static let template = "test-bank"
    public static let section: ConsoleSection? = .testBank

    /// A connection whose bank can be played.
    public struct Choice: Sendable {
        let name: String
        let words: String
        let isChosen: Bool

        /// - Parameter open: how many requests wait on the account, at most.
        public init(name: String, profile: String, account: String, open: String, isChosen: Bool) {
            self.name = name
            words = "\(name) · \(profile) · \(account) (\(open))"
            self.isChosen = isChosen
        }
    }

    /// One order to play, as far as it has come.
    public struct Play: Sendable {
        /// All transfers of one kind, and what was answered to them.
        public struct Line: Sendable {
            let kind: String
            let transfers: String
            let amount: String
            let answers: String

            public init(kind: String, transfers: String, amount: String, answers: String) {
                (self.kind, self.transfers, self.amount, self.answers) = (kind, transfers, amount, answers)
            }
        }

        let heading: String
        let told: Int
        let total: Int
        let isGoing: Bool
        let lines: [Line]

        public init(heading: String, told: Int, total: Int, isGoing: Bool, lines: [Line]) {
            (self.heading, self.told, self.total) = (heading, told, total)
            (self.isGoing, self.lines) = (isGoing, lines)
        }
    }

    /// An account that got money which no statement has yet.
    public struct Account: Sendable {
        /// A layout that its bank's statement may have.
        struct Layout: Sendable {
            let name: String
            let title: String
        }

        let number: String
        let words: String
        let layouts: [Layout]
        let hasLayouts: Bool

        /// - Parameter layouts: those that the statements of its bank may have.
        public init(number: String, words: String, layouts: [StatementMapping]) {
            (self.number, self.words) = (number, words)
            self.layouts = layouts.map { Layout(name: $0.name, title: $0.title) }
            hasLayouts = !layouts.isEmpty
        }
    }

    /// What may happen, and how often.
    struct Kind: Sendable {
        let code: String
        let name: String
        let share: String
    }

    public let title: String
    let connections: [Choice]
    let hasConnections: Bool
    let kinds: [Kind]
    let count: String
    let seed: String
    let reference: String
    let plays: [Play]
    let hasPlays: Bool
    /// Whether one of them has not ended.
    let isGoing: Bool
    let accounts: [Account]
    let hasAccounts: Bool
    let fault: String?

    /// - Parameter kept: what was typed before, by the names of the fields.
    public init(
        _ connections: [Choice],
        plays: [Play],
        accounts: [Account],
        kept: [String: String] = [:],
        fault: String? = nil,
        in language: Language
    ) {
        title = Phrase(vi: "Ngân hàng thử", en: "Test bank")[language]
        (self.connections, hasConnections) = (connections, !connections.isEmpty)
        kinds = TransferKind.allCases.map { kind in
            let share = kept["share-" + kind.rawValue] ?? String(TransferKind.usual[kind] ?? 0)
            return Kind(code: kind.rawValue, name: kind.words[language], share: share)
        }
        count = kept["count"] ?? "20"
        seed = kept["seed"] ?? "1"
        reference = kept["reference"] ?? ""
        (self.plays, hasPlays, isGoing) = (plays, !plays.isEmpty, plays.contains(where: \.isGoing))
        (self.accounts, hasAccounts) = (accounts, !accounts.isEmpty)
        self.fault = fault
    }
}
