import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Values

struct ConnectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection",
        abstract: String(
            vi: "Kết nối để ngân hàng và cổng thanh toán báo về: thêm, thay khóa, ngừng, liệt kê.",
            en: "The connections that banks and gateways report through: add, rotate, disable, list."
        ),
        subcommands: [Add.self, Rotate.self, Disable.self, Enable.self, Commission.self, Reseal.self, List.self]
    )

    /// Where a secret is read from: never the command line, which other users can see.
    struct SecretOptions: ParsableArguments {
        @Option(help: ArgumentHelp(vi: "Tệp chứa khóa bí mật.", en: "The file that contains the secret."))
        var secretFile: String?
        @Option(
            help: ArgumentHelp(
                vi: "Biến môi trường chứa khóa bí mật.",
                en: "The environment variable that contains the secret."
            )
        ) var secretEnv: String?

        func read() throws -> String? {
            if let secretFile {
                guard let data = FileManager.default.contents(atPath: secretFile) else {
                    throw ServiceError(.invalidParameter, at: "--secret-file", .unreadableFile(secretFile))
                }
                return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            }
            if let secretEnv {
                guard let value = ProcessInfo.processInfo.environment[secretEnv], !value.isEmpty else {
                    throw ServiceError(
                        .invalidParameter,
                        at: "--secret-env",
                        Phrase(vi: "biến \(secretEnv) chưa được đặt", en: "the variable \(secretEnv) is not set")
                    )
                }
                return value
            }
            return nil
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thêm kết nối; callback gửi đến /v1/callbacks/TÊN.",
                en: "Add a connection; its callbacks go to /v1/callbacks/NAME."
            )
        )
        @Argument(
            help: ArgumentHelp(
                vi: "Tên: chữ thường không dấu, chữ số, - và _.",
                en: "Its name: lowercase letters, digits, - and _."
            )
        ) var name: String
        @Option(help: ArgumentHelp(vi: "Kiểu ký của nhà cung cấp.", en: "How the provider signs.")) var profile:
            CallbackProfile
        @Option(
            help: ArgumentHelp(vi: "Tài khoản mà kết nối báo về.", en: "The account that the connection reports on.")
        )
        var account: String
        @Option(
            help: ArgumentHelp(
                vi: "Trường tiêu đề chứa chữ ký, cho kiểu timestamped.",
                en: "The header with the signature, for the profile timestamped."
            )
        ) var header: String?
        @Option(
            name: .customLong("commission-percent"),
            help: ArgumentHelp(
                vi: "Với cổng quyết toán cả ngày bằng một dòng: phí của cổng tối đa bao nhiêu phần trăm, như 1.1.",
                en: "For a gateway that pays out a day in one line: its maximum fee in percent, such as 1.1."
            )
        )
        var commissionPercent: String?
        @Option(
            help: ArgumentHelp(
                vi:
                    "Mã đơn vị: partnerCode (momo), vnp_TmnCode (vnpay) hoặc app_id (zalopay); bỏ trống thì lấy theo thông báo đầu tiên có chữ ký đúng.",
                en:
                    "Whose messages it takes: partnerCode (momo), vnp_TmnCode (vnpay) or app_id (zalopay); if left out, the first message whose signature holds decides it."
            )
        )
        var merchant: String?
        @OptionGroup var secret: SecretOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            guard let text = try secret.read() else {
                throw ServiceError(
                    .invalidParameter,
                    at: "secret",
                    Phrase(vi: "cần --secret-file hoặc --secret-env", en: "give --secret-file or --secret-env")
                )
            }
            let added = try await Program.withServices { services, settings in
                try await services.connections.add(
                    name: name,
                    profile: profile,
                    account: account,
                    secret: text,
                    signatureHeader: header,
                    commissionPercent: commissionPercent,
                    merchant: merchant,
                    by: try await Program.actor(services, settings)
                )
            }
            Terminal.answer(
                [
                    "name": .string(added.name), "profile": .string(added.profile),
                    "account_number": .string(added.accountNumber), "path": .string(Connections.path(added.name)),
                    "merchant": .optional(added.merchant),
                ],
                asJSON: json,
                Phrase(
                    vi: "Đã thêm \(added.name). Callback gửi đến \(Connections.path(added.name)).",
                    en: "Added \(added.name). Callbacks go to \(Connections.path(added.name))."
                )
            )
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thêm khóa bí mật mới; khóa cũ vẫn có hiệu lực đến khi --retire-old. Hoặc đổi mã đơn vị.",
                en: "Add a new secret; the old one stays valid until --retire-old ends it. Or change the merchant."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tên kết nối.", en: "The connection's name.")) var name: String
        @OptionGroup var secret: SecretOptions
        @Option(
            help: ArgumentHelp(
                vi: "Mã đơn vị mà từ nay kết nối nhận thông báo.",
                en: "Whose messages it takes from now on."
            )
        ) var merchant: String?
        @Flag(
            help: ArgumentHelp(
                vi: "Kết thúc mọi khóa bí mật trừ khóa mới nhất.",
                en: "End all secrets except the newest."
            )
        ) var retireOld = false
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let text = try secret.read()
            guard text != nil || retireOld || merchant != nil else {
                throw ServiceError(
                    .invalidParameter,
                    at: "secret",
                    Phrase(
                        vi: "cần khóa bí mật mới, --merchant hoặc --retire-old",
                        en: "give a new secret, --merchant or --retire-old"
                    )
                )
            }
            let listed = try await Program.withServices { services, settings in
                try await services.connections.rotate(
                    name: name,
                    secret: text,
                    merchant: merchant,
                    retireOld: retireOld,
                    by: try await Program.actor(services, settings)
                )
            }
            Terminal.answer(
                listed.json,
                asJSON: json,
                Phrase(
                    vi: "\(listed.name) có \(listed.secrets) khóa bí mật còn hiệu lực.",
                    en: "\(listed.name) has \(listed.secrets) active secret(s)."
                )
            )
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ngừng dùng kết nối; callback được trả lời như không có kết nối.",
                en: "Disable a connection; its callbacks are answered as if it did not exist."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tên kết nối.", en: "The connection's name.")) var name: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let listed = try await Program.withServices { services, settings in
                let actor = try await Program.actor(services, settings)
                return try await services.connections.setDisabled(true, name: name, by: actor)
            }
            Terminal.answer(
                listed.json,
                asJSON: json,
                Phrase(vi: "Đã ngừng \(listed.name).", en: "\(listed.name) is disabled.")
            )
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Dùng lại kết nối đã ngừng.", en: "Enable a disabled connection.")
        )
        @Argument(help: ArgumentHelp(vi: "Tên kết nối.", en: "The connection's name.")) var name: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let listed = try await Program.withServices { services, settings in
                let actor = try await Program.actor(services, settings)
                return try await services.connections.setDisabled(false, name: name, by: actor)
            }
            Terminal.answer(
                listed.json,
                asJSON: json,
                Phrase(vi: "Đang dùng \(listed.name).", en: "\(listed.name) is in use.")
            )
        }
    }

    struct Commission: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                .init(
                    vi:
                        "Đặt phí của cổng quyết toán cả ngày bằng một dòng; không có --percent là không quyết toán như vậy.",
                    en:
                        "Set the maximum fee of a gateway that pays out a day in one line; without --percent, it pays each transfer."
                )
        )
        @Argument(help: ArgumentHelp(vi: "Tên kết nối.", en: "The connection's name.")) var name: String
        @Option(help: ArgumentHelp(vi: "Tối đa bao nhiêu, như 1.1.", en: "The maximum in percent, such as 1.1."))
        var percent: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let listed = try await Program.withServices { services, settings in
                let actor = try await Program.actor(services, settings)
                return try await services.connections.setCommission(percent, name: name, by: actor)
            }
            let terms =
                listed.commissionPercent.map { percent in
                    Phrase(
                        vi: " quyết toán cả ngày bằng một dòng, trừ phí tối đa \(percent)%.",
                        en: " pays days out in one line less \(percent)% at most."
                    )
                } ?? Phrase(vi: " chuyển từng khoản.", en: " pays each transfer.")
            Terminal.answer(listed.json, asJSON: json, terms.prefixed(by: listed.name))
        }
    }

    struct Reseal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Niêm phong lại mọi khóa bí mật bằng khóa đang dùng, của kết nối và điểm nhận.",
                en: "Seal the secrets of all connections and event endpoints again, with the current key."
            ),
            discussion: String(
                vi: """
                    Để đổi khóa: dừng máy chủ, đặt KHOP_SECRET_KEY (hoặc tệp của nó) là khóa mới, nêu khóa cũ trong một tệp ở đây,
                    rồi khởi động lại máy chủ. Mọi khóa bí mật được niêm phong lại, hoặc không khóa nào.
                    """,
                en: """
                    To change the key: stop the servers, set KHOP_SECRET_KEY (or its file) to the new key, give the old one in
                    a file here, and start the servers again. All secrets or none are sealed again.
                    """
            )
        )
        @Option(
            name: .customLong("old-key-file"),
            help: ArgumentHelp(
                vi: "Tệp chứa khóa niêm phong hiện tại: 32 byte viết theo base64.",
                en: "The file with the previous key: 32 bytes in base64."
            )
        )
        var oldKeyFile: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: oldKeyFile) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--old-key-file",
                    .unreadableFile(oldKeyFile)
                )
            }
            let old = try SecretBox(base64: String(decoding: data, as: UTF8.self))
            let count = try await Program.withServices { services, settings in
                try await services.connections.reseal(from: old, by: try await Program.actor(services, settings))
            }
            Terminal.answer(
                ["resealed": .integer(count)],
                asJSON: json,
                Phrase(
                    vi: "Đã niêm phong lại \(count) khóa bí mật.",
                    en: "\(count) secret(s) sealed again."
                )
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Liệt kê kết nối, không kèm khóa bí mật.",
                en: "List the connections, without their secrets."
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let all = try await Program.withServices { services, _ in try await services.connections.list() }
            Terminal.answer(
                .array(all.map(\.json)),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("tên", "name"), .text("kiểu", "profile"), .text("tài khoản", "account"),
                        .text("mã đơn vị", "merchant"),
                        .number("khóa", "secrets"), .text("đường dẫn", "path"), .text("dùng gần nhất", "last used"),
                        .text("lỗi gần nhất", "last failure"),
                    ],
                    all.map {
                        [
                            $0.name + ($0.disabledAt == nil ? "" : String(vi: " (đã ngừng)", en: " (disabled)")),
                            $0.profile, $0.accountNumber,
                            ($0.merchant ?? "")
                                + ($0.merchantIsLearned ? String(vi: " (tự ghi)", en: " (learned)") : ""),
                            String($0.secrets), Connections.path($0.name),
                            $0.lastUsedAt?.formatted ?? String(vi: "chưa", en: "never"),
                            [$0.lastFailureAt?.formatted, $0.lastFailure].compactMap { $0 }.joined(separator: " "),
                        ]
                    }
                ).text
            )
        }
    }
}
