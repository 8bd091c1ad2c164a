import ArgumentParser
import Collection
import Values

struct EventCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event",
        abstract: "What portals are told of, whether they know, and telling them again.",
        discussion: """
            A running server sends the events, signed as Standard Webhooks has it: at least once, those of a request in
            their order, again and again for three days where an endpoint fails.
            """,
        subcommands: [EventEndpointCommand.self, List.self, Show.self, Redeliver.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List events, newest first.")
        @Option(help: "Those with a delivery that is pending, delivered or dead.") var state: String?
        @Option(help: "Those about request:ID or case:ID.") var subject: String?
        @Option(help: "Those with an id below this one, as the last on the page before.") var before: String?
        @Option(help: "How many, 1 to 500.") var limit = 50
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard (1...500).contains(limit) else {
                throw ServiceError(.invalidParameter, at: "--limit", .wholeNumber(1...500))
            }
            let before = try before.map { try Event.id($0) }
            let events = try await Program.withServices { services, _ in
                try await services.events.list(
                    EventStore.Filter(state: state, subject: subject),
                    after: before,
                    newestFirst: true,
                    limit: limit
                )
            }
            Terminal.answer(
                .array(events.map(\.json)),
                asJSON: json,
                TextTable.render(
                    [["id", "type", "subject", "created", "deliveries"]]
                        + events.map {
                            [$0.webhookID, $0.type, $0.subject, $0.createdAt.formatted, EventCommand.summary($0)]
                        },
                    leftAligned: [0, 1, 2, 3, 4]
                )
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print an event: what is sent, and how each delivery stands."
        )
        @Argument(help: "The event's id, 17 or evt_17.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let id = try Event.id(id)
            let event = try await Program.withServices { services, _ in try await services.events.find(id) }
            Terminal.answer(
                event.json,
                asJSON: json,
                "\(event.webhookID)  \(event.type)  \(event.subject)\n\(event.body.pretty)\n"
                    + event.deliveries.map(EventCommand.line).joined(separator: "\n")
            )
        }
    }

    struct Redeliver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have an event sent again, or all that were given up; a running server does so at once."
        )
        @Argument(help: "The event's id, 17 or evt_17.") var id: String?
        @Flag(help: "All deliveries that were given up.") var dead = false
        @Option(help: "To this endpoint alone.") var endpoint: String?
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            guard (id == nil) == dead else {
                throw ValidationError(
                    Phrase(vi: "Hãy nêu mã sự kiện, hoặc --dead.", en: "Give an event's id, or --dead.")[.ofTerminal]
                )
            }
        }

        func run() async throws {
            if let id {
                let number = try Event.id(id)
                let event = try await Program.withServices { services, _ in
                    try await services.events.redeliver(number, endpoint: endpoint)
                }
                Terminal.answer(event.json, asJSON: json, "\(event.webhookID) is sent again.")
            } else {
                let count = try await Program.withServices { services, _ in
                    try await services.events.redeliverDead(endpoint: endpoint)
                }
                Terminal.answer(["redelivered": .integer(count)], asJSON: json, "\(count) deliveries are tried again.")
            }
        }
    }

    private static func summary(_ event: Event) -> String {
        event.deliveries.map { "\($0["endpoint"]?.string ?? "?"): \($0["state"]?.string ?? "?")" }
            .joined(separator: ", ")
    }

    private static func line(_ delivery: JSON) -> String {
        var text = "\(delivery["endpoint"]?.string ?? "?"): \(delivery["state"]?.string ?? "?")"
        text += ", \(delivery["attempts"]?.integer ?? 0) attempt(s)"
        if let time = delivery["delivered_at"]?.string { text += ", delivered at \(time)" }
        if let time = delivery["next_attempt_at"]?.string { text += ", next at \(time)" }
        if let error = delivery["last_error"]?.string { text += ", last error: \(error)" }
        return text
    }
}
