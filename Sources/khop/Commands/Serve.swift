import ArgumentParser
import Collection
import Foundation
import Logging
import Metrics
import Migrations
import Postgres
import Server
import ServiceLifecycle
import UnixSignals
import Values

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the HTTP service: API, callbacks, payment pages; and send events to portals.",
        discussion: """
            Migrates the database first; several servers may start at once. On SIGTERM or Ctrl-C it takes no new
            requests, finishes those it has, settles what it has taken in, and ends.
            """
    )

    @Option(help: "The address to listen on (default: KHOP_HOST, 127.0.0.1).") var host: String?
    @Option(help: "The port; 0 for any that is free (default: KHOP_PORT, 8080).") var port: Int?

    /// How long a database that is away is waited for: after a restart of the machine both come up together.
    private static let patience = Duration.seconds(30)

    private static func migrate(_ settings: Settings, _ logger: Logger) async throws -> (DatabaseOptions, [String]) {
        let clock = ContinuousClock()
        let start = clock.now
        while true {
            do {
                let options = try settings.databaseOptions()
                return (options, try await Migrations.migrator.migrate(options))
            } catch {
                let isAway = (error as? PostgresError)?.isUnavailable ?? (error is LocalCluster.Failure)
                guard isAway, clock.now - start < patience else { throw error }
                logger.warning("waiting for the database", metadata: ["error": "\(error)"])
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    func run() async throws {
        let settings = try await Settings.load()
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = settings.logLevel
            return handler
        }
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        let logger = Logger(label: "khop")
        let (options, applied) = try await Serve.migrate(settings, logger)
        if !applied.isEmpty { logger.info("migrated", metadata: ["applied": "\(applied.joined(separator: ", "))"]) }

        let host = host ?? settings.host
        let port = port ?? settings.port
        let isOverridden = self.host != nil || self.port != nil
        let publicURL =
            isOverridden && ProcessInfo.processInfo.environment["KHOP_PUBLIC_URL"] == nil
            ? "http://\(host):\(port)" : settings.publicURL
        var serviceOptions = settings.serviceOptions
        serviceOptions.publicURL = publicURL
        let database = Database(options)
        let services = try Services(database, options: serviceOptions, box: settings.secretBox())
        var serverOptions = ServerOptions(publicURL: publicURL)
        serverOptions.host = host
        serverOptions.port = port
        let application = try KhopServer.application(
            services,
            options: serverOptions,
            registry: registry,
            logger: logger
        ) { bound in
            logger.info("listening", metadata: ["url": "http://\(host):\(bound)"])
        }
        var configuration = ServiceGroupConfiguration(
            services: [
                Housekeeping(services, logger: logger), EventDeliveryService(services, logger: logger), application,
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        let group = ServiceGroup(configuration: configuration)
        try await group.run()
        await services.close()
        await database.close()
        logger.info("stopped")
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema up to this program's, and say what was done."
    )

    @Flag(help: "Print what would be applied, and apply nothing.") var dryRun = false
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let options = try await Settings.load().databaseOptions()
        let names = dryRun ? try await pending(options) : try await Migrations.migrator.migrate(options)
        let (tables, routines) = (Migrations.tables.count, Migrations.routines.count)
        Terminal.answer(
            [
                (dryRun ? "pending" : "applied"): .array(names.map { .string($0) }),
                "version": .integer(Migrations.tables.last?.version ?? 0),
            ],
            asJSON: json,
            names.isEmpty
                ? "Nothing to do: the database has all \(tables) files of tables and all \(routines) routines."
                : names.map { (dryRun ? "would apply " : "applied ") + $0 }.joined(separator: "\n")
        )
    }

    private func pending(_ options: DatabaseOptions) async throws -> [String] {
        let database = Database(options)
        do {
            let names = try await Migrations.migrator.pending(database)
            await database.close()
            return names
        } catch {
            await database.close()
            throw error
        }
    }
}

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
