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
}
