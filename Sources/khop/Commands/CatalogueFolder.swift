import Collection
import FeeSchedule
import Foundation
import Values

enum CatalogueFolder {
    static func read(_ folder: String) throws -> [(file: CatalogueFile, bytes: [UInt8])] {
        var isFolder = ObjCBool(false)
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw ServiceError(
                .invalidParameter,
                at: "folder",
                Phrase(vi: "không có thư mục \(folder)", en: "there is no folder \(folder)")
            )
        }
        let files = CatalogueFile.allCases.compactMap { file in
            FileManager.default.contents(atPath: "\(folder)/\(file.fileName)").map { (file: file, bytes: Array($0)) }
        }
        guard !files.isEmpty else {
            let names = CatalogueFile.allCases.map(\.fileName).joined(separator: ", ")
            throw ServiceError(
                .invalidParameter,
                at: "folder",
                Phrase(
                    vi: "thư mục \(folder) không có tệp nào trong số: \(names)",
                    en: "\(folder) has none of \(names)"
                )
            )
        }
        return files
    }

    /// Lists the changes one by one, up to a number that a person can read.
    static func list(_ difference: CatalogueDifference) {
        let most = 60
        for entry in difference.entries.prefix(most) {
            let line = CSV.line(entry.after ?? entry.before ?? [])
            Terminal.write("  \(word(entry.change.rawValue)) \(entry.file.fileName): \(line)")
            if let before = entry.before, entry.change == .changed {
                Terminal.say(Phrase(vi: "    trước đó: ", en: "    was: ").followed(by: CSV.line(before)))
            }
        }
        let more = difference.entries.count - most
        if more > 0 { Terminal.say(Phrase(vi: "  và \(more) thay đổi khác", en: "  and \(more) more")) }
    }

    /// The word for how a row changed.
    static func word(_ change: String) -> String {
        switch change {
        case "added": String(vi: "thêm", en: "added")
        case "changed": String(vi: "đổi", en: "changed")
        case "ended": String(vi: "kết thúc", en: "ended")
        default: change
        }
    }

    static func tell(_ outcome: CatalogueStore.Outcome, json: Bool) {
        let difference = outcome.difference
        let rows = CatalogueFile.allCases.map { file in
            [
                file.fileName, String(difference.count(.added, file)), String(difference.count(.changed, file)),
                String(difference.count(.ended, file)), String(difference.unchanged[file] ?? 0),
            ]
        }
        let version =
            outcome.version.map { String(vi: "Có hiệu lực: phiên bản \($0).", en: "In force as version \($0).") }
            ?? String(vi: "Chưa ghi gì.", en: "Nothing was written.")
        Terminal.answer(
            outcome.json,
            asJSON: json,
            text: TerminalTable(
                [
                    .text("tệp", "file"), .number("thêm", "added"), .number("đổi", "changed"),
                    .number("kết thúc", "ended"), .number("giữ nguyên", "unchanged"),
                ],
                rows
            ).text + version
        )
    }

    /// What became of a proposal, in words.
    static func state(_ proposal: CatalogueProposal) -> String {
        switch proposal.decision {
        case nil: String(vi: "chờ người khác", en: "awaits another person")
        case let decision? where decision.version != nil: String(vi: "đã có hiệu lực", en: "put in force")
        default: String(vi: "đã bác", en: "turned down")
        }
    }

    /// A proposal with what it would change, and what last month's payments would have brought by it.
    static func tell(_ looked: CatalogueProposal.Looked, json: Bool) {
        let (proposal, language) = (looked.proposal, Language.ofTerminal)
        var lines = [
            "\(proposal.id)  \(state(proposal))  \(proposal.proposedByName), \(proposal.proposedAt.formatted)"
                + (proposal.note.map { ": “\($0)”" } ?? "")
        ]
        if let decision = proposal.decision {
            let version = decision.version.map { String(vi: ", phiên bản \($0)", en: ", version \($0)") } ?? ""
            let note = decision.note.map { ": “\($0)”" } ?? ""
            lines.append("  \(decision.by), \(decision.at.formatted)\(version)\(note)")
        } else {
            lines.append("  " + looked.words.sentence(in: language))
        }
        if looked.isOutdated {
            lines.append(
                String(
                    vi: "  Danh mục đã đổi từ khi kiểm tra các tệp này: bác đề xuất và đề xuất lại.",
                    en: "  The catalogue has changed since these files were checked: reject them and propose again."
                )
            )
        }
        if let rehearsal = looked.rehearsal {
            let (before, after) = (rehearsal.before.formatted(in: language), rehearsal.after.formatted(in: language))
            lines.append(
                String(
                    vi: "  Các khoản của tháng trước, tính lại: \(before) → \(after)",
                    en: "  Last month's payments, assessed again: \(before) → \(after)"
                )
            )
        }
        Terminal.answer(looked.json(in: language), asJSON: json, text: lines.joined(separator: "\n"))
        if !json, proposal.decision == nil { list(looked.difference) }
    }
}
