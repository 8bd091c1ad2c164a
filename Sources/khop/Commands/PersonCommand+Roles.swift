import ArgumentParser
import Collection
import Foundation
import Identity
import Values

extension PersonCommand {
    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Giao vai trò; với --until là ủy quyền có thời hạn.",
                en: "Give a role; with --until for a while (a delegation)."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Địa chỉ thư hoặc mã.", en: "The e-mail address or id.")) var person: String
        @OptionGroup var roles: RoleOptions
        @Option(
            help: ArgumentHelp(
                vi: "Ngày cuối của ủy quyền, DD/MM/YYYY hoặc YYYY-MM-DD.",
                en: "The last day of a delegation, DD/MM/YYYY or YYYY-MM-DD."
            )
        ) var until: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            // The whole of the last day, in Vietnam.
            let end = try until.map { try Day(option: "--until", $0).adding(days: 1).start }
            let changed = try await Program.withServices { services, settings in
                let found = try await services.persons.find(person)
                let actor = try await Program.actor(services, settings)
                for grant in roles.grants {
                    try await services.persons.grant(grant, until: end, to: found.id, by: actor)
                }
                return try await services.persons.find(person)
            }
            PersonCommand.tell(changed, asJSON: json)
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thôi giao vai trò; phiên đăng nhập kết thúc ngay.",
                en: "End a role; sessions end at once."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Địa chỉ thư hoặc mã.", en: "The e-mail address or id.")) var person: String
        @OptionGroup var roles: RoleOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let changed = try await Program.withServices { services, settings in
                let found = try await services.persons.find(person)
                let actor = try await Program.actor(services, settings)
                for grant in roles.grants { try await services.persons.revoke(grant, of: found.id, by: actor) }
                return try await services.persons.find(person)
            }
            PersonCommand.tell(changed, asJSON: json)
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ngừng hoạt động: mọi phiên và lời mời kết thúc ngay.",
                en: "Disable a person: every session and invitation ends at once."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Địa chỉ thư hoặc mã.", en: "The e-mail address or id.")) var person: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let changed = try await Program.withServices { services, settings in
                let found = try await services.persons.find(person)
                try await services.persons.disable(found.id, by: try await Program.actor(services, settings))
                return try await services.persons.find(person)
            }
            PersonCommand.tell(changed, asJSON: json)
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Cho đăng nhập lại.", en: "Let a disabled person log in again.")
        )
        @Argument(help: ArgumentHelp(vi: "Địa chỉ thư hoặc mã.", en: "The e-mail address or id.")) var person: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let changed = try await Program.withServices { services, settings in
                let found = try await services.persons.find(person)
                try await services.persons.enable(found.id, by: try await Program.actor(services, settings))
                return try await services.persons.find(person)
            }
            PersonCommand.tell(changed, asJSON: json)
        }
    }

    private static func tell(_ person: KnownPerson, asJSON json: Bool) {
        Terminal.answer(
            person.json,
            asJSON: json,
            text: "\(person.name) <\(person.email)>: \(roles(of: person))"
        )
    }
}
