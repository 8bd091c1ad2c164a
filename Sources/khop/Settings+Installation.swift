import Collection
import Configuration
import Foundation
import Server
import Values

extension Settings {
    /// What the pages for payers say of the installation.
    static func installation(_ config: ConfigReader) throws -> Installation {
        func text(_ key: ConfigKey) -> String? { config.string(forKey: key).flatMap { $0.isEmpty ? nil : $0 } }
        var installation = Installation()
        if let name = text("khop.province.name") {
            installation.name = Phrase(vi: name, en: text("khop.province.name.en") ?? name)
        }
        if let path = text("khop.province.mark.file") { installation.mark = try mark(path) }
        if let phone = text("khop.help.phone") {
            guard phone.wholeMatch(of: /[0-9+(][0-9 ().-]{2,29}/) != nil else {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_HELP_PHONE",
                    Phrase(
                        vi: "phải là số điện thoại, như 0210 3846 868 hoặc 1022",
                        en: "must be a telephone number, such as 0210 3846 868 or 1022"
                    )
                )
            }
            installation.helpPhone = phone
        }
        installation.bankApps = try choice(config, "khop.bank.app.links", "KHOP_BANK_APP_LINKS", .off)
        installation.frameOrigins = try (text("khop.frame.origins") ?? "").split(separator: ",").map {
            try origin($0.trimming())
        }
        return installation
    }

    private static func mark(_ path: String) throws -> Installation.Mark {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ServiceError(.invalidParameter, at: "KHOP_PROVINCE_MARK_FILE", .unreadableFile(path))
        }
        guard let mark = Installation.Mark(Array(data)) else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_PROVINCE_MARK_FILE",
                Phrase(
                    vi: "\(path) phải là ảnh SVG hoặc PNG, tối đa \(Installation.Mark.maximumBytes) byte",
                    en: "\(path) must be an SVG or PNG picture of at most \(Installation.Mark.maximumBytes) bytes"
                )
            )
        }
        return mark
    }

    /// Scheme, host and port of a page that may hold ours in a frame.
    private static func origin(_ text: String) throws -> String {
        guard let url = WebAddress(text), !url.hasQuery, !url.hasFragment, url.isSecure || url.isLoopback,
            text.split(separator: "/").count == 2, !text.hasSuffix("/")
        else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_FRAME_ORIGINS",
                Phrase(
                    vi: "“\(text.prefix(100))” phải có dạng https://dichvucong.example.vn, không có đường dẫn",
                    en: "“\(text.prefix(100))” must be such as https://dichvucong.example.vn, without a path"
                )
            )
        }
        return text
    }
}
