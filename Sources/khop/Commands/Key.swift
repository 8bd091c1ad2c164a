public import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Identity
import Values

extension Role: ExpressibleByArgument {}

extension CallbackProfile: ExpressibleByArgument {}

struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(vi: "Tạo, liệt kê, thay, thu hồi khóa API.", en: "Create, list, rotate or revoke API keys."),
        subcommands: [Create.self, List.self, Rotate.self, Revoke.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Tạo khóa; nội dung khóa chỉ hiện một lần này.",
                en: "Create a key; its text is shown only once."
            )
        )
        @Option(help: ArgumentHelp(vi: "Vai trò của người giữ khóa.", en: "The holder's role.")) var role: Role
        @Option(help: ArgumentHelp(vi: "Tên người giữ khóa.", en: "The holder's name.")) var name: String
        @Option(
            help: ArgumentHelp(
                vi: "Địa bàn mà khóa bị giới hạn; bỏ trống là tất cả.",
                en: "The locality that the holder is bound to; all if left out."
            )
        ) var locality: String?
        @Option(
            name: .customLong("return-host"),
            parsing: .singleValue,
            help: ArgumentHelp(
                vi: "Máy chủ mà trang thanh toán được dẫn về; dùng được nhiều lần.",
                en: "A host that payment pages may lead back to; may be given several times."
            )
        ) var returnHosts: [String] = []
        @Option(
            help: ArgumentHelp(
                vi: "Mã một khóa của cùng người giữ: khóa mới thấy các yêu cầu của khóa đó.",
                en: "The id of a key of the same holder, whose requests the new one sees as well."
            )
        ) var sameAs: String?
        @Option(
            help: ArgumentHelp(
                vi: "Ngày cuối cùng khóa có hiệu lực (mặc định: một năm nữa).",
                en: "The last day on which the key works (default: a year from now)."
            )
        ) var expires: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let earlier = try sameAs.map(Key.identifier)
            let created = try await Program.withServices { services, settings in
                try await services.keys.create(
                    role: role,
                    name: name,
                    localityCode: locality,
                    returnHosts: returnHosts,
                    sameAs: earlier,
                    expiresAt: Key.end(expires),
                    by: try await Program.actor(services, settings)
                )
            }
            Key.show(created, asJSON: json)
        }
    }

    /// Shows a new key, this once.
    static func show(_ created: APIKeys.Created, asJSON json: Bool) {
        let caller = created.caller
        Terminal.answer(
            [
                "id": .string(caller.id.text), "role": .string(created.grant.role.rawValue),
                "name": .string(caller.name),
                "locality": .optional(created.grant.localityCode), "key": .string(created.key),
                "expires_at": .text(created.expiresAt),
            ],
            asJSON: json,
            Phrase(
                vi: "Hãy giữ kín khóa: khóa không hiện lại. Mã khóa là \(caller.id.text), hết hạn lúc "
                    + "\(created.expiresAt.formatted).",
                en: "Keep it safe: it is not shown again. Its id is \(caller.id.text); it expires at "
                    + "\(created.expiresAt.formatted)."
            ).prefixed(by: created.key + "\n")
        )
    }

    /// The end of a key whose last day is given.
    static func end(_ day: String?) throws -> Instant? { try day.map { try Day(option: "expires", $0).next.start } }

    /// The id of a key as it was written.
    static func identifier(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else {
            throw ServiceError(
                .invalidParameter,
                at: "id",
                Phrase(
                    vi: "\(text) không phải là mã khóa; xem mã bằng `khop key list`",
                    en: "\(text) is not the id of a key; `khop key list` shows them"
                )
            )
        }
        return id
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Liệt kê các khóa, không kèm nội dung khóa.",
                en: "List the keys, without their secrets."
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let keys = try await Program.withServices { services, _ in try await services.keys.list() }
            let rows = keys.map { key in
                [
                    key.caller.id.text, key.grant.role.rawValue, key.caller.name, key.grant.localityCode ?? "",
                    key.createdAt.formatted, key.expiresAt.formatted,
                    key.lastUsedAt.map { "\($0.formatted) \(key.lastUsedFrom ?? "")" } ?? "–", state(key),
                ]
            }
            let documents = keys.map { key -> JSON in
                [
                    "id": .string(key.caller.id.text), "role": .string(key.grant.role.rawValue),
                    "name": .string(key.caller.name), "locality": .optional(key.grant.localityCode),
                    "holder": .string(key.caller.holderID.text),
                    "return_hosts": .array(key.caller.returnHosts.map(JSON.string)),
                    "created_at": .text(key.createdAt), "expires_at": .text(key.expiresAt),
                    "revoked_at": .optional(key.revokedAt?.description),
                    "previous_until": .optional(key.previousUntil?.description),
                    "last_used_at": .optional(key.lastUsedAt?.description),
                    "last_used_from": .optional(key.lastUsedFrom),
                ]
            }
            Terminal.answer(
                .array(documents),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("mã", "id"), .text("vai trò", "role"), .text("tên", "name"),
                        .text("địa bàn", "locality"), .text("tạo lúc", "created"), .text("hết hạn", "expires"),
                        .text("dùng lần cuối", "last used"),
                        .text("trạng thái", "state"),
                    ],
                    rows
                ).text
            )
        }

        private func state(_ key: APIKeys.Listed) -> String {
            let now = Instant.now()
            if let at = key.revokedAt {
                return String(vi: "thu hồi lúc \(at.formatted)", en: "revoked \(at.formatted)")
            }
            if key.expiresAt <= now { return String(vi: "hết hạn", en: "expired") }
            guard let until = key.previousUntil, until > now else { return String(vi: "còn hiệu lực", en: "in force") }
            return String(
                vi: "còn hiệu lực; khóa trước đến \(until.formatted)",
                en: "in force; the one before until \(until.formatted)"
            )
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thay nội dung khóa; khóa cũ còn dùng được một thời gian. Mã khóa giữ nguyên.",
                en: "Give a key a new secret; the one before works on for a while. Its id stays the same."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã khóa.", en: "The key's id.")) var id: String
        @Option(
            help: ArgumentHelp(
                vi: "Khóa cũ còn dùng được bao lâu: 7d, 12h, 30m hoặc 0 (mặc định 7d).",
                en: "How long the old one works on: 7d, 12h, 30m, or 0 (default 7d)."
            )
        ) var overlap: String = "7d"
        @Option(
            help: ArgumentHelp(
                vi: "Ngày cuối cùng khóa có hiệu lực (mặc định: một năm nữa).",
                en: "The last day on which the key works (default: a year from now)."
            )
        ) var expires: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let uuid = try Key.identifier(id)
            let seconds = try Rotate.seconds(overlap)
            let created = try await Program.withServices { services, settings in
                try await services.keys.rotate(
                    uuid,
                    overlap: seconds,
                    expiresAt: Key.end(expires),
                    by: try await Program.actor(services, settings)
                )
            }
            Key.show(created, asJSON: json)
        }

        /// Seconds from a number with its unit.
        private static func seconds(_ text: String) throws -> Int64 {
            let units: [Substring: Int64] = ["d": 86_400, "h": 3600, "m": 60, "": 1]
            guard let match = text.wholeMatch(of: /([0-9]{1,6})([dhm]?)/), let number = Int64(match.1),
                let unit = units[match.2], !match.2.isEmpty || number == 0
            else {
                throw ServiceError(
                    .invalidParameter,
                    at: "overlap",
                    Phrase(vi: "viết dạng 7d, 12h, 30m hoặc 0", en: "write it as 7d, 12h, 30m or 0")
                )
            }
            return number * unit
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Thu hồi khóa ngay.", en: "Revoke a key at once.")
        )
        @Argument(help: ArgumentHelp(vi: "Mã khóa.", en: "The key's id.")) var id: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let uuid = try Key.identifier(id)
            try await Program.withServices { services, settings in
                try await services.keys.revoke(uuid, by: try await Program.actor(services, settings))
            }
            Terminal.answer(
                ["id": .string(uuid.text), "revoked": true],
                asJSON: json,
                Phrase(vi: "Đã thu hồi \(uuid.text).", en: "Revoked \(uuid.text).")
            )
        }
    }
}
