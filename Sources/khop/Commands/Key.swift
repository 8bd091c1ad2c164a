public import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Values

extension Role: ExpressibleByArgument {}

extension CallbackProfile: ExpressibleByArgument {}

struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(vi: "Tạo, liệt kê, thu hồi khóa API.", en: "Create, list or revoke API keys."),
        subcommands: [Create.self, List.self, Revoke.self]
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
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let earlier = try sameAs.map(Key.identifier)
            let created = try await Program.withServices { services, _ in
                try await services.keys.create(
                    role: role,
                    name: name,
                    localityCode: locality,
                    returnHosts: returnHosts,
                    sameAs: earlier
                )
            }
            let caller = created.caller
            Terminal.answer(
                [
                    "id": .string(caller.keyID.text), "role": .string(role.rawValue), "name": .string(name),
                    "locality": .optional(locality), "key": .string(created.key),
                ],
                asJSON: json,
                Phrase(
                    vi: "Hãy giữ kín khóa: khóa không hiện lại. Mã khóa là \(caller.keyID.text).",
                    en: "Keep it safe: it is not shown again. Its id is \(caller.keyID.text)."
                ).prefixed(by: created.key + "\n")
            )
        }
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
                    key.caller.keyID.text, key.caller.role.rawValue, key.caller.name, key.caller.localityCode ?? "",
                    key.createdAt.formatted,
                    key.revokedAt.map { String(vi: "thu hồi lúc \($0.formatted)", en: "revoked \($0.formatted)") }
                        ?? String(vi: "còn hiệu lực", en: "in force"),
                ]
            }
            let documents = keys.map { key -> JSON in
                [
                    "id": .string(key.caller.keyID.text), "role": .string(key.caller.role.rawValue),
                    "name": .string(key.caller.name), "locality": .optional(key.caller.localityCode),
                    "holder": .string(key.caller.holderID.text),
                    "return_hosts": .array(key.caller.returnHosts.map(JSON.string)),
                    "created_at": .text(key.createdAt), "revoked_at": .optional(key.revokedAt?.description),
                ]
            }
            Terminal.answer(
                .array(documents),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("mã", "id"), .text("vai trò", "role"), .text("tên", "name"),
                        .text("địa bàn", "locality"), .text("tạo lúc", "created"), .text("trạng thái", "state"),
                    ],
                    rows
                ).text
            )
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
            try await Program.withServices { services, _ in try await services.keys.revoke(uuid) }
            Terminal.answer(
                ["id": .string(uuid.text), "revoked": true],
                asJSON: json,
                Phrase(vi: "Đã thu hồi \(uuid.text).", en: "Revoked \(uuid.text).")
            )
        }
    }

    /// The id of a key.
    static func identifier(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else {
            throw ServiceError(
                .invalidParameter,
                at: "id",
                Phrase(
                    vi: "\(text.prefix(80)) không phải là mã khóa; xem mã bằng `khop key list`",
                    en: "\(text.prefix(80)) is not the id of a key; `khop key list` shows them"
                )
            )
        }
        return id
    }
}
