public import Collection
import Identity
public import Values
import Workflow

/// What would be done about several cases at once, before it is done.
public struct CaseBatchPage: ConsolePage {
    public static let template = "case-batch"
    public static let section: ConsoleSection? = .cases

    struct Row: Sendable {
        let id: String
        let kind: String
        let amount: String
        let reference: String
        let dossier: String
        let payer: String
        let remaining: String
        let taken: String
        let strength: Badge?
        let evidence: String
        let obstacle: String?
    }

    public let title: String
    let rows: [Row]
    let ready: String
    let hasReady: Bool
    let left: String
    let hasLeft: Bool
    /// The sum that the proposal comes to, as one sentence.
    let balance: String
    let note: String
    /// The address of this page, which its form is sent to.
    let here: String
    let back: String
    let least: String

    /// - Parameters:
    ///   - here: the address of the page, with the cases.
    ///   - back: the address of the list that the cases were chosen in.
    ///   - note: what was typed before the session ended.
    public init(
        _ batch: CaseBatch,
        least: CaseSuggestion.Strength,
        here: String,
        back: String,
        note: String? = nil,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Đề xuất cho nhiều vụ việc", en: "Propose for several cases")
        rows = batch.items.map { item in
            Row(
                id: String(item.id),
                kind: word[Vocabulary.caseKind[item.kind.rawValue]],
                amount: word.money(item.amount),
                reference: item.suggestion?.reference ?? "",
                dossier: item.suggestion?.dossierCode ?? "",
                payer: word.personal(item.suggestion?.payerName, .name) ?? "",
                remaining: item.suggestion.map { word.money($0.remaining) } ?? "",
                taken: word.money(item.taken),
                strength: item.suggestion.map { CasePage.badge($0.strength, word) },
                evidence: item.suggestion.map { CasePage.evidence($0, word).map(\.text).joined(separator: ", ") } ?? "",
                obstacle: item.obstacle.map { word[$0] }
            )
        }
        let count = batch.ready.count
        ready = word.number(count)
        hasReady = count > 0
        left = word.money(batch.left)
        hasLeft = batch.left > .zero
        let (suspense, taken, rest) = (word.money(batch.suspense), word.money(batch.taken), word.money(batch.left))
        balance = word(
            vi: "\(word.number(count)) vụ việc, \(suspense) đang chờ xử lý: \(taken) gắn vào yêu cầu, \(rest) còn lại.",
            en: "\(word.number(count)) cases with \(suspense) in suspense: \(taken) to requests, \(rest) left over."
        )
        self.note = note ?? title
        self.here = here
        self.back = back
        self.least = least.rawValue
    }
}
