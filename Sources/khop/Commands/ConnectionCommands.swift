import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Values

struct ConnectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection",
        abstract: "The connections banks and gateways report through: add, rotate, disable, list.",
        subcommands: [Add.self, Rotate.self, Disable.self, Enable.self, Commission.self, Reseal.self, List.self]
    )

    /// Where a secret comes from: never from the command line, where others can read it.
    struct SecretOptions: ParsableArguments {
        @Option(help: "A file that holds the secret.") var secretFile: String?
        @Option(help: "The environment variable that holds the secret.") var secretEnv: String?

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
            abstract: "Add a connection; its callbacks go to /v1/callbacks/NAME."
        )
        @Argument(help: "Its name: small letters, digits, - and _.") var name: String
        @Option(help: "How the provider signs.") var profile: CallbackProfile
        @Option(help: "The account it reports on.") var account: String
        @Option(help: "The header with the signature, for the profile timestamped.") var header: String?
        @Option(
            name: .customLong("commission-percent"),
            help: "For a gateway that pays a day out in one line: what it keeps of it at most, such as 1.1."
        )
        var commissionPercent: String?
        @OptionGroup var secret: SecretOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard let text = try secret.read() else {
                throw ServiceError(
                    .invalidParameter,
                    at: "secret",
                    Phrase(vi: "cần --secret-file hoặc --secret-env", en: "give --secret-file or --secret-env")
                )
            }
            let added = try await Program.withServices { services, _ in
                try await services.connections.add(
                    name: name,
                    profile: profile,
                    account: account,
                    secret: text,
                    signatureHeader: header,
                    commissionPercent: commissionPercent
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
                throw ServiceError(
                    .invalidParameter,
                    at: "secret",
                    Phrase(
                        vi: "cần khóa bí mật mới, hoặc --retire-old, hoặc cả hai",
                        en: "give a new secret, or --retire-old, or both"
                    )
                )
            }
            let listed = try await Program.withServices { services, _ in
                try await services.connections.rotate(name: name, secret: text, retireOld: retireOld)
            }
            Terminal.answer(listed.json, asJSON: json, "\(listed.name) has \(listed.secrets) secret(s) in force.")
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a connection out of use; its callbacks are answered as if there were none."
        )
        @Argument(help: "The connection's name.") var name: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let listed = try await Program.withServices { services, _ in
                try await services.connections.setDisabled(true, name: name)
            }
            Terminal.answer(listed.json, asJSON: json, "\(listed.name) is disabled.")
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a disabled connection back into use.")
        @Argument(help: "The connection's name.") var name: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let listed = try await Program.withServices { services, _ in
                try await services.connections.setDisabled(false, name: name)
            }
            Terminal.answer(listed.json, asJSON: json, "\(listed.name) is in use.")
        }
    }

    struct Commission: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Agree what a gateway keeps of a day that it pays out in one line; without --percent, that it does not."
        )
        @Argument(help: "The connection's name.") var name: String
        @Option(help: "At most so much, such as 1.1.") var percent: String?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let listed = try await Program.withServices { services, _ in
                try await services.connections.setCommission(percent, name: name)
            }
            let terms =
                listed.commissionPercent.map { "pays days out in one line less \($0)% at most" } ?? "pays each transfer"
            Terminal.answer(listed.json, asJSON: json, "\(listed.name) \(terms).")
        }
    }

    struct Reseal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal all secrets anew under the key in force, of connections and of event endpoints.",
            discussion: """
                To change the key: stop the servers, set KHOP_SECRET_KEY (or its file) to the new key, give the old one in
                a file here, and start the servers again. All secrets or none are sealed anew.
                """
        )
        @Option(
            name: .customLong("old-key-file"),
            help: "The file with the key they lie under now: 32 bytes in base64."
        )
        var oldKeyFile: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: oldKeyFile) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--old-key-file",
                    .unreadableFile(oldKeyFile)
                )
            }
            let old = try SecretBox(base64: String(decoding: data, as: UTF8.self))
            let count = try await Program.withServices { services, _ in
                try await services.connections.reseal(from: old)
            }
            Terminal.answer(["resealed": .integer(count)], asJSON: json, "\(count) secret(s) sealed anew.")
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
                    [["name", "profile", "account", "secrets", "path", "last used", "last failure"]]
                        + all.map {
                            [
                                $0.name + ($0.disabledAt == nil ? "" : " (disabled)"), $0.profile, $0.accountNumber,
                                String($0.secrets), Connections.path($0.name), $0.lastUsedAt?.formatted ?? "never",
                                [$0.lastFailureAt?.formatted, $0.lastFailure].compactMap { $0 }.joined(separator: " "),
                            ]
                        },
                    leftAligned: [0, 1, 2, 4, 5, 6]
                )
            )
        }
    }
}
