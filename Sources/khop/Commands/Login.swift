import ArgumentParser
import Collection
import Identity
import Server
import Values

struct Login: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Đăng nhập; cần cho mọi lệnh quyết định hoặc chuyển tiền.",
            en: "Log in; every command that decides or moves money needs it."
        ),
        discussion: String(
            vi: """
                Hỏi địa chỉ thư, mật khẩu (không hiện) và mã xác thực. Phiên lưu trong KHOP_SESSION_FILE (mặc định trong thư mục
                trạng thái của người dùng, quyền 0600), hết hạn sau 15 phút không dùng, lâu nhất 8 giờ. Với --code đơn thuần
                khi đang đăng nhập: nhập lại mã xác thực cho những việc cần mã trong 5 phút gần đây.
                Trong script: --email, --password-file TỆP (- là đầu vào chuẩn), --code MÃ.
                Ai đăng nhập bằng tài khoản của tỉnh (KHOP_OIDC_…): --provider in địa chỉ để mở trong trình duyệt của máy này; nếu
                trình duyệt ở máy khác, thêm --paste rồi dán lại địa chỉ mà trình duyệt dừng ở đó.
                """,
            en: """
                Asks for the e-mail address, the password (not shown) and the code. The session is kept in KHOP_SESSION_FILE (by
                default in the user's state folder, mode 0600); it ends after 15 minutes without use, at the latest after 8 hours.
                With --code alone while logged in: gives a fresh code, for what needs one of the last 5 minutes.
                In scripts: --email, --password-file FILE (- for standard input), --code CODE.
                Who logs in with an account of the province (KHOP_OIDC_…): --provider prints an address to open in a browser of this
                machine; where the browser is on another one, add --paste and paste the address that it ended at.
                """
        )
    )
    @Option(help: ArgumentHelp(vi: "Địa chỉ thư.", en: "The e-mail address.")) var email: String?
    @Option(
        name: .customLong("password-file"),
        help: ArgumentHelp(vi: "Tệp có mật khẩu ở dòng đầu.", en: "A file with the password in its first line.")
    ) var passwordFile: String?
    @Option(
        help: ArgumentHelp(vi: "Mã 6 chữ số, hoặc mã khôi phục.", en: "The code of 6 digits, or a recovery code.")
    ) var code: String?
    @Flag(
        help: ArgumentHelp(
            vi: "Đăng nhập bằng tài khoản của tỉnh, trong trình duyệt.",
            en: "Log in with an account of the province, in a browser."
        )
    ) var provider = false
    @Flag(
        help: ArgumentHelp(
            vi: "Trình duyệt ở máy khác: hỏi địa chỉ mà nó dừng ở đó.",
            en: "The browser is on another machine: ask for the address that it ended at."
        )
    ) var paste = false
    @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

    func validate() throws {
        guard provider || !paste, !provider || email == nil && passwordFile == nil else {
            throw ValidationError(
                String(
                    vi: "--paste cần --provider; --provider không dùng với --email và --password-file",
                    en: "--paste needs --provider; --provider goes without --email and --password-file"
                )
            )
        }
    }

    func run() async throws {
        try await Program.withServices { services, settings in
            let file = SessionFile(settings)
            if provider { return try await logIn(services, settings, file) }
            if let code, email == nil, passwordFile == nil {
                return try await stepUp(services, file, code)
            }
            let email = try email ?? Prompt.line(Prompt.email)
            let password =
                try passwordFile.map { try Prompt.file($0, Prompt.password) } ?? Prompt.secret(Prompt.password)
            let code = try code ?? Prompt.line(Prompt.code)
            let origin = Terminal.origin
            let opened = try await services.logins.logIn(email: email, password: password, code: code, origin)
            try file.keep(opened.token)
            if opened.isBreakGlass {
                Terminal.say(
                    Phrase(
                        vi: "Đăng nhập bằng mật khẩu riêng được ghi lại và báo cho quản trị viên.",
                        en: "A login with a local password is recorded, and administrators are told."
                    )
                )
            }
            Login.tell(opened.session, asJSON: json)
        }
    }

    /// By the provider; where it tells of no second factor, the code of here is asked for.
    private func logIn(_ services: Services, _ settings: Settings, _ file: SessionFile) async throws {
        guard let options = settings.provider else {
            throw ServiceError(
                .invalidParameter,
                at: "--provider",
                Phrase(
                    vi: "chưa đặt KHOP_OIDC_ISSUER: hãy đăng nhập bằng mật khẩu",
                    en: "KHOP_OIDC_ISSUER is not set: log in with a password"
                )
            )
        }
        let login = TerminalLogin(options, logins: services.providerLogins)
        let lead = Phrase(vi: "Hãy mở trong trình duyệt và đăng nhập:", en: "Open in a browser and log in:")
        var opened =
            paste
            ? try await login.ask(Terminal.origin) { address in
                Terminal.write(lead[.ofTerminal] + "\n" + address)
                return try Prompt.line(Prompt.address)
            }
            : try await login.listen(Terminal.origin) { Terminal.write(lead[.ofTerminal] + "\n" + $0) }
        if opened.session.factorAt == nil {
            let code = try code ?? Prompt.line(Prompt.code)
            opened = try await services.logins.finish(opened.session, code: code, Terminal.origin)
        }
        try file.keep(opened.token)
        Login.tell(opened.session, asJSON: json)
    }

    private func stepUp(_ services: Services, _ file: SessionFile, _ code: String) async throws {
        let session = try await services.sessions.authenticate(try file.token() ?? "", .bearer, from: Terminal.origin)
        _ = try await services.sessions.stepUp(session, code: code)
        Login.tell(try await services.sessions.authenticate(try file.token() ?? "", .bearer), asJSON: json)
    }

    /// Says who is logged in, without the token.
    static func tell(_ session: PersonSession, asJSON json: Bool) {
        let roles = session.person.roles.map { held in
            held.grant.role.rawValue + (held.grant.localityCode.map { " (\($0))" } ?? "")
        }.joined(separator: ", ")
        Terminal.answer(
            .object([.init("person", session.person.json)] + (session.json(isCurrent: true).members ?? [])),
            asJSON: json,
            Phrase(
                vi:
                    "\(session.person.name) <\(session.person.email)>: \(roles); hết hạn lúc \(session.endsAt.formatted) nếu không dùng.",
                en:
                    "\(session.person.name) <\(session.person.email)>: \(roles); ends at \(session.endsAt.formatted) if it is not used."
            )
        )
    }
}
