import ArgumentParser
import Collection
import Identity
import Values

extension Catalogue {
    struct Propose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đề xuất một thư mục để người khác đưa vào hiệu lực.",
                en: "Propose a folder, for another person to put in force."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Thư mục chứa các tệp CSV.", en: "The folder with the CSV files.")) var folder:
            String
        @Option(help: ArgumentHelp(vi: "Vì sao, căn cứ nào.", en: "Why, and by which decision.")) var note: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let files = try CatalogueFolder.read(folder)
            let looked = try await Program.withPerson(.proposeCatalogue) { services, acting in
                try acting.caller.requireWholeProvince()
                let made = try await services.catalogueProposals.propose(files, note: note, by: acting.person)
                return try await services.catalogueProposals.look(made.id)
            }
            CatalogueFolder.tell(looked, json: json)
        }
    }

    struct Proposals: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Các đề xuất danh mục, mới nhất trước; với một số: đề xuất đó sẽ thay đổi gì.",
                en: "Proposals of the catalogue, the latest first; with a number: what that one would change."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số của đề xuất.", en: "The number of a proposal.")) var id: Int64?
        @OptionGroup var page: PageOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            if let id {
                let looked = try await Program.withServices { services, _ in
                    try await services.catalogueProposals.look(id)
                }
                return CatalogueFolder.tell(looked, json: json)
            }
            let before = try page.afterNumber
            let found = try await Program.withServices { services, _ in
                try await services.catalogueProposals.list(before: before, limit: page.limit)
            }
            let rows = found.map { one in
                [
                    String(one.id), CatalogueFolder.state(one), one.proposedAt.formatted, one.proposedByName,
                    one.decision.map { "\($0.by), \($0.at.formatted)" } ?? "",
                    one.decision?.version.map { String($0) } ?? "", one.note ?? "",
                ]
            }
            Terminal.answer(
                .array(found.map(\.json)),
                asJSON: json,
                text: TerminalTable(
                    [
                        .number("số", "id"), .text("trạng thái", "state"), .text("đề xuất lúc", "proposed at"),
                        .text("người đề xuất", "by"), .text("người quyết định", "decided by"),
                        .number("phiên bản", "version"), .text("ghi chú", "note"),
                    ],
                    rows
                ).text
            )
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đưa đề xuất của người khác vào hiệu lực.",
                en: "Put in force what another person proposed."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số của đề xuất.", en: "The number of the proposal.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Ý kiến của người chấp nhận.", en: "What the second person adds.")) var note:
            String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let looked = try await Program.withPerson(.adoptCatalogue) { services, acting in
                try acting.caller.requireWholeProvince()
                _ = try await services.catalogueProposals.adopt(id, note: note, by: acting.person)
                return try await services.catalogueProposals.look(id)
            }
            CatalogueFolder.tell(looked, json: json)
        }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Bác một đề xuất, hoặc rút lại đề xuất của mình.",
                en: "Turn a proposal down, or withdraw your own."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số của đề xuất.", en: "The number of the proposal.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Lý do.", en: "Why.")) var note: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let looked = try await Program.withPerson(.readCatalogue) { services, acting in
                try acting.caller.requireWholeProvince()
                _ = try await services.catalogueProposals.reject(id, note: note, by: acting.caller)
                return try await services.catalogueProposals.look(id)
            }
            CatalogueFolder.tell(looked, json: json)
        }
    }
}
