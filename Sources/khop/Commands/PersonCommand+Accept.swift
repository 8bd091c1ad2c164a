import ArgumentParser
import Collection
import PaymentQR
import Values

extension PersonCommand {
    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Nhận lời mời tại đây, khi không có trình duyệt.",
                en: "Accept an invitation here, where there is no browser."
            ),
            discussion: String(
                vi: """
                    Hiện mã QR cho ứng dụng xác thực, hỏi mật khẩu và mã, rồi in mười mã khôi phục; chúng không hiện lại.
                    Trong script: --show --json in bí mật của ứng dụng xác thực; rồi --password-file TỆP --code MÃ.
                    """,
                en: """
                    Shows the QR code for an authenticator app, asks for a password and a code, and prints ten recovery codes, which
                    are not shown again. In scripts: --show --json prints the authenticator's secret; then
                    --password-file FILE --code CODE.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Liên kết mời.", en: "The invitation link.")) var link: String
        @Flag(help: ArgumentHelp(vi: "Chỉ hiện lời mời.", en: "Show the invitation alone.")) var show = false
        @Option(
            name: .customLong("password-file"),
            help: ArgumentHelp(vi: "Tệp có mật khẩu ở dòng đầu.", en: "A file with the password in its first line.")
        ) var passwordFile: String?
        @Option(help: ArgumentHelp(vi: "Mã 6 chữ số.", en: "The code of 6 digits.")) var code: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let token = link.split(separator: "/").last.map { String($0) } ?? link
            try await Program.withServices { services, _ in
                let invitation = try await services.persons.invitation(token)
                if show { return tell(invitation) }
                if code == nil { draw(invitation) }
                let password = try passwordFile.map { try Prompt.file($0, Prompt.newPassword) } ?? typed()
                let code = try code ?? Prompt.line(Prompt.code)
                let codes = try await services.persons.accept(
                    token,
                    password: password,
                    code: code,
                    from: Terminal.origin
                )
                let list = codes.joined(separator: "\n")
                Terminal.answer(
                    ["email": .string(invitation.email), "recovery_codes": .array(codes.map { .string($0) })],
                    asJSON: json,
                    Phrase(
                        vi:
                            "Xong. Hãy cất những mã khôi phục này ở nơi an toàn; mỗi mã thay được điện thoại một lần:\n\(list)",
                        en:
                            "Done. Keep these recovery codes in a safe place; each stands in for the phone once:\n\(list)"
                    )
                )
            }
        }

        private func tell(_ invitation: Invitation) {
            Terminal.answer(
                [
                    "name": .string(invitation.name), "email": .string(invitation.email),
                    "expires_at": .text(invitation.expiresAt), "secret": .string(invitation.secret),
                    "otpauth_url": .string(invitation.uri),
                ],
                asJSON: json,
                text: "\(invitation.name) <\(invitation.email)>\n\(invitation.uri)"
            )
        }

        private func draw(_ invitation: Invitation) {
            Terminal.say(
                Phrase(
                    vi:
                        "\(invitation.name) <\(invitation.email)>: quét mã này bằng ứng dụng xác thực (Google Authenticator, FreeOTP, …)",
                    en:
                        "\(invitation.name) <\(invitation.email)>: scan this with an authenticator app (Google Authenticator, FreeOTP, …)"
                )
            )
            if let drawn = QRCode(invitation.uri) { Terminal.write(drawn.terminal) }
            Terminal.write(invitation.uri)
        }

        private func typed() throws -> String {
            let password = try Prompt.secret(Prompt.newPassword)
            guard Prompt.isInteractive else { return password }
            guard try Prompt.secret(Prompt.repeated) == password else {
                throw ServiceError(
                    .invalidParameter,
                    at: "password",
                    Phrase(vi: "hai lần nhập khác nhau", en: "was typed differently the second time")
                )
            }
            return password
        }
    }
}
