public import Collection
import Identity
public import Values
import Workflow

/// What approving the proposals on several cases would do, before it is done.
public struct CaseApprovalPage: ConsolePage {
    public static let template = "case-approval"
    public static let section: ConsoleSection? = .cases

    struct Row: Sendable {
        let id: String
        let kind: String
        let suspense: String
        let move: MoveView?
        let proposalID: String?
        let by: String
        let note: String
        let obstacle: String?
    }

    public let title: String
    let rows: [Row]
    let ready: String
    let hasReady: Bool
    /// The sum that the approvals come to, as one sentence.
    let balance: String
    let note: String
    /// The address of this page, which its form is sent to.
    let here: String
    let back: String

    /// - Parameters:
    ///   - here: the address of the page, with the cases.
    ///   - back: the address of the list that the cases were chosen in.
    ///   - note: what was typed before a code was asked for.
    public init(
        _ approvals: CaseApprovals,
        here: String,
        back: String,
        note: String = "",
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Duyệt nhiều đề xuất", en: "Approve several proposals")
        rows = approvals.items.map { item in
            Row(
                id: String(item.head.id),
                kind: word[Vocabulary.caseKind[item.head.kind.rawValue]],
                suspense: word.money(item.head.suspenseLeft),
                move: item.proposal.map { MoveView($0.move, word) },
                proposalID: item.obstacle == nil ? item.proposal.map { String($0.id) } : nil,
                by: item.proposal.map { word.actor($0.proposedBy) } ?? "",
                note: item.proposal?.note ?? "",
                obstacle: item.obstacle.map { word[$0] }
            )
        }
        let count = approvals.ready.count
        ready = word.number(count)
        hasReady = count > 0
        let (total, requests) = (word.money(approvals.total), word.money(approvals.toRequests))
        let (goingBack, other) = (word.money(approvals.goingBack), word.money(approvals.other))
        balance = word(
            vi:
                "\(ready) đề xuất duyệt được, tổng \(total): \(requests) gắn vào yêu cầu, \(goingBack) hoàn lại, \(other) việc khác. Chưa có gì được duyệt.",
            en:
                "\(ready) proposals can be approved, \(total) in all: \(requests) to requests, \(goingBack) going back, \(other) otherwise. Nothing is approved yet."
        )
        self.note = note
        self.here = here
        self.back = back
    }
}
