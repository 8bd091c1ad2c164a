import Casework
import Collection
import Configuration
import Foundation
import Server
import Values

extension Settings {
    /// The provider that persons log in by; `nil` if none is named.
    static func provider(_ config: ConfigReader) throws -> ProviderOptions? {
        func text(_ key: ConfigKey, isSecret: Bool = false) -> String? {
            config.string(forKey: key, isSecret: isSecret).flatMap { $0.isEmpty ? nil : $0 }
        }
        let clientID = text("khop.oidc.client.id")
        let (secret, file) = (text("khop.oidc.client.secret", isSecret: true), text("khop.oidc.client.secret.file"))
        guard let issuer = text("khop.oidc.issuer") else {
            guard clientID == nil, secret == nil, file == nil else {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_OIDC_ISSUER",
                    Phrase(
                        vi: "phải có địa chỉ của máy chủ tài khoản khi các cấu hình KHOP_OIDC_ khác được đặt",
                        en: "the address of the provider is needed where other KHOP_OIDC_ settings are set"
                    )
                )
            }
            return nil
        }
        guard let url = WebAddress(issuer), !url.hasQuery, !url.hasFragment, url.isSecure || url.isLoopback else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_OIDC_ISSUER",
                Phrase(
                    vi:
                        "phải là địa chỉ https://… đúng như máy chủ tài khoản nêu trong iss (http chỉ trên chính máy này)",
                    en:
                        "must be the https://… address exactly as the provider's iss says it (http on this machine alone)"
                )
            )
        }
        guard let clientID else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_OIDC_CLIENT_ID",
                Phrase(
                    vi: "phải có mã của Khớp tại máy chủ tài khoản",
                    en: "the id that the provider knows Khớp by is needed"
                )
            )
        }
        guard secret == nil || file == nil else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_OIDC_CLIENT_SECRET",
                Phrase(
                    vi: "chỉ đặt một trong hai: KHOP_OIDC_CLIENT_SECRET hoặc KHOP_OIDC_CLIENT_SECRET_FILE",
                    en: "set one of KHOP_OIDC_CLIENT_SECRET and KHOP_OIDC_CLIENT_SECRET_FILE"
                )
            )
        }
        return ProviderOptions(
            issuer: issuer,
            clientID: clientID,
            secret: try secret ?? file.map(secretInFile),
            levels: (text("khop.oidc.acr") ?? "").split(separator: ",").map { $0.trimming() }
        )
    }

    private static func secretInFile(_ path: String) throws -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8).trimming()
        } catch {
            throw ServiceError(.invalidParameter, at: "KHOP_OIDC_CLIENT_SECRET_FILE", .unreadableFile(path))
        }
    }

    /// When a login is one at night; `nil` if at no time.
    static func night(_ config: ConfigReader) throws -> NightHours? {
        guard let text = config.string(forKey: "khop.night"), !text.isEmpty else { return .standard }
        if text == "none" { return nil }
        guard let hours = NightHours(text) else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_NIGHT",
                Phrase(vi: "phải có dạng 22:00-06:00, hoặc none", en: "must be such as 22:00-06:00, or none")
            )
        }
        return hours
    }
}
