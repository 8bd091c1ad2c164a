import ArgumentParser
import Collection
import Values

extension PersonCommand {
    struct MakeLoginLink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "login-link",
            abstract: String(
                vi: "In liên kết đăng nhập, dùng một lần trong 24 giờ; chỉ ở bản cài đặt để phát triển.",
                en:
                    "Print a link that logs in, good once, for 24 hours; only where the installation is for development."
            ),
            discussion: String(
                vi: """
                    Phiên mở bằng liên kết được coi như vừa nhập mã xác thực. Bị từ chối nếu KHOP_PUBLIC_URL không phải là chính máy này.
                    """,
                en: """
                    A session that it opens counts as having given its code just then. Refused if KHOP_PUBLIC_URL is not this machine.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Địa chỉ thư hoặc mã.", en: "The e-mail address or id.")) var person: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await Program.withServices { services, settings in
                let found = try await services.persons.find(person)
                let actor = try await Program.actor(services, settings)
                let made = try await services.loginLinks.make(for: found.id, by: actor)
                Terminal.answer(
                    made.json(settings.publicURL),
                    asJSON: json,
                    Phrase(
                        vi:
                            "Mở bằng trình duyệt trên máy này để vào với tư cách \(found.name); dùng được một lần, đến \(made.link.expiresAt.formatted).",
                        en:
                            "Open it in a browser on this machine to enter as \(found.name); it is good once, until \(made.link.expiresAt.formatted)."
                    ).prefixed(by: made.url(settings.publicURL) + "\n")
                )
            }
        }
    }
}
