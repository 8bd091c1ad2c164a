public import Collection
import Identity
import Matching
public import Values
import Workflow

/// One of the platform's daily files: each row beside the books and the bank's statement, what differs first.
public struct PlatformFilePage: ConsolePage {
    public static let template = "platform-file"
    public static let section: ConsoleSection? = .statements

    struct Row: Sendable {
        let number: String
        let code: String
        let transaction: String
        let amount: String
        let verdict: Badge
        let sentence: String
    }

    public let title: String
    let facts: [Fact]
    let rows: [Row]
    let isEmpty: Bool
    /// Whether there are more than are shown.
    let more: String?
    /// `nil` for who may only look: an answer compares again, which opens and closes cases.
    let answerHref: String?
    let isReplaced: Bool
    /// Where the file is imported from its preview; `nil` for one that is.
    let importHref: String?
    let done: String?

    /// More rows are in the answer alone.
    private static let shownRows = 500

    /// - Parameters:
    ///   - preview: names the file that was dropped, where this is what an import of it would find.
    ///   - isNew: whether the file has just been imported.
    public init(
        _ shown: PlatformFileShown,
        for caller: Caller,
        preview: String? = nil,
        isNew: Bool = false,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        let file = shown.file
        title =
            preview == nil
            ? word(vi: "Tệp đối soát ngày \(file.day.formatted)", en: "File of \(file.day.formatted)")
            : word(
                vi: "Xem trước tệp đối soát ngày \(file.day.formatted)",
                en: "Preview of the file of \(file.day.formatted)"
            )
        facts = [
            Fact(word(vi: "Kết nối", en: "Connection"), file.connection),
            Fact(word(vi: "Tài khoản", en: "Account"), file.accountNumber),
            Fact(word(vi: "Tệp", en: "File"), file.name),
            Fact(word(vi: "Dòng", en: "Rows"), word.number(file.rows)),
            Fact(word(vi: "Tổng", en: "Total"), word.money(file.total)),
            Fact(word(vi: "Khớp", en: "Agree"), word.number(shown.count(.agrees))),
            Fact(word(vi: "Chờ", en: "Wait"), word.number(shown.count(.waits))),
            Fact(word(vi: "Lệch", en: "Differ"), word.number(shown.count(.differs))),
            Fact(
                word(vi: "Người nhập", en: "Imported by"),
                preview == nil ? "\(file.importedBy) · \(file.importedAt.formatted)" : nil
            ),
        ].compactMap(\.self)
        let order: [PlatformFinding.Verdict] = [.differs, .waits, .agrees]
        let sorted = order.flatMap { verdict in shown.findings.filter { $0.verdict == verdict } }
        rows = sorted.prefix(Self.shownRows).map { finding in
            Row(
                number: finding.row.map(String.init) ?? "—",
                code: finding.code,
                transaction: finding.transaction,
                amount: word.money(finding.amount),
                verdict: PlatformFilePage.badge(finding.verdict, word),
                sentence: finding.reason.sentence(in: language).unbroken
            )
        }
        isEmpty = rows.isEmpty
        let hidden = sorted.count - rows.count
        more = hidden > 0 ? word(vi: "và \(hidden) dòng khác", en: "and \(hidden) more") : nil
        importHref = preview.map { "\(PlatformFilesPage.path)/preview/\($0)" }
        done =
            isNew
            ? word(vi: "Đã nhập tệp; mỗi chênh lệch là một vụ việc.", en: "Imported; each difference is a case.") : nil
        answerHref = preview == nil && caller.holds(.reconcile) ? "\(PlatformFilesPage.path)/\(file.id)/answer" : nil
        isReplaced = !file.isLast
    }

    private static func badge(_ verdict: PlatformFinding.Verdict, _ word: Wording) -> Badge {
        switch verdict {
        case .agrees: Badge(word(vi: "khớp", en: "agrees"), .done)
        case .waits: Badge(word(vi: "chờ", en: "waits"), .wait)
        case .differs: Badge(word(vi: "lệch", en: "differs"), .warn)
        }
    }
}
