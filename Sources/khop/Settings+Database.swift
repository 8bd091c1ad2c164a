import Collection
import Configuration
import Postgres
import Values

/// Where the database is, and as whom khop works on it.
extension Settings {
    /// The PostgreSQL cluster that khop runs itself.
    func localCluster() throws -> LocalCluster { try LocalCluster(directory: home + "/postgres") }

    /// How to reach the database as one of its roles; starts khop's own cluster if none is configured.
    func databaseOptions(as role: DatabaseRole = .service) throws -> DatabaseOptions {
        var options = DatabaseOptions(url: try databaseURL(as: role, startsCluster: true))
        options.poolSize = poolSize
        try checkTransport(options, role == .owner ? "KHOP_OWNER_DATABASE_URL" : "KHOP_DATABASE_URL")
        return options
    }

    /// Where the standby is that reports are read from; `nil` if none is named.
    static func readDatabase(_ config: ConfigReader) -> String? {
        config.string(forKey: "khop.read.database.url", isSecret: true).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// By how many seconds it may be behind.
    static func mostLag(_ number: (ConfigKey, String, Int, ClosedRange<Int>) throws -> Int) throws -> Int {
        try number("khop.read.most.lag.seconds", "KHOP_READ_MOST_LAG_SECONDS", 10, 1...3600)
    }

    /// The standby that reports are read from; `nil` if none is named.
    ///
    /// - Parameter primary: what else the connections are told.
    func standby(beside primary: DatabaseOptions) throws -> StandbyOptions? {
        guard let readDatabaseURL else { return nil }
        var options = primary
        options.url = readDatabaseURL
        try checkTransport(options, "KHOP_READ_DATABASE_URL")
        return StandbyOptions(options.forReports(), mostLag: .seconds(readMostLagSeconds))
    }

    /// Throws if a database on another machine is reached without its certificate being checked, unless that was asked for:
    /// whoever sits between could read everything, and answer in its place.
    private func checkTransport(_ options: DatabaseOptions, _ name: String) throws {
        guard let transport = options.transport, !transport.isSafe, !databaseUnverified else { return }
        let host = transport.hosts.joined(separator: ", ")
        throw ServiceError(
            .invalidParameter,
            at: name,
            Phrase(
                vi:
                    "cơ sở dữ liệu ở máy khác (\(host)) mà không kiểm tra chứng thư (sslmode=\(transport.mode)): thêm sslmode=verify-full&sslrootcert=TỆP_CA; chỉ trong mạng tuyệt đối tin cậy mới đặt KHOP_DATABASE_UNVERIFIED=true",
                en:
                    "the database is on another machine (\(host)) and its certificate is not checked (sslmode=\(transport.mode)): add sslmode=verify-full&sslrootcert=CA_FILE; KHOP_DATABASE_UNVERIFIED=true is for a network that is trusted absolutely"
            )
        )
    }

    /// The address of the database for one of its roles.
    func databaseURL(as role: DatabaseRole, startsCluster: Bool) throws -> String {
        guard databaseURL == nil, ownerDatabaseURL == nil else { return try configuredURL(role) }
        let cluster = try localCluster()
        if startsCluster, try !cluster.answers(database: "khop") {
            if !cluster.isRunning {
                Terminal.say(
                    Phrase(
                        vi: "khop: đang khởi động PostgreSQL riêng trong \(cluster.directory)",
                        en: "khop: starting its own PostgreSQL under \(cluster.directory)"
                    )
                )
            }
            try cluster.start(database: "khop")
        }
        return cluster.url(database: "khop", as: role)
    }

    private func configuredURL(_ role: DatabaseRole) throws -> String {
        switch role {
        case .service:
            guard let databaseURL else {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_DATABASE_URL",
                    Phrase(
                        vi: "phải có địa chỉ cơ sở dữ liệu cho vai trò khop_app",
                        en: "the address of the database for the role khop_app is needed"
                    )
                )
            }
            return databaseURL
        case .owner:
            guard let ownerDatabaseURL else {
                throw ServiceError(
                    .invalidParameter,
                    at: "KHOP_OWNER_DATABASE_URL",
                    Phrase(
                        vi: "phải có địa chỉ cơ sở dữ liệu cho vai trò sở hữu các bảng (khop_owner), chỉ lệnh này dùng",
                        en: "the address of the database for the role that owns the tables (khop_owner) is needed: "
                            + "this command alone uses it"
                    )
                )
            }
            return ownerDatabaseURL
        case .superuser:
            throw ServiceError(
                .invalidParameter,
                at: "as",
                Phrase(
                    vi: "chỉ cụm riêng của khop mới có superuser; địa chỉ đã cấu hình là của nơi khác",
                    en: "superuser is of khop's own cluster alone; the configured address is of another"
                )
            )
        }
    }
}
