import ArgumentParser
import Collection
import Foundation
import Identity
import Values

extension Statement {
    struct Mapping: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mapping",
            abstract: String(
                vi: "Mẫu sao kê đã lưu: liệt kê, xem, lưu, chấp nhận, ngừng.",
                en: "Stored mappings of statements: list, show, add, accept, end."
            ),
            subcommands: [List.self, Show.self, Add.self, Accept.self, End.self]
        )

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: String(vi: "Liệt kê, mới nhất trước.", en: "List them, the latest first.")
            )
            @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

            func run() async throws {
                let found = try await Program.withServices { services, _ in
                    try await services.statementMappings.list()
                }
                Mapping.tell(found, .array(found.map(\.listed)), json)
            }
        }

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: String(
                    vi: "Mọi phiên bản của một tên; --json: tệp mô tả của phiên bản đang dùng.",
                    en: "All versions of a name; --json: the description that counts."
                )
            )
            @Argument(help: ArgumentHelp(vi: "Tên mẫu.", en: "Its name.")) var name: String
            @Flag(help: ArgumentHelp(vi: "In tệp mô tả (JSON).", en: "Print the description (JSON).")) var json = false

            func run() async throws {
                let found = try await Program.withServices { services, _ in
                    try await services.statementMappings.versions(name)
                }
                guard let shown = found.first(where: { $0.state == .inForce }) ?? found.first else {
                    throw ServiceError(
                        .notFound,
                        Phrase(vi: "Không có mẫu \(name.prefix(40)).", en: "There is no mapping \(name.prefix(40)).")
                    )
                }
                Mapping.tell(found, shown.json, json)
            }
        }

        struct Add: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: String(
                    vi: "Lưu một tệp mô tả thành phiên bản mới; --sample: tệp sao kê mà số dư chứng minh mẫu.",
                    en: "Store a description as a new version; --sample: a statement whose balances prove it."
                )
            )
            @Argument(help: ArgumentHelp(vi: "Tệp mô tả (JSON).", en: "The description (JSON).")) var file: String
            @Option(help: ArgumentHelp(vi: "Chỉ cho tài khoản này.", en: "For this account alone.")) var account:
                String?
            @Option(help: ArgumentHelp(vi: "Một tệp sao kê đọc bằng mẫu này.", en: "A statement that it reads."))
            var sample: String?
            @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

            func run() async throws {
                let text = try Mapping.bytes(file)
                let description: JSON
                do throws(JSON.ParseError) { description = try JSON.parse(text) } catch {
                    throw ServiceError(.invalidParameter, at: "file", error.phrase)
                }
                let draft = StatementMappings.Draft(
                    json: description,
                    account: account,
                    sample: try sample.map { try Mapping.bytes($0) }
                )
                let stored = try await Program.withPerson(.mapStatements, account: account) { services, acting in
                    if account == nil { try acting.caller.requireWholeProvince() }
                    return try await services.statementMappings.save(draft, by: acting.person)
                }
                Mapping.tell([stored], stored.listed, json)
            }
        }

        struct Accept: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: String(
                    vi: "Chấp nhận mẫu của người khác, sau khi xem nó đọc một tệp (statement preview).",
                    en: "Accept another person's mapping that reads a file."
                )
            )
            @Argument(help: ArgumentHelp(vi: "Số của phiên bản.", en: "The version's id.")) var id: Int64
            @Option(help: ArgumentHelp(vi: "Tệp sao kê đã đối chiếu.", en: "The statement that was looked at."))
            var sample: String
            @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

            func run() async throws {
                let bytes = try Mapping.bytes(sample)
                let stored = try await Program.withPerson(.acceptMapping) { services, acting in
                    try await Mapping.authorize(id, services, acting)
                    return try await services.statementMappings.accept(id, sample: bytes, by: acting.person)
                }
                Mapping.tell([stored], stored.listed, json)
            }
        }

        struct End: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: String(
                    vi: "Bác một mẫu đang chờ, hoặc ngừng mọi phiên bản của một mẫu.",
                    en: "Turn down one that waits, or end every version of one that counts."
                )
            )
            @Argument(help: ArgumentHelp(vi: "Số của phiên bản.", en: "The version's id.")) var id: Int64
            @Option(help: ArgumentHelp(vi: "Lý do.", en: "Why.")) var note: String
            @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

            func run() async throws {
                let stored = try await Program.withPerson(.acceptMapping) { services, acting in
                    try await Mapping.authorize(id, services, acting)
                    return try await services.statementMappings.end(id, note: note, by: acting.person)
                }
                Mapping.tell([stored], stored.listed, json)
            }
        }

        /// Throws unless a person acts for the account, or the whole province, that a mapping is for.
        private static func authorize(_ id: Int64, _ services: Services, _ acting: ActingPerson) async throws {
            guard let account = try await services.statementMappings.find(id).account else {
                return try acting.caller.requireWholeProvince()
            }
            try await services.jurisdiction.authorize(account: account, for: acting.caller)
        }

        private static func bytes(_ path: String) throws -> [UInt8] {
            guard let file = FileHandle(forReadingAtPath: path),
                let data = try file.read(upToCount: MappingDraft.maximumBytes + 1)
            else { throw ServiceError(.invalidParameter, at: "file", .unreadableFile(path)) }
            guard data.count <= MappingDraft.maximumBytes else {
                throw ServiceError(
                    .tooLarge,
                    Phrase(vi: "\(path): tối đa 16 MiB.", en: "\(path): has at most 16 MiB.")
                )
            }
            return Array(data)
        }

        private static func tell(_ found: [StoredMapping], _ shown: JSON, _ json: Bool) {
            let rows = found.map { one in
                [
                    String(one.id), one.name, String(one.version), one.state.rawValue, one.account ?? one.bankName,
                    one.isProven ? "✓" : "", one.made.name, one.accepted?.name ?? "", one.note ?? "",
                ]
            }
            let table = TerminalTable(
                [
                    .number("số", "id"), .text("tên", "name"), .number("phiên bản", "version"),
                    .text("trạng thái", "state"), .text("dùng cho", "for"), .text("số dư", "proven"),
                    .text("người lập", "made by"), .text("chấp nhận", "accepted by"), .text("lý do", "why"),
                ],
                rows
            )
            Terminal.answer(shown, asJSON: json, text: table.text)
        }
    }
}
