import Casework
import Collection
import Foundation
import Server
import TestSupport
import Testing
import Values
import Workflow

/// Letters to payers through a real mail server, whatever it does.
@Suite(.serialized) struct MailTests {
    private static let subject =
        "Đã nhận đủ 10.000 ₫ cho RF18539007547034, một tiêu đề dài hơn một từ mã hóa có thể chứa"

    private static func message(_ address: String = "an@example.vn", subject: String = subject) -> ComposedMessage {
        ComposedMessage(
            id: 17,
            kind: .paid,
            channel: .email,
            language: .vietnamese,
            address: address,
            subject: subject,
            text: "Kính gửi,\n\n.một dòng bắt đầu bằng dấu chấm\n.\nHết.\n",
            short: "x",
            unsubscribeURL: "https://pay.example.vn/unsubscribe/1-ab?lang=vi"
        )
    }

    @Test func `a letter arrives as it was written, with the headers by which one unsubscribes`() async throws {
        try await MailHost.with("plain") { host in
            let sender = MailSender(try host.server(), name: Phrase(same: "Tỉnh Lào Cai"))
            #expect(await sender.send(Self.message()) == .sent)
            let letter = try #require(try host.letters().first)
            #expect(letter["defects"] == [] && letter["ascii"] == true && letter["type"] == "text/plain")
            #expect(letter["mail_from"] == "khong-tra-loi@laocai.example.vn" && letter["rcpt_tos"] == ["an@example.vn"])
            #expect((letter["longest"]?.integer ?? 999) <= 78)
            let headers = try #require(letter["headers"])
            #expect(headers["Subject"] == .string(Self.subject))
            #expect(headers["From"] == "Tỉnh Lào Cai <khong-tra-loi@laocai.example.vn>")
            #expect(headers["To"] == "an@example.vn" || headers["To"] == "<an@example.vn>")
            #expect(headers["List-Unsubscribe"] == "<https://pay.example.vn/unsubscribe/1-ab?lang=vi>")
            #expect(headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click")
            #expect(headers["Message-ID"] == "<khop-message-17@laocai.example.vn>")
            #expect(
                headers["Auto-Submitted"] == "auto-generated" && headers["Date"]?.string?.hasSuffix("+0700") == true
            )
            // What begins with a dot is not the end.
            #expect(letter["body"] == "Kính gửi,\n\n.một dòng bắt đầu bằng dấu chấm\n.\nHết.\n")
        }
    }

    @Test func `no subject, however strange, makes a header of its own`() async throws {
        try await MailHost.with("plain") { host in
            let sender = MailSender(try host.server(), name: Phrase(same: "A\"\r\nBcc: x@example.vn\r\n <b>"))
            let subjects = [
                "plain", "x\r\nBcc: y@example.vn", "=?utf-8?B?eA==?=", String(repeating: "ệ", count: 300), "🇻🇳 👨‍👩‍👧‍👦", "a:b",
            ]
            for subject in subjects { #expect(await sender.send(Self.message(subject: subject)) == .sent) }
            let letters = try host.letters()
            #expect(letters.count == subjects.count)
            for (letter, subject) in zip(letters, subjects) {
                #expect(letter["headers"]?["Bcc"] == nil && letter["defects"] == [])
                let read = letter["headers"]?["Subject"]?.string
                #expect(read == subject.replacing("\r\n", with: "  "), "\(subject)")
                #expect((letter["longest"]?.integer ?? 999) <= 78)
            }
        }
    }

    @Test func `with TLS and a login, and only to a server that proves who it is`() async throws {
        try await MailHost.with("tls") { host in
            var server = try host.server()
            server.login = ("khop", "secret")
            // Its certificate is of nobody whom this machine trusts.
            #expect(
                await MailSender(server, name: Phrase(same: "K")).send(Self.message())
                    == .failed("the certificate of the mail server is not trusted")
            )
            server.authorities = host.folder + "/cert.pem"
            #expect(await MailSender(server, name: Phrase(same: "K")).send(Self.message()) == .sent)
            let letter = try #require(try host.letters().first)
            #expect(letter["tls"] == true && letter["authenticated"] == true)
            server.login = ("khop", "wrong")
            #expect(
                await MailSender(server, name: Phrase(same: "K")).send(Self.message())
                    == .failed("the mail server refuses the login")
            )
            #expect(try host.letters().count == 1)
        }
    }

    @Test func `a letter goes to another machine over TLS alone`() async throws {
        // By its own name this machine is another one.
        let name = ProcessInfo.processInfo.hostName.lowercased()
        try await MailHost.with("plain", host: "0.0.0.0") { host in
            let sender = MailSender(try host.server(host: name), name: Phrase(same: "K"))
            #expect(await sender.send(Self.message()) == .failed("the mail server offers no TLS"))
            #expect(try host.letters().isEmpty)
        }
    }

    @Test(arguments: [
        ("unknown", MessageAnswer.refused("SMTP 550"), 0), ("later", .failed("SMTP 451"), 0),
        ("spam", .refused("SMTP 554"), 1), ("busy", .failed("SMTP 451"), 1),
        ("cut", .unknown("the mail server did not answer after the letter was handed over"), 1),
    ])
    func `what a mail server says is told apart from what it leaves open`(
        _ mode: String,
        _ expected: MessageAnswer,
        _ letters: Int
    ) async throws {
        try await MailHost.with(mode) { host in
            let sender = MailSender(try host.server(), name: Phrase(same: "K"))
            #expect(await sender.send(Self.message()) == expected)
            let count = try host.letters().count
            #expect(count == letters)
        }
    }

    @Test func `a server that is not there has nothing, and one that never answers may have it`() async throws {
        let port = try FreePort.find()
        let away = try #require(MailServer("smtp://127.0.0.1:\(port)", from: "a@example.vn"))
        guard case .failed = await MailSender(away, name: Phrase(same: "K")).send(Self.message()) else {
            Issue.record("there is no server")
            return
        }
        try await MailHost.with("mute") { host in
            var server = try host.server()
            server.timeout = .seconds(3)
            guard case .unknown = await MailSender(server, name: Phrase(same: "K")).send(Self.message()) else {
                Issue.record("it has the letter")
                return
            }
        }
    }

    @Test func `addresses of mail servers are read, and those with a secret in them are not`() throws {
        let plain = try #require(MailServer("smtp://mail.example.vn", from: "a@example.vn"))
        #expect(plain.port == 587 && !plain.isSecure)
        let secure = try #require(MailServer("smtps://[::1]:4650", from: "a@example.vn"))
        #expect(secure.port == 4650 && secure.isSecure && secure.host == "::1")
        for wrong in [
            "", "mail.example.vn", "http://mail.example.vn", "smtp://", "smtp://a:b@mail.example.vn", "smtp://mail/x",
            "smtp://mail.example.vn?x", "smtp://mail.example.vn:99999", "smtp://m\r\nx",
        ] { #expect(MailServer(wrong, from: "a@example.vn") == nil, "\(wrong)") }
    }
}
