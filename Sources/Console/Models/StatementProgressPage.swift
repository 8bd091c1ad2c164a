import Collection
public import Values
import Workflow

/// An import or a run that goes on: what is done at the moment, how far it has come, and the outcomes so far.
public struct StatementProgressPage: ConsolePage {
    public static let template = "statement-progress"
    public static let section: ConsoleSection? = .statements

    struct Stage: Sendable {
        let name: String
        let badge: Badge
        let value: String
        let most: String
        let text: String
        /// Whether its end is known, so that it can be drawn.
        let isMeasured: Bool
    }

    public let title: String
    let events: String
    let stages: [Stage]
    let counts: [Fact]
    let hasCounts: Bool

    public init(_ progress: StatementProgress, token: String, in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Đang làm: \(progress.name)", en: "Under way: \(progress.name)")
        events = "/console/statements/progress/\(token)/events"
        let isImporting = progress.stage == .importing
        let reading = StatementProgressPage.stage(
            word(vi: "Đọc và ghi sao kê", en: "Reading and storing the statement"),
            progress.readBytes,
            of: progress.totalBytes,
            word(
                vi:
                    "\(word.number((progress.readBytes + 1023) / 1024)) / \(word.number((progress.totalBytes + 1023) / 1024)) KiB",
                en:
                    "\(word.number((progress.readBytes + 1023) / 1024)) / \(word.number((progress.totalBytes + 1023) / 1024)) KiB"
            ),
            isGoingOn: isImporting,
            isDone: !isImporting,
            word
        )
        let run = progress.run
        let deciding = StatementProgressPage.stage(
            word(vi: "Đối soát", en: "Reconciling"),
            Int64(run?.decided ?? 0),
            of: Int64(run?.total ?? 0),
            run.map { run in
                word(
                    vi: "\(word.number(run.decided)) / \(word.number(run.total)) dòng có kết quả",
                    en: "\(word.number(run.decided)) of \(word.number(run.total)) lines decided"
                )
            } ?? "",
            isGoingOn: !isImporting,
            isDone: false,
            word
        )
        stages = progress.totalBytes > 0 ? [reading, deciding] : [deciding]
        counts = Reconciliation.outcomes.compactMap { name in
            guard let count = run?.counts[name]?.integer, count > 0 else { return nil }
            return Fact(word[Vocabulary.outcome[name]], word.number(count))
        }
        hasCounts = !counts.isEmpty
    }

    private static func stage(
        _ name: String,
        _ value: Int64,
        of most: Int64,
        _ text: String,
        isGoingOn: Bool,
        isDone: Bool,
        _ word: Wording
    ) -> Stage {
        Stage(
            name: name,
            badge: isDone
                ? Badge(word(vi: "xong", en: "done"), .done)
                : isGoingOn
                    ? Badge(word(vi: "đang làm", en: "under way"), .wait) : Badge(word(vi: "chờ", en: "waits"), .plain),
            value: String(min(value, most)),
            most: String(most),
            text: text,
            isMeasured: most > 0
        )
    }
}
