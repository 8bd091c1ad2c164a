import ArgumentParser
import Casework
import Collection
import Configuration
import Foundation
import Logging
import Postgres
import Server
import Statements
import SystemPackage
import Values

/// The settings from the environment and the configuration file.
struct Settings: Sendable {
    let mode: InstallationMode
    let databaseURL: String?
    let ownerDatabaseURL: String?
    let readDatabaseURL: String?
    let readMostLagSeconds: Int
    let home: String
    let host: String
    let port: Int
    /// `nil` if it is to be made of host and port.
    let namedPublicURL: String?
    let trustedProxies: [IPRange]
    let eventNetworks: [IPRange]
    let eventLoopback: Bool?
    let provider: ProviderOptions?
    let night: NightHours?
    let installation: Installation
    let messaging: Messaging
    let openPages: PageWatch.Limits
    let metricsHost: String
    let metricsPort: Int?
    let graceSeconds: Int64
    let poolSize: Int
    let limits: CallLimits.Options
    let schedule: ReconciliationSchedule.Times
    let retention: RetentionTimes
    let mappings: [StatementMapping]
    let logLevel: Logger.Level
    let logForm: LogForm
    /// Where traces are sent; `nil`: nowhere.
    let traceURL: String?
    /// From how many milliseconds on a statement of the database is logged; 0: never.
    let slowStatementMilliseconds: Int64
    private let secretKey: String?
    private let secretKeyFile: String?
    let sealKeyFile: String?
    let sealFormerKeys: String?
    let sealFolder: String?
    let sealWitnessURL: String?
    let receiptKey: String?
    let receiptCertificate: String?
    let backupMarker: String?
    let databaseUnverified: Bool
    let catalogueTakesProposals: Bool

    /// What no log shows.
    private static let secretNames: Set<String> = ["KHOP_OIDC_CLIENT_SECRET", "KHOP_SECRET_KEY"]

    static func load() async throws -> Settings {
        let environment = ProcessInfo.processInfo.environment
        try checkNames(environment, file: environment["KHOP_CONFIG_FILE"])
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider(secretsSpecifier: .specific(secretNames))
        ]
        if let path = environment["KHOP_CONFIG_FILE"] {
            do {
                providers.append(
                    try await EnvironmentVariablesProvider(
                        environmentFilePath: FilePath(path),
                        secretsSpecifier: .specific(secretNames)
                    )
                )
            } catch {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_CONFIG_FILE",
                    Phrase(vi: "không đọc được tệp \(path): \(error)", en: "the file \(path) cannot be read: \(error)")
                )
            }
        }
        return try Settings(ConfigReader(providers: providers))
    }

    /// The mode alone, for marking what is written; live if something is wrong with the settings, which whoever needs them says.
    static func mode() async -> InstallationMode {
        do { return try await load().mode } catch { return .live }
    }

    private init(_ config: ConfigReader) throws {
        func number(_ key: ConfigKey, _ name: String, _ fallback: Int, _ range: ClosedRange<Int>) throws -> Int {
            guard let text = config.string(forKey: key) else { return fallback }
            guard let value = Int(text), range.contains(value) else {
                throw ServiceError(.invalidParameter, at: name, .wholeNumber(range))
            }
            return value
        }
        mode = try Settings.choice(config, "khop.mode", "KHOP_MODE", InstallationMode.live)
        databaseURL = config.string(forKey: "khop.database.url", isSecret: true).flatMap { $0.isEmpty ? nil : $0 }
        ownerDatabaseURL = config.string(forKey: "khop.owner.database.url", isSecret: true)
            .flatMap { $0.isEmpty ? nil : $0 }
        (readDatabaseURL, readMostLagSeconds) = (Settings.readDatabase(config), try Settings.mostLag(number))
        home = config.string(forKey: "khop.home", default: mode == .test ? ".khop-test" : ".khop")
        host = config.string(forKey: "khop.host", default: "127.0.0.1")
        port = try number("khop.port", "KHOP_PORT", mode == .test ? 8180 : 8080, 0...65_535)
        var url = config.string(forKey: "khop.public.url") ?? ""
        while url.hasSuffix("/") { url.removeLast() }
        if !url.isEmpty { try Settings.checkPublicURL(url) }
        namedPublicURL = url.isEmpty ? nil : url
        trustedProxies = try Settings.networks(config.string(forKey: "khop.trusted.proxies"), "KHOP_TRUSTED_PROXIES")
        eventNetworks = try Settings.networks(config.string(forKey: "khop.event.networks"), "KHOP_EVENT_NETWORKS")
        eventLoopback = try Settings.optionalFlag(config, "khop.event.loopback", "KHOP_EVENT_LOOPBACK")
        (provider, night) = (try Settings.provider(config), try Settings.night(config))
        installation = try Settings.installation(config)
        messaging = try Settings.messaging(config)
        openPages = try Settings.openPages(number)
        metricsHost = config.string(forKey: "khop.metrics.host", default: "127.0.0.1")
        let metrics = try number("khop.metrics.port", "KHOP_METRICS_PORT", -1, 0...65_535)
        metricsPort = metrics < 0 ? nil : metrics
        graceSeconds = Int64(try number("khop.grace.seconds", "KHOP_GRACE_SECONDS", 86_400, 0...2_592_000))
        poolSize = try number("khop.pool.size", "KHOP_POOL_SIZE", 8, 4...200)
        var limits = CallLimits.Options()
        for (key, name, limit) in Settings.limits {
            limits[keyPath: limit] = try number(key, name, limits[keyPath: limit], 0...100_000_000)
        }
        self.limits = limits
        var times = ReconciliationSchedule.Times()
        times.afterImport =
            60 * Int64(try number("khop.reconcile.after.minutes", "KHOP_RECONCILE_AFTER_MINUTES", 10, 0...1440))
        if let text = config.string(forKey: "khop.reconcile.at") {
            guard let match = text.wholeMatch(of: /([01]\d|2[0-3]):([0-5]\d)/), let hour = Int64(match.1),
                let minute = Int64(match.2)
            else {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_RECONCILE_AT",
                    Phrase(vi: "phải là giờ dạng 06:30", en: "must be a time such as 06:30")
                )
            }
            times.daily = hour * 3600 + minute * 60
        }
        schedule = times
        retention = try Settings.retention(config)
        mappings = try config.string(forKey: "khop.statement.mappings").map(Settings.mappings(in:)) ?? []
        (logLevel, logForm, slowStatementMilliseconds, traceURL) = try Settings.telemetry(config)
        _ = try Settings.choice(config, "khop.lang", "KHOP_LANG", Language.vietnamese)
        secretKey = config.string(forKey: "khop.secret.key", isSecret: true)
        secretKeyFile = config.string(forKey: "khop.secret.key.file")
        sealKeyFile = config.string(forKey: "khop.seal.key.file")
        sealFormerKeys = config.string(forKey: "khop.seal.former.keys")
        sealFolder = config.string(forKey: "khop.seal.folder")
        sealWitnessURL = try Settings.witnessURL(config.string(forKey: "khop.seal.witness.url"))
        receiptKey = config.string(forKey: "khop.receipt.key").flatMap { $0.isEmpty ? nil : $0 }
        receiptCertificate = config.string(forKey: "khop.receipt.certificate").flatMap { $0.isEmpty ? nil : $0 }
        backupMarker = config.string(forKey: "khop.backup.marker").flatMap { $0.isEmpty ? nil : $0 }
        databaseUnverified = try Settings.flag(config, "khop.database.unverified", "KHOP_DATABASE_UNVERIFIED")
        catalogueTakesProposals =
            try Settings.flag(config, "khop.catalogue.proposals.only", "KHOP_CATALOGUE_PROPOSALS_ONLY")
    }

    /// One of a few words.
    static func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ config: ConfigReader,
        _ key: ConfigKey,
        _ name: String,
        _ fallback: Value
    ) throws -> Value {
        guard let text = config.string(forKey: key), !text.isEmpty else { return fallback }
        guard let value = Value(rawValue: text) else {
            throw ServiceError(.invalidParameter, at: name, .oneOf(Value.allCases.map(\.rawValue)))
        }
        return value
    }

    /// `true` or `false`; `false` if it is not set.
    private static func flag(_ config: ConfigReader, _ key: ConfigKey, _ name: String) throws -> Bool {
        try optionalFlag(config, key, name) ?? false
    }

    /// `true` or `false`; `nil` if it is not set.
    private static func optionalFlag(_ config: ConfigReader, _ key: ConfigKey, _ name: String) throws -> Bool? {
        switch config.string(forKey: key) {
        case nil, "": nil
        case "true": true
        case "false": false
        default: throw ServiceError(.invalidParameter, at: name, .oneOf(["true", "false"]))
        }
    }

    /// Reads the layouts in a folder, one per JSON file.
    private static func mappings(in folder: String) throws -> [StatementMapping] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_STATEMENT_MAPPINGS",
                Phrase(vi: "không đọc được thư mục \(folder)", en: "the folder \(folder) cannot be read")
            )
        }
        return try names.sorted().filter { $0.hasSuffix(".json") }.map { try mapping(file: "\(folder)/\($0)") }
    }

    /// Reads the layout of a bank's table from a JSON file.
    static func mapping(file path: String) throws -> StatementMapping {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ServiceError(.invalidParameter, at: "mapping", .unreadableFile(path))
        }
        do {
            return try StatementMapping(Array(data))
        } catch {
            throw ServiceError(.invalidParameter, at: "mapping", error.phrase.prefixed(by: "\(path): "))
        }
    }

    /// The file of that key; `nil` if the environment holds the key itself.
    var secretKeyPath: String? { secretKey == nil ? secretKeyFile ?? home + "/secret.key" : nil }

    /// The key that seals the banks' secrets: from the setting, from a file, or generated once in the home folder.
    func secretBox() throws -> SecretBox {
        if let secretKey { return try SecretBox(base64: secretKey) }
        if let secretKeyFile {
            do { return try SecretBox(base64: String(contentsOfFile: secretKeyFile, encoding: .utf8)) } catch let error
                as ServiceError
            {
                throw error
            } catch {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_SECRET_KEY_FILE",
                    .unreadableFile(secretKeyFile)
                )
            }
        }
        let path = home + "/secret.key"
        if !FileManager.default.fileExists(atPath: path) {
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
            // Another program may have created the file in the meantime; its key is then used.
            try Settings.createKeyFile(path, SecretBox.newKeyBase64())
        }
        return try SecretBox(base64: String(contentsOfFile: path, encoding: .utf8))
    }
}

extension Settings {
    /// The beginning of links, for what is not served by this process.
    var publicURL: String { publicURL(host: host, port: port) }

    /// The beginning of links of a server that listens there.
    func publicURL(host: String, port: Int) -> String {
        namedPublicURL ?? "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    var serviceOptions: ServiceOptions { serviceOptions(publicURL: publicURL) }

    func serviceOptions(publicURL: String) -> ServiceOptions {
        var options = ServiceOptions(publicURL: publicURL)
        options.mode = mode
        options.graceSeconds = graceSeconds
        options.limits = limits
        options.schedule = schedule
        options.retention = retention
        options.mappings = mappings
        options.catalogueTakesProposals = catalogueTakesProposals
        options.hasProvider = provider != nil
        options.night = night
        options.openPages = openPages
        (options.messages.channels, options.messages.quiet) = (messaging.channels, messaging.quiet)
        options.eventNetworks.named = eventNetworks
        if let eventLoopback { options.eventNetworks.allowsLoopback = eventLoopback }
        return options
    }

    /// Where the server listens. Metrics have a port of their own, a thousand above the other unless it is named; only an
    /// installation for development, which listens on this machine alone, answers them beside everything else.
    func serverOptions(host: String, port: Int, publicURL: String) -> ServerOptions {
        var options = ServerOptions(publicURL: publicURL)
        options.host = host
        options.port = port
        options.trustedProxies = trustedProxies
        options.provider = provider
        options.installation = installation
        options.openPages = openPages.pages
        options.version = Khop.configuration.version
        options.checkUp = { await Doctor(settings: self, dataFolder: nil).findings() }
        let isDevelopment =
            Development.isMeant(byPublicURL: publicURL) && WebAddress("http://\(host)")?.isLoopback == true
        if let metricsPort {
            options.metrics = (metricsHost, metricsPort)
        } else if !isDevelopment {
            options.metrics = (metricsHost, port == 0 || port > 64_535 ? 0 : port + 1000)
        }
        return options
    }
}
