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
                throw ServiceError(.invalidParameter, at: "id", "\(id) is no id; `khop key list` shows them")
            }
            try await Program.withServices { services, _ in try await services.keys.revoke(uuid) }
            Terminal.answer(["id": .string(uuid.text), "revoked": true], asJSON: json, "Revoked \(uuid.text).")
        }
    }
}

struct ConnectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection",
        abstract: "Add, rotate or list the connections banks and gateways report through.",
        subcommands: [Add.self, Rotate.self, List.self]
    )

    /// Where a secret comes from: never from the command line, where others can read it.
    struct SecretOptions: ParsableArguments {
        @Option(help: "A file that holds the secret.") var secretFile: String?
        @Option(help: "The environment variable that holds the secret.") var secretEnv: String?

        func read() throws -> String? {
            if let secretFile {
                guard let data = FileManager.default.contents(atPath: secretFile) else {
                    throw ServiceError(.invalidParameter, at: "--secret-file", "the file \(secretFile) cannot be read")
                }
                return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            }
            if let secretEnv {
                guard let value = ProcessInfo.processInfo.environment[secretEnv], !value.isEmpty else {
                    throw ServiceError(.invalidParameter, at: "--secret-env", "the variable \(secretEnv) is not set")
                }
                return value
            }
            return nil
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a connection; its callbacks go to /v1/callbacks/NAME."
        )
        @Argument(help: "Its name: small letters, digits, - and _.") var name: String
        @Option(help: "How the provider signs.") var profile: CallbackProfile
        @Option(help: "The account it reports on.") var account: String
        @Option(help: "The header with the signature, for the profile timestamped.") var header: String?
        @OptionGroup var secret: SecretOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard let text = try secret.read() else {
                throw ServiceError(.invalidParameter, at: "secret", "give --secret-file or --secret-env")
            }
            let added = try await Program.withServices { services, _ in
                try await services.connections.add(
                    name: name,
                    profile: profile,
                    account: account,
                    secret: text,
                    signatureHeader: header
                )
            }
            Terminal.answer(
                [
                    "name": .string(added.name), "profile": .string(added.profile),
                    "account_number": .string(added.accountNumber), "path": .string(Connections.path(added.name)),
                ],
                asJSON: json,
                "Added \(added.name). Callbacks go to \(Connections.path(added.name))."
            )
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring in a new secret; the old one holds too until --retire-old ends it."
        )
        @Argument(help: "The connection's name.") var name: String
        @OptionGroup var secret: SecretOptions
        @Flag(help: "End every secret but the newest.") var retireOld = false
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let text = try secret.read()
            guard text != nil || retireOld else {
                throw ServiceError(.invalidParameter, at: "secret", "give a new secret, or --retire-old, or both")
            }
            let listed = try await Program.withServices { services, _ in
                try await services.connections.rotate(name: name, secret: text, retireOld: retireOld)
            }
            Terminal.answer(listed.json, asJSON: json, "\(listed.name) has \(listed.secrets) secret(s) in force.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the connections, without their secrets.")
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let all = try await Program.withServices { services, _ in try await services.connections.list() }
            Terminal.answer(
                .array(all.map(\.json)),
                asJSON: json,
                TextTable.render(
                    [["name", "profile", "account", "secrets", "path"]]
                        + all.map {
                            [$0.name, $0.profile, $0.accountNumber, String($0.secrets), Connections.path($0.name)]
                        },
                    leftAligned: [0, 1, 2, 4]
                )
            )
        }
    }
}
