import ArgumentParser
import Collection
import Values

struct EventEndpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endpoint",
        abstract: "Add, list, enable, disable, rotate or remove the endpoints that events are sent to.",
        subcommands: [Add.self, List.self, Enable.self, Disable.self, Rotate.self, Remove.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an endpoint; it is told of what happens from now on.",
            discussion: "The secret is made and shown this once, unless one is given.\nTypes: "
                + EventType.allCases.map(\.rawValue).joined(separator: ", ") + "."
        )
        @Argument(help: "Its name: small letters, digits, - and _.") var name: String
        @Option(help: "Where events are posted: https://…, or http:// on this machine.") var url: String
        @Option(help: "The types it wants, separated by commas; all without this.") var types: String?
        @OptionGroup var secret: ConnectionCommand.SecretOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let given = try secret.read()
            let names = types?.split(separator: ",").map(String.init)
            let opened = try await Program.withServices { services, _ in
                try await services.eventEndpoints.add(name: name, url: url, types: names, secret: given)
            }
            Terminal.answer(opened.json, asJSON: json, EventEndpointCommand.told(opened, "Added \(name)."))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the endpoints, without their secrets.")
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let all = try await Program.withServices { services, _ in try await services.eventEndpoints.list() }
            Terminal.answer(
                .array(all.map(\.json)),
                asJSON: json,
                TextTable.render(
                    [["name", "url", "types", "pending", "dead", "state"]]
                        + all.map {
                            [
                                $0.name, $0.url, $0.types?.joined(separator: ",") ?? "all", String($0.pending),
                                String($0.dead), EventEndpointCommand.state($0),
                            ]
                        },
                    leftAligned: [0, 1, 2, 5]
                )
            )
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send an endpoint events again, those that wait at once."
        )
        @Argument(help: "The endpoint's name.") var name: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let endpoint = try await Program.withServices { services, _ in
                try await services.eventEndpoints.enable(name)
            }
            Terminal.answer(
                endpoint.json,
                asJSON: json,
                "\(name) is enabled; \(endpoint.pending) event(s) wait for it."
            )
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send an endpoint nothing; what happens meanwhile is kept for it for three days."
        )
        @Argument(help: "The endpoint's name.") var name: String
        @Option(help: "Why, for people.") var reason = "disabled by command"
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let endpoint = try await Program.withServices { services, _ in
                try await services.eventEndpoints.disable(name, reason: reason)
            }
            Terminal.answer(endpoint.json, asJSON: json, "\(name) is disabled.")
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring in a new secret; the old one signs too for 24 hours.",
            discussion: "The secret is made and shown this once, unless one is given."
        )
        @Argument(help: "The endpoint's name.") var name: String
        @OptionGroup var secret: ConnectionCommand.SecretOptions
        @Flag(help: "End the old secret at once.") var dropOld = false
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let given = try secret.read()
            let opened = try await Program.withServices { services, _ in
                try await services.eventEndpoints.rotate(name, secret: given, dropOld: dropOld)
            }
            Terminal.answer(opened.json, asJSON: json, EventEndpointCommand.told(opened, "Rotated \(name)."))
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an endpoint away, with what waits for it."
        )
        @Argument(help: "The endpoint's name.") var name: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await Program.withServices { services, _ in try await services.eventEndpoints.remove(name) }
            Terminal.answer(["name": .string(name), "removed": true], asJSON: json, "Removed \(name).")
        }
    }

    private static func told(_ opened: EventEndpoints.Opened, _ done: String) -> String {
        guard let secret = opened.secret else { return done }
        return "\(secret)\n\(done) Keep the secret safe: it is not shown again."
    }

    private static func state(_ endpoint: EventEndpoint) -> String {
        if let reason = endpoint.disabledReason { return "disabled: \(reason)" }
        return endpoint.consecutiveFailures > 0 ? "failing (\(endpoint.consecutiveFailures))" : "enabled"
    }
}
