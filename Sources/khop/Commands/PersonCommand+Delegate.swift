import ArgumentParser
import Collection
import Identity
import Values

extension PersonCommand {
    struct Delegate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ủy quyền vai trò của một người cho người khác, có thời hạn.",
                en: "Let a person stand in for another one in a role, for a while."
            ),
            discussion: String(
                vi: """
                    Người được ủy quyền không quyết định về việc mà người ủy quyền đã đề nghị hoặc duyệt. Ủy quyền hết khi đến hạn,
                    khi bị thu hồi (khop person revoke), hoặc khi người ủy quyền thôi giữ vai trò.
                    """,
                en: """
                    Who stands in decides nothing that the other asked for or approved. It ends in time, when it is revoked
                    (khop person revoke), or when the other's own role ends.
                    """
            )
        )
        @Argument(
            help: ArgumentHelp(vi: "Người ủy quyền: địa chỉ thư hoặc mã.", en: "Who is stood in for: e-mail or id.")
        )
        var from: String
        @Argument(help: ArgumentHelp(vi: "Người được ủy quyền.", en: "Who stands in.")) var to: String
        @OptionGroup var roles: RoleOptions
        @Option(
            help: ArgumentHelp(
                vi: "Ngày cuối, DD/MM/YYYY hoặc YYYY-MM-DD; dài nhất 90 ngày.",
                en: "The last day, DD/MM/YYYY or YYYY-MM-DD; at most 90 days ahead."
            )
        ) var until: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            // The whole of the last day, in Vietnam.
            let end = try Day(option: "--until", until).adding(days: 1).start
            let changed = try await Program.withServices { services, settings in
                let actor = try await Program.actor(services, settings)
                let principal = try await services.persons.find(from)
                let substitute = try await services.persons.find(to)
                for grant in roles.grants {
                    try await services.persons.delegate(grant, from: principal, to: substitute, until: end, by: actor)
                }
                return try await services.persons.find(to)
            }
            Terminal.answer(
                changed.json,
                asJSON: json,
                text: "\(changed.name) <\(changed.email)>: \(PersonCommand.roles(of: changed))"
            )
        }
    }
}
