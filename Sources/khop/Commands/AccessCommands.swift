public import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Values

extension Role: ExpressibleByArgument {}
extension CallbackProfile: ExpressibleByArgument {}

struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create, list or revoke API keys.",
        subcommands: [Create.self, List.self, Revoke.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key; its text is shown this once.")
        @Option(help: "What the holder does.") var role: Role
        @Option(help: "Who holds it, for people.") var name: String
        @Option(help: "The locality the holder is bound to; none for all.") var locality: String?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let created = try await Program.withServices { services, _ in
                try await services.keys.create(role: role, name: name, localityCode: locality)
            }
            let caller = created.caller
            Terminal.answer(
                [
                    "id": .string(caller.keyID.text), "role": .string(role.rawValue), "name": .string(name),
                    "locality": .optional(locality), "key": .string(created.key),
                ],
                asJSON: json,
                "\(created.key)\nKeep it safe: it is not shown again. Its id is \(caller.keyID.text)."
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys, without their secrets.")
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let keys = try await Program.withServices { services, _ in try await services.keys.list() }
            let rows = keys.map { key in
                [
                    key.caller.keyID.text, key.caller.role.rawValue, key.caller.name, key.caller.localityCode ?? "",
                    key.createdAt.description, key.revokedAt.map { "revoked \($0)" } ?? "in force",
                ]
            }
            let documents = keys.map { key -> JSON in
                [
                    "id": .string(key.caller.keyID.text), "role": .string(key.caller.role.rawValue),
                    "name": .string(key.caller.name), "locality": .optional(key.caller.localityCode),
                    "created_at": .text(key.createdAt), "revoked_at": .optional(key.revokedAt?.description),
                ]
            }
            Terminal.answer(
                .array(documents),
                asJSON: json,
                TextTable.render(
                    [["id", "role", "name", "locality", "created", "state"]] + rows,
                    leftAligned: [0, 1, 2, 3, 4, 5]
                )
            )
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a key at once.")
        @Argument(help: "The key's id.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard let uuid = UUID(uuidString: id) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "id",
                    Phrase(
                        vi: "\(id) không phải là mã khóa; xem mã bằng `khop key list`",
                        en: "\(id) is not the id of a key; `khop key list` shows them"
                    )
                )
            }
            try await Program.withServices { services, _ in try await services.keys.revoke(uuid) }
            Terminal.answer(["id": .string(uuid.text), "revoked": true], asJSON: json, "Revoked \(uuid.text).")
        }
    }
}
