import ArgumentParser
import Collection
import Foundation
import Identity
import Values

struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: String(
            vi: "Những người dùng hệ thống: mời, vai trò, ngừng hoạt động.",
            en: "The persons who use the system: invite them, their roles, disable them."
        ),
        discussion: String(
            vi: """
                Khóa API dành cho chương trình; quyết định về tiền phải do những người khác nhau đã đăng nhập. Lệnh ở đây dùng quyền của
                chính cơ sở dữ liệu và được ghi lại là của tài khoản hệ thống chạy khop (hoặc của người đang đăng nhập).
                """,
            en: """
                API keys are for programs; decisions about money take different persons who are logged in. These commands work with
                the database's own rights, and are recorded as done by the system account that runs khop (or by who is logged in).
                """
        ),
        subcommands: [
            Add.self, List.self, Invite.self, Accept.self, Grant.self, Delegate.self, Revoke.self, Unlink.self,
            Disable.self, Enable.self, MakeLoginLink.self,
        ]
    )

    /// Which role, and where.
    struct RoleOptions: ParsableArguments {
        @Option(
            parsing: .upToNextOption,
            help: ArgumentHelp(
                vi: "Vai trò: finance, approver, cashier, auditor, leader, admin.",
                en: "The roles: finance, approver, cashier, auditor, leader, admin."
            )
        ) var role: [Role]
        @Option(
            parsing: .upToNextOption,
            help: ArgumentHelp(vi: "Các địa bàn; bỏ trống là tất cả.", en: "The localities; all if left out.")
        ) var locality: [String] = []

        /// Every role in every locality.
        var grants: [RoleGrant] {
            role.flatMap { role in
                locality.isEmpty ? [RoleGrant(role)] : locality.map { RoleGrant(role, in: $0) }
            }
        }

        func validate() throws {
            for role in role where !Role.ofPersons.contains(role) {
                throw ValidationError(
                    String(
                        vi: "\(role.rawValue) là vai trò của khóa API, không phải của người",
                        en: "\(role.rawValue) is a role of API keys, not of persons"
                    )
                )
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thêm một người và in liên kết mời, dùng một lần trong 72 giờ.",
                en: "Add a person and print an invitation link, good once, for 72 hours."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Họ tên.", en: "The name.")) var name: String
        @Option(help: ArgumentHelp(vi: "Địa chỉ thư.", en: "The e-mail address.")) var email: String
        @OptionGroup var roles: RoleOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await Program.withServices { services, settings in
                let actor = try await Program.actor(services, settings)
                let invited = try await services.persons.add(
                    name: name,
                    email: email,
                    grants: roles.grants,
                    by: actor
                )
                PersonCommand.tell(invited, settings, asJSON: json)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Liệt kê mọi người cùng vai trò.", en: "List the persons with their roles.")
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let persons = try await Program.withServices { services, _ in try await services.persons.list() }
            let rows = persons.map { [$0.name, $0.email, PersonCommand.roles(of: $0), PersonCommand.state(of: $0)] }
            Terminal.answer(
                .array(persons.map(\.json)),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("tên", "name"), .text("thư", "e-mail"), .text("vai trò", "roles"),
                        .text("trạng thái", "state"),
                    ],
                    rows
                ).text
            )
        }
    }

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "In liên kết mời mới: khi quên mật khẩu, mất điện thoại, hoặc liên kết trước hết hạn.",
                en: "Print a new link: for a password forgotten, a phone lost, or a link that expired."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Địa chỉ thư hoặc mã.", en: "The e-mail address or id.")) var person: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await Program.withServices { services, settings in
                let found = try await services.persons.find(person)
                let actor = try await Program.actor(services, settings)
                PersonCommand.tell(try await services.persons.invite(found.id, by: actor), settings, asJSON: json)
            }
        }
    }

    private static func tell(_ invited: Invited, _ settings: Settings, asJSON json: Bool) {
        let url = invited.url(settings.publicURL)
        Terminal.answer(
            invited.json(settings.publicURL),
            asJSON: json,
            Phrase(
                vi:
                    "Gửi liên kết này cho \(invited.person.name); dùng được một lần, đến \(invited.expiresAt.formatted). Không có trình duyệt: `khop person accept LIÊN_KẾT`.",
                en:
                    "Send this link to \(invited.person.name); it is good once, until \(invited.expiresAt.formatted). Without a browser: `khop person accept LINK`."
            ).prefixed(by: url + "\n")
        )
    }

    static func roles(of person: KnownPerson) -> String {
        person.roles.map { held in
            held.grant.role.rawValue + (held.grant.localityCode.map { ":\($0)" } ?? "")
                + (held.until.map { String(vi: " đến \($0.formatted)", en: " until \($0.formatted)") } ?? "")
                + (held.standsInFor.map { String(vi: " (thay \($0))", en: " (for \($0))") } ?? "")
        }.joined(separator: ", ")
    }

    private static func state(of person: KnownPerson) -> String {
        if person.disabledAt != nil { return String(vi: "ngừng hoạt động", en: "disabled") }
        return person.isReady ? String(vi: "hoạt động", en: "active") : String(vi: "chờ nhận lời mời", en: "invited")
    }
}
