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
            try await PersonCommand.change(person, asJSON: json) { persons, id, actor in
                for grant in roles.grants { try await persons.grant(grant, until: end, to: id, by: actor) }
            }
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
            try await PersonCommand.change(person, asJSON: json) { persons, id, actor in
                for grant in roles.grants { try await persons.revoke(grant, of: id, by: actor) }
            }
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
            try await PersonCommand.change(person, asJSON: json) { persons, id, actor in
                try await persons.disable(id, by: actor)
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Cho đăng nhập lại.", en: "Let a disabled person log in again.")
        )
        @Argument(help: ArgumentHelp(vi: "Địa chỉ thư hoặc mã.", en: "The e-mail address or id.")) var person: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await PersonCommand.change(person, asJSON: json) { persons, id, actor in
                try await persons.enable(id, by: actor)
            }
        }
    }

    struct Unlink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Gỡ tài khoản OpenID Connect; lần đăng nhập tới gắn tài khoản mới.",
                en: "Take a person's OpenID Connect account away; the next login links another."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Địa chỉ thư hoặc mã.", en: "The e-mail address or id.")) var person: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await PersonCommand.change(person, asJSON: json) { persons, id, actor in
                try await persons.unlink(id, by: actor)
            }
        }
    }

    /// Changes a person, named by e-mail address or id, and shows them as they then are.
    static func change(
        _ person: String,
        asJSON json: Bool,
        _ work: (Persons, UUID, Person) async throws -> Void
    ) async throws {
        let changed = try await Program.withServices { services, settings in
            let found = try await services.persons.find(person)
            try await work(services.persons, found.id, try await Program.actor(services, settings))
            return try await services.persons.find(person)
        }
        Terminal.answer(
            changed.json,
            asJSON: json,
            text: "\(changed.name) <\(changed.email)>: \(roles(of: changed))"
        )
    }
}
