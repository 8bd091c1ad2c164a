import Casework
import Collection
import Configuration
import Foundation
import Identity
import Server
import Values

extension Settings {
    /// By what payers are told, and when they are not.
    struct Messaging: Sendable {
        var mail: MailServer?
        var adapters: [ContactChannel: MessageAdapter] = [:]
        var quiet: NightHours? = MessageTiming.standardQuiet

        var channels: Set<ContactChannel> { Set(adapters.keys).union(mail == nil ? [] : [.email]) }

        func senders(_ installation: Installation) -> MessageSenders {
            MessageSenders(mail: mail, adapters: adapters, name: installation.name ?? Phrase(same: "Khớp"))
        }
    }

    static func messaging(_ config: ConfigReader) throws -> Messaging {
        func text(_ key: ConfigKey) -> String? { config.string(forKey: key).flatMap { $0.isEmpty ? nil : $0 } }
        var messaging = Messaging()
        messaging.mail = try mail(text)
        if let path = text("khop.sms.adapter") { messaging.adapters[.sms] = try adapter(path, "KHOP_SMS_ADAPTER") }
        if let path = text("khop.zalo.adapter") { messaging.adapters[.zalo] = try adapter(path, "KHOP_ZALO_ADAPTER") }
        switch text("khop.quiet.hours") {
        case nil: break
        case "none": messaging.quiet = nil
        case let hours?:
            guard let read = NightHours(hours) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_QUIET_HOURS",
                    Phrase(vi: "phải có dạng 21:00-07:00, hoặc none", en: "must be such as 21:00-07:00, or none")
                )
            }
            messaging.quiet = read
        }
        return messaging
    }

    private static func mail(_ text: (ConfigKey) -> String?) throws -> MailServer? {
        let (server, from) = (text("khop.mail.server"), text("khop.mail.from"))
        let (name, file) = (text("khop.mail.username"), text("khop.mail.password.file"))
        guard let server else {
            guard from == nil, name == nil, file == nil else {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_MAIL_SERVER",
                    Phrase(
                        vi: "phải có máy chủ thư khi các cấu hình KHOP_MAIL_ khác được đặt",
                        en: "the mail server is needed where other KHOP_MAIL_ settings are set"
                    )
                )
            }
            return nil
        }
        guard let address = from.flatMap({ EmailAddress($0) }) else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_MAIL_FROM",
                Phrase(
                    vi: "phải là địa chỉ mà thư được gửi từ đó, như khong-tra-loi@laocai.gov.vn",
                    en: "must be the address that letters come from, such as no-reply@laocai.gov.vn"
                )
            )
        }
        guard var mail = MailServer(server, from: address.text) else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_MAIL_SERVER",
                Phrase(
                    vi: "phải có dạng smtp://mail.example.vn:587 hoặc smtps://mail.example.vn:465, không có mật khẩu",
                    en: "must be such as smtp://mail.example.vn:587 or smtps://mail.example.vn:465, with no password"
                )
            )
        }
        guard (name == nil) == (file == nil) else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_MAIL_PASSWORD_FILE",
                Phrase(
                    vi: "tên đăng nhập và tệp mật khẩu phải được nêu cùng nhau",
                    en: "the user name and the file of the password are named together"
                )
            )
        }
        if let name, let file { mail.login = (name, try secret(file, "KHOP_MAIL_PASSWORD_FILE")) }
        mail.authorities = text("khop.mail.authorities")
        if let path = mail.authorities, !FileManager.default.isReadableFile(atPath: path) {
            throw ServiceError(.invalidParameter, at: "KHOP_MAIL_AUTHORITIES", .unreadableFile(path))
        }
        return mail
    }

    private static func adapter(_ path: String, _ name: String) throws -> MessageAdapter {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ServiceError(.invalidParameter, at: name, .unreadableFile(path))
        }
        let json: JSON
        do { json = try JSON.parse(Array(data)) } catch {
            throw ServiceError(
                .invalidParameter,
                at: name,
                Phrase(vi: "\(path) không phải là JSON", en: "\(path) is no JSON")
            )
        }
        let secret = try json["secret_file"]?.string.map { try Settings.secret($0, name) } ?? ""
        do { return try MessageAdapter(json, secret: secret) } catch let error as ServiceError {
            throw ServiceError(.invalidParameter, at: name, error.phrase.prefixed(by: path + ": "))
        }
    }

    private static func secret(_ path: String, _ name: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ServiceError(.invalidParameter, at: name, .unreadableFile(path))
        }
        return String(decoding: data, as: UTF8.self).trimming()
    }
}
