import Collection
import Values
import Workflow

extension CasePage {
    /// What happened to the case, the latest first. What was approved is told once, with the words of whoever approved it:
    /// that the case ended by it stands above, and the words of the proposal stand with the proposal.
    static func history(_ file: CaseFile, _ word: Wording) -> [Entry] {
        var told: [CaseFile.Entry] = []
        for entry in file.history {
            let isDone = told.last.map { $0.event == "performed" && $0.by == entry.by } ?? false
            if entry.event == "resolved", isDone { continue }
            told.append(entry)
        }
        return told.reversed().map { self.entry($0, word) }
    }

    private static func entry(_ entry: CaseFile.Entry, _ word: Wording) -> Entry {
        let names = entry.event == "performed" ? ["approval_note"] : ["note", "assignee", "due_on", "title"]
        let texts = names.compactMap { entry.detail[$0]?.string }
        let reference = entry.detail["reference"]?.string
        let action = entry.detail["action"]?.string.map { word[Vocabulary.caseAction[$0]] }
        let isLink = reference.map { $0.hasPrefix("https://") } ?? false
        return Entry(
            what: word[Vocabulary.caseEvent[entry.event]],
            by: word.actor(entry.by),
            at: entry.at.formatted,
            detail: [action].compactMap { $0 } + texts + (isLink ? [] : [reference].compactMap { $0 }),
            link: isLink ? reference : nil
        )
    }
}
