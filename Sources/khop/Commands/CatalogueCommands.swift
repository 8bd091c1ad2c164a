import ArgumentParser
import Collection
import FeeSchedule
import Foundation
import Values

struct Catalogue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check, import or export the catalogue: localities, agencies, procedures, prices, rules, targets.",
        discussion: """
            A catalogue is a folder of CSV files: localities, agencies, procedures, fees, reductions, discounts, targets.
            A file that is missing leaves what is in force as it is; a row that is missing from its file ends.
            """,
        subcommands: [Check.self, Import.self, Export.self, History.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what importing a folder would change, and every fault in it; write nothing."
        )
        @Argument(help: "The folder with the CSV files.") var folder: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let files = try CatalogueFolder.read(folder)
            let outcome = try await Program.withServices { services, _ in try await services.catalogue.check(files) }
            CatalogueFolder.tell(outcome, json: json)
            if !json { CatalogueFolder.list(outcome.difference) }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Who changed the catalogue when; of one version, every row it put in force or ended."
        )
        @Option(help: "One version's rows.") var version: Int32?
        @Option(help: "How many versions, the latest first.") var limit = 50
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            if let version {
                let changes = try await Program.withServices { services, _ in
                    try await services.catalogue.changes(in: version)
                }
                let rows = changes.map {
                    [$0["file"]?.string ?? "", $0["change"]?.string ?? "", $0["row"]?.serialized ?? ""]
                }
                return Terminal.answer(
                    .array(changes),
                    asJSON: json,
                    TextTable.render([["file", "change", "row"]] + rows, leftAligned: [0, 1, 2])
                )
            }
            let versions = try await Program.withServices { services, _ in
                try await services.catalogue.versions(limit: limit)
            }
            let rows = versions.map { version in
                let parts = (version["summary"]?.members ?? []).compactMap { file -> String? in
                    let counts = ["added", "changed", "ended"].compactMap { name -> String? in
                        let count = file.value[name]?.integer ?? 0
                        return count > 0 ? "\(count) \(name)" : nil
                    }
                    return counts.isEmpty ? nil : "\(file.name): \(counts.joined(separator: ", "))"
                }
                return [
                    String(version["version"]?.integer ?? 0), version["imported_at"]?.string ?? "",
                    version["imported_by"]?.string ?? "", parts.joined(separator: "; "),
                ]
            }
            Terminal.answer(
                .array(versions),
                asJSON: json,
                TextTable.render([["version", "imported at", "by", "changes"]] + rows, leftAligned: [1, 2, 3])
            )
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Put a folder in force, all or nothing.")
        @Argument(help: "The folder with the CSV files.") var folder: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let files = try CatalogueFolder.read(folder)
            let outcome = try await Program.withServices { services, _ in
                try await services.catalogue.importFiles(files, by: Terminal.user)
            }
            CatalogueFolder.tell(outcome, json: json)
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the catalogue in force as files that import to no change."
        )
        @Argument(help: "The folder to write to; made where it is missing.") var folder: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let files = try await Program.withServices { services, _ in try await services.catalogue.export() }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for file in files {
                try Data(file.text.utf8).write(
                    to: URL(fileURLWithPath: "\(folder)/\(file.file.fileName)"),
                    options: .atomic
                )
            }
            Terminal.answer(
                ["files": .array(files.map { .string($0.file.fileName) })],
                asJSON: json,
                files.map { "wrote \(folder)/\($0.file.fileName)" }.joined(separator: "\n")
            )
        }
    }
}

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

    /// The changes one by one, as far as a person reads.
    static func list(_ difference: CatalogueDifference) {
        let most = 60
        for entry in difference.entries.prefix(most) {
            let line = CSV.line(entry.after ?? entry.before ?? [])
            Terminal.say("  \(entry.change.rawValue) \(entry.file.fileName): \(line)")
            if let before = entry.before, entry.change == .changed { Terminal.say("    was: \(CSV.line(before))") }
        }
        let more = difference.entries.count - most
        if more > 0 { Terminal.say("  and \(more) more") }
    }

    static func tell(_ outcome: CatalogueStore.Outcome, json: Bool) {
        let difference = outcome.difference
        let rows = CatalogueFile.allCases.map { file in
            [
                file.fileName, String(difference.count(.added, file)), String(difference.count(.changed, file)),
                String(difference.count(.ended, file)), String(difference.unchanged[file] ?? 0),
            ]
        }
        let version = outcome.version.map { "In force as version \($0)." } ?? "Nothing was written."
        Terminal.answer(
            outcome.json,
            asJSON: json,
            TextTable.render([["file", "added", "changed", "ended", "unchanged"]] + rows) + version
        )
    }
}
