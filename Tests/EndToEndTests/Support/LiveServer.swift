import Collection
import Foundation
import Identity
import Logging
import Metrics
import Postgres
import Server
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing
import Values

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The real server on a port of its own, over a database of its own with the demonstration catalogue.
struct LiveServer: Sendable {
    let services: Services
    let baseURL: String
    /// Where `/metrics` is, if it has an address of its own.
    var metricsURL: String?

    var port: Int { Int(baseURL.split(separator: ":").last ?? "") ?? 0 }

    /// Counts for the whole test run, as a program does.
    private static let registry: PrometheusRegistry = {
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        return registry
    }()

    /// An address that payers come by, and not this machine's: then nothing is allowed that development needs.
    static let publicURL = "https://pay.example.vn"

    static func with(
        _ options: ServerOptions = ServerOptions(publicURL: "http://127.0.0.1:1"),
        mode: InstallationMode = .live,
        _ body: @Sendable (LiveServer) async throws -> Void
    ) async throws {
        var service = ServiceOptions(publicURL: "http://127.0.0.1:1")
        service.mode = mode
        try await TestDatabase.withServices(options: service) { services in
            try await over(services, options) { try await body($0) }
        }
    }

    /// As it is reached by the public.
    static func inPublic(
        _ options: ServerOptions = ServerOptions(publicURL: publicURL),
        _ body: @Sendable (LiveServer) async throws -> Void
    ) async throws {
        var options = options
        options.metrics = ("127.0.0.1", 0)
        let given = options
        try await TestDatabase.withServices(options: ServiceOptions(publicURL: publicURL)) { services in
            try await over(services, given, body)
        }
    }

    static func over(
        _ services: Services,
        _ given: ServerOptions = ServerOptions(publicURL: "http://127.0.0.1:1"),
        port wanted: Int = 0,
        log: (any LogHandler)? = nil,
        _ body: @Sendable (LiveServer) async throws -> Void
    ) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let (metricsPorts, metricsPort) = AsyncStream.makeStream(of: Int.self)
        var options = given
        options.port = wanted
        var logger = Logger(label: "test") { _ in log ?? SwiftLogNoOpLogHandler() }
        logger.logLevel = log == nil ? .critical : .info
        let application = try KhopServer.application(
            services,
            options: options,
            registry: registry,
            logger: logger
        ) { port.yield($0) }
        let metrics = KhopServer.metrics(services, options: options, registry: registry, logger: logger) {
            metricsPort.yield($0)
        }
        let running: [any Service] = [
            Housekeeping(services, logger: logger, pause: .milliseconds(100)),
            EventDeliveryService(services, traces: options.traces, logger: logger, pause: .milliseconds(100)),
            application,
            PageWatchService(services, logger: logger),
            StandbyWatchService(services.reading, logger: logger, pause: .milliseconds(100)),
        ]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: running + (metrics.map { [$0] } ?? []),
                logger: logger
            )
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let bound = try #require(await iterator.next())
            var server = LiveServer(services: services, baseURL: "http://127.0.0.1:\(bound)")
            if metrics != nil {
                var iterator = metricsPorts.makeAsyncIterator()
                server.metricsURL = "http://127.0.0.1:\(try #require(await iterator.next()))"
            }
            do {
                try await body(server)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Programs keep no cookies.
    private static let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        // A busy machine answers late; the request's own limit does not hold everywhere.
        configuration.timeoutIntervalForRequest = 600
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.httpCookieStorage = nil
        return URLSession(configuration: configuration)
    }()

    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var json: JSON { get throws { try JSON.parse(body) } }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// An API key of a role; for the one that no key may have, a person's session.
    func key(_ role: Role, locality: String? = nil) async throws -> String {
        guard Role.ofKeys.contains(role) else { return try await person(role, locality: locality) }
        return try await services.keys.create(role: role, name: "test", localityCode: locality).key
    }

    /// The session of a new person with a role, who has just given a code.
    func person(_ role: Role, locality: String? = nil) async throws -> String {
        try await TestPerson.session(role, locality: locality, services.database)
    }

    /// The id of a key.
    func id(of key: String) async throws -> String {
        try await services.keys.authenticate(key, from: "test").id.uuidString
    }

    func send(
        _ method: String,
        _ path: String,
        key: String? = nil,
        headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: baseURL + path)), timeoutInterval: 600)
        request.httpMethod = method
        if let key { request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }
        // What tests read is English, unless they ask otherwise.
        request.setValue("en", forHTTPHeaderField: "Accept-Language")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0) }
        let (data, response) = try await LiveServer.session.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var fields: [String: String] = [:]
        for (name, value) in http.allHeaderFields { fields["\(name)".lowercased()] = "\(value)" }
        let answer = Answer(status: http.statusCode, headers: fields, body: Array(data))
        RecordedAnswers.current?.add(method, path, answer)
        return answer
    }

    func send(_ method: String, _ path: String, key: String? = nil, headers: [String: String] = [:], json: JSON)
        async throws -> Answer
    {
        try await send(method, path, key: key, headers: headers, body: json.bytes)
    }
}
