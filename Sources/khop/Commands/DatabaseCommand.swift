import ArgumentParser
import Collection
import Postgres
import Values

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Start, stop or name khop's own PostgreSQL cluster.",
        subcommands: [Start.self, Stop.self, Address.self, Ping.self, Diagram.self]
    )

    struct Ping: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure how many round trips a second one connection makes."
        )
        @Option(help: "How long to measure, in seconds: 1 to 60.") var seconds: Int64 = 3
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            guard (1...60).contains(seconds) else {
                throw ValidationError(Phrase.wholeNumber(1...60).prefixed(by: "--seconds: ")[.ofTerminal])
            }
        }

        func run() async throws {
            let rate = try await RoundTrips.measure(try await Settings.load().databaseOptions(), seconds: seconds)
            Terminal.answer(
                ["round_trips_per_second": .integer(rate)],
                asJSON: json,
                "\(rate) round trips a second on one connection"
            )
        }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make the cluster where there is none, and start it.")
        func run() async throws {
            let cluster = try await Settings.load().localCluster()
            try cluster.start(database: "khop")
            print(cluster.url(database: "khop"))
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop the cluster; its data stay.")
        func run() async throws { try await Settings.load().localCluster().stop() }
    }

    struct Address: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "url", abstract: "Print where the database is.")
        func run() async throws {
            let settings = try await Settings.load()
            print(try settings.databaseURL ?? settings.localCluster().url(database: "khop"))
        }
    }
}
