import ArgumentParser
import Collection
import Foundation
import Spreadsheets
import Values

extension AuditCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xuất gói thanh tra của một kỳ, kiểm tra được mà không cần Khớp.",
                en: "Write an inspection bundle of a period, which is checked without Khớp."
            ),
            discussion: String(
                vi: """
                    Gói gồm SQLite, bảng tính, chứng cứ của từng mục và chương trình kiểm tra (verify.py). Kỳ tính theo lúc niêm
                    phong, vài giây sau khi ghi. Tên người và số tài khoản của người dân không có trong gói, chỉ có băm.
                    """,
                en: """
                    It has a SQLite file, a workbook, the proof of each entry, and a program that checks them (verify.py). The
                    period is that of the seals, which are made some seconds after recording. Names and account numbers of
                    citizens are not in it, but their hashes.
                    """
            )
        )
        @Option(help: ArgumentHelp(vi: "Ngày đầu, DD/MM/YYYY.", en: "The first day, DD/MM/YYYY or YYYY-MM-DD."))
        var from: String
        @Option(help: ArgumentHelp(vi: "Ngày cuối.", en: "The last day.")) var to: String
        @Option(
            help: ArgumentHelp(
                vi: "Thư mục mới, hoặc tệp .zip mới.",
                en: "A new folder, or a new .zip file."
            )
        ) var output: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (first, last) = (try Day(option: "--from", from), try Day(option: "--to", to))
            guard first <= last else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--to",
                    Phrase(vi: "phải là --from hoặc sau đó", en: "must be --from or later")
                )
            }
            guard !FileManager.default.fileExists(atPath: output) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--output",
                    Phrase(vi: "\(output) đã có; hãy nêu tên khác", en: "\(output) exists; name another")
                )
            }
            let isArchive = output.lowercased().hasSuffix(".zip")
            let folder = isArchive ? output + ".parts" : output
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            let summary: Inspection.Summary
            do {
                summary = try await Program.withServices { services, settings in
                    try await services.inspection.export(
                        first...last,
                        into: folder,
                        by: try await Program.actor(services, settings)
                    ) { done, all in
                        Terminal.progress(done, of: all, Phrase(vi: "đang xuất", en: "exporting"))
                    }
                }
                if isArchive { try ZipFile.write(output, names: Inspection.files, from: folder) }
            } catch {
                // Half a bundle is none.
                do { try FileManager.default.removeItem(atPath: folder) } catch {}
                throw error
            }
            if isArchive { try FileManager.default.removeItem(atPath: folder) }
            let count = summary.entries.reduce(0) { $0 + $1.count }
            Terminal.answer(
                .object((summary.json.members ?? []) + [.init("output", .string(output))]),
                asJSON: json,
                Phrase(
                    vi:
                        "Đã ghi \(count) mục của các niêm phong \(summary.seals.lowerBound)–\(summary.seals.upperBound) vào \(output). Kiểm tra: python3 verify.py (trong gói).",
                    en:
                        "Wrote \(count) entries of the seals \(summary.seals.lowerBound)–\(summary.seals.upperBound) to \(output). To check it: python3 verify.py (in the bundle)."
                )
            )
        }
    }
}
