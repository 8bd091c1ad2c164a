public import Collection
import Identity
public import Values

/// A table that was filled in: what each row would do, or did, and why not.
public struct CaseSheetPage: ConsolePage {
    public static let template = "case-sheet"
    public static let section: ConsoleSection? = .cases

    struct Row: Sendable {
        let number: String
        let name: String
        let href: String?
        let action: String
        let note: String
        let told: String?
        let move: MoveView?
        let obstacle: String?
    }

    public let title: String
    /// How many rows would do something, and how many would not, as a sentence.
    let sum: String
    let rows: [Row]
    /// Names the uploaded file, to send what is shown; `nil` once it is sent.
    let token: String?
    let ready: String
    let hasReady: Bool
    let isDone: Bool

    /// - Parameter token: names the uploaded file; `nil` for what has been done.
    public init(
        _ judged: [CaseSheets.Judged],
        token: String?,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Vụ việc từ bảng tính", en: "Cases from a spreadsheet")
        isDone = token == nil
        self.token = token
        rows = judged.map { one in
            Row(
                number: String(one.row.number),
                name: one.caseID.map { "#\($0)" } ?? one.row.caseID,
                href: one.caseID.map { "/console/cases/\($0)" },
                action: one.row.action,
                note: one.row.note,
                told: one.told.map { word[$0] },
                move: one.obstacle == nil ? one.move.map { MoveView($0, word) } : nil,
                obstacle: one.obstacle.map { word[$0] }
            )
        }
        let able = judged.count { $0.obstacle == nil }
        ready = word.number(able)
        hasReady = able > 0
        let left = word.number(judged.count - able)
        sum =
            isDone
            ? word(
                vi: "Đã làm \(ready) dòng; \(left) dòng không làm được.",
                en: "\(ready) rows are done, \(left) are not."
            )
            : word(
                vi: "\(ready) dòng làm được; \(left) dòng không. Chưa có gì được gửi.",
                en: "\(ready) rows can be done, \(left) cannot. Nothing is sent yet."
            )
    }
}
