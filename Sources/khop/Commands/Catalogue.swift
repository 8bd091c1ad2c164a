import ArgumentParser
import Collection
import FeeSchedule
import Foundation
import Values

struct Catalogue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Kiểm tra, nhập, xuất danh mục: địa bàn, cơ quan, thủ tục, mức thu, miễn giảm, chỉ tiêu.",
            en: "Check, import or export the catalogue: localities, agencies, procedures, prices, rules, targets."
        ),
        discussion: String(
            vi: """
                Danh mục là thư mục các tệp CSV: localities, agencies, procedures, fees, reductions, discounts, targets.
                Thiếu tệp thì phần đang có hiệu lực giữ nguyên; thiếu dòng trong tệp thì dòng đó kết thúc.
                import có hiệu lực ngay, để dựng hệ thống; về sau một người đề xuất (propose), người khác chấp nhận (accept).
                """,
            en: """
                A catalogue is a folder of CSV files: localities, agencies, procedures, fees, reductions, discounts, targets.
                A file that is missing leaves what is in force as it is; a row that is missing from its file ends.
                import is in force at once, to set an installation up; later one person proposes and another accepts.
                """
        ),
        subcommands: [
            Check.self, Import.self, Export.self, History.self, Propose.self, Proposals.self, Accept.self, Reject.self,
            Compare.self, Fetch.self,
        ]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Cho biết nhập thư mục sẽ thay đổi gì và mọi lỗi trong đó; không ghi gì.",
                en: "Report what importing a folder would change and every error in it, without writing anything."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Thư mục chứa các tệp CSV.", en: "The folder with the CSV files.")) var folder:
            String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let files = try CatalogueFolder.read(folder)
            let outcome = try await Program.withServices { services, _ in try await services.catalogue.check(files) }
            CatalogueFolder.tell(outcome, json: json)
            if !json { CatalogueFolder.list(outcome.difference) }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ai thay đổi danh mục, khi nào; với một phiên bản: từng dòng có hiệu lực hoặc kết thúc.",
                en: "The versions of the catalogue, with time and author; or all rows that one version added or ended."
            )
        )
        @Option(help: ArgumentHelp(vi: "Các dòng của một phiên bản.", en: "One version's rows.")) var version: Int32?
        @Option(
            help: ArgumentHelp(vi: "Bao nhiêu phiên bản, mới nhất trước.", en: "How many versions, the latest first.")
        ) var limit = 50
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            if let version {
                let changes = try await Program.withServices { services, _ in
                    try await services.catalogue.changes(in: version)
                }
                let rows = changes.map {
                    [
                        $0["file"]?.string ?? "", CatalogueFolder.word($0["change"]?.string ?? ""),
                        $0["row"]?.serialized ?? "",
                    ]
                }
                return Terminal.answer(
                    .array(changes),
                    asJSON: json,
                    text: TerminalTable(
                        [.text("tệp", "file"), .text("thay đổi", "change"), .text("dòng", "row")],
                        rows
                    ).text
                )
            }
            let versions = try await Program.withServices { services, _ in
                try await services.catalogue.versions(limit: limit)
            }
            let rows = versions.map { version in
                let parts = (version["summary"]?.members ?? []).compactMap { file -> String? in
                    let counts = ["added", "changed", "ended"].compactMap { name -> String? in
                        let count = file.value[name]?.integer ?? 0
                        return count > 0 ? "\(count) \(CatalogueFolder.word(name))" : nil
                    }
                    return counts.isEmpty ? nil : "\(file.name): \(counts.joined(separator: ", "))"
                }
                return [
                    String(version["version"]?.integer ?? 0), Shown.time(version["imported_at"]),
                    version["imported_by"]?.string ?? "", parts.joined(separator: "; "),
                ]
            }
            Terminal.answer(
                .array(versions),
                asJSON: json,
                text: TerminalTable(
                    [
                        .number("phiên bản", "version"), .text("nhập lúc", "imported at"), .text("người nhập", "by"),
                        .text("thay đổi", "changes"),
                    ],
                    rows
                ).text
            )
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đưa cả thư mục vào hiệu lực, hoặc không gì cả.",
                en: "Import a folder and put it in force, all or nothing."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Thư mục chứa các tệp CSV.", en: "The folder with the CSV files.")) var folder:
            String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let files = try CatalogueFolder.read(folder)
            let outcome = try await Program.withServices { services, settings in
                try await services.catalogue.importFiles(files, by: try await Program.actor(services, settings))
            }
            CatalogueFolder.tell(outcome, json: json)
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ghi danh mục đang có hiệu lực thành tệp; nhập lại không thay đổi gì.",
                en: "Write the catalogue in force as files; importing them again changes nothing."
            )
        )
        @Argument(
            help: ArgumentHelp(
                vi: "Thư mục để ghi; tự tạo nếu chưa có.",
                en: "The folder to write to; created if it does not exist."
            )
        ) var folder: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

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
                text: files.map { file in
                    String(vi: "đã ghi", en: "wrote") + " \(folder)/\(file.file.fileName)"
                }.joined(separator: "\n")
            )
        }
    }
}
