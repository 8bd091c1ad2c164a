import ArgumentParser
import Collection
import Postgres
import Values

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: String(
            vi: "Khởi động, dừng hoặc cho biết cụm PostgreSQL riêng của khop.",
            en: "Start, stop or name khop's own PostgreSQL cluster."
        ),
        subcommands: [Start.self, Stop.self, Address.self, Ping.self, Diagram.self]
    )

    struct Ping: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đo số lượt đi về mỗi giây của một kết nối.",
                en: "Measure how many round trips per second one connection makes."
            )
        )
        @Option(
            help: ArgumentHelp(
                vi: "Đo trong bao lâu, số giây: 1 đến 60.",
                en: "How long to measure, in seconds: 1 to 60."
            )
        ) var seconds: Int64 = 3
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func validate() throws {
            guard (1...60).contains(seconds) else {
                throw ValidationError(Phrase.wholeNumber(1...60).prefixed(by: "--seconds: ")[.ofTerminal])
            }
        }

        func run() async throws {
            let options = try await Settings.load().databaseOptions()
            let database = Database(options)
            let found: Result<InstallationMode?, any Error>
            do { found = .success(try await InstallationMode.of(database)) } catch { found = .failure(error) }
            await database.close()
            let mode = try found.get()
            let rate = try await RoundTrips.measure(options, seconds: seconds)
            let words = mode.map { DatabaseCommand.words($0) } ?? Phrase(vi: "chưa có lược đồ", en: "no schema yet")
            Terminal.answer(
                ["round_trips_per_second": .integer(rate), "mode": .optional(mode?.rawValue)],
                asJSON: json,
                Phrase(
                    vi: "\(rate) lượt đi về mỗi giây trên một kết nối; \(words[.vietnamese])",
                    en: "\(rate) round trips per second on one connection; \(words[.english])"
                )
            )
        }
    }

    /// Of which kind of installation a database is.
    static func words(_ mode: InstallationMode) -> Phrase {
        switch mode {
        case .live: Phrase(vi: "cơ sở dữ liệu của hệ thống THẬT", en: "the database is of the LIVE system")
        case .test:
            Phrase(vi: "cơ sở dữ liệu của môi trường THỬ NGHIỆM", en: "the database is of a TEST installation")
        }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Tạo cụm nếu chưa có, rồi khởi động.",
                en: "Create the cluster if there is none, and start it."
            )
        )
        func run() async throws {
            let cluster = try await Settings.load().localCluster()
            try cluster.start(database: "khop")
            print(cluster.url(database: "khop"))
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Dừng cụm; dữ liệu vẫn còn.", en: "Stop the cluster; its data stay.")
        )
        func run() async throws { try await Settings.load().localCluster().stop() }
    }

    struct Address: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "url",
            abstract: String(
                vi: "In địa chỉ cơ sở dữ liệu, không kèm mật khẩu.",
                en: "Print the address of the database, without its password."
            )
        )
        @Option(
            name: .customLong("as"),
            help: ArgumentHelp(
                vi: "Vai trò: service (mặc định), owner, hoặc superuser của cụm riêng.",
                en: "The role: service (the default), owner, or superuser of khop's own cluster."
            )
        ) var role: String = "service"

        func run() async throws {
            let roles: [String: DatabaseRole] = ["service": .service, "owner": .owner, "superuser": .superuser]
            guard let role = roles[role] else {
                throw ServiceError(.invalidParameter, at: "as", .oneOf(["service", "owner", "superuser"]))
            }
            let url = try await Settings.load().databaseURL(as: role, startsCluster: false)
            print(DatabaseOptions(url: url).urlWithoutPassword)
        }
    }
}
