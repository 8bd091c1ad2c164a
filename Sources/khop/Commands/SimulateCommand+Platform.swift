import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Logging
import Server
import ServiceLifecycle
import UnixSignals
import Values

extension SimulateCommand {
    struct Platform: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "platform",
            abstract: String(
                vi:
                    "Đóng vai nền tảng thanh toán quốc gia qua HTTP: khởi tạo, trang nộp tiền, xác nhận, hỏi lại, tệp hằng ngày.",
                en:
                    "Play the national payment platform over HTTP: INIT, a page to pay at, CONFIRM, QUERY, the day's file."
            ),
            discussion: String(
                vi: """
                    Chỉ trên bản cài thử (KHOP_PUBLIC_URL là máy này); chạy đến khi Ctrl-C. Kết nối kiểu national-platform phải có trước; địa
                    chỉ của nền tảng được đặt khi chạy. --play nêu tỷ lệ, như on-time=80,silent=10; các loại: \(Platform.kinds).
                    Tệp của một ngày: http://127.0.0.1:CỔNG/daily/yyyyMMdd. Cùng --seed thì làm lại y như cũ.
                    """,
                en: """
                    On a trial installation alone (KHOP_PUBLIC_URL is this machine), until Ctrl-C. The connection, of the profile
                    national-platform, is added before; its addresses are set as this begins. --play names shares, such as
                    on-time=80,silent=10; there are: \(Platform.kinds). A day's file: http://127.0.0.1:PORT/daily/yyyyMMdd. The same --seed does
                    the same again.
                    """
            )
        )
        @Option(help: ArgumentHelp(vi: "Kết nối.", en: "The connection.")) var connection: String
        @Option(help: ArgumentHelp(vi: "Cổng.", en: "The port.")) var port = 8099
        @Option(help: ArgumentHelp(vi: "Tỷ lệ từng loại.", en: "The share of each kind.")) var play: String?
        @Option(help: ArgumentHelp(vi: "Hạt giống ngẫu nhiên.", en: "The seed.")) var seed: UInt64 = 1
        @Flag(help: ArgumentHelp(vi: "Trả lời trong phong bì của LGSP.", en: "Answer in the envelope of an LGSP."))
        var envelope = false
        @Flag(help: ArgumentHelp(vi: "Người nộp trả ngay, không cần bấm.", en: "Payers pay at once, without a click."))
        var payAtOnce = false

        private static let kinds = PlatformMood.allCases.map(\.rawValue).joined(separator: ", ")

        func validate() throws { _ = try shares() }

        func run() async throws {
            LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
            let (options, url) = try await Program.withServices { services, settings in
                guard Development.isMeant(byPublicURL: settings.publicURL) else { throw Platform.notForReal }
                let known = try await services.connections.forLab(connection).settings
                guard let partner = known.merchant, let secret = known.secrets.first else {
                    throw ServiceError(
                        .invalidParameter,
                        at: "--connection",
                        Phrase(vi: "phải có --merchant (MaDoiTac)", en: "must have --merchant (MaDoiTac)")
                    )
                }
                let pages = "http://127.0.0.1:\(port)"
                _ = try await services.platform.links.set(
                    PlatformLinks.Draft(
                        connection: connection,
                        initURL: pages + "/init",
                        queryURL: pages + "/query",
                        billURL: pages + "/bill"
                    ),
                    by: try await Program.actor(services, settings)
                )
                let text = secret.withKey { String(decoding: $0, as: UTF8.self) }
                var options = PlayedPlatform.Options(partner: partner, secret: text)
                (options.shares, options.seed, options.usesEnvelope) = (try shares(), seed, envelope)
                return (options, settings.publicURL + Connections.path(connection))
            }
            var confirming = PlatformSimulator.Confirming(url: url)
            confirming.paysAtOnce = payAtOnce
            let platform = PlayedPlatform(options)
            let logger = Logger(label: "platform")
            confirming.heard = { code, status in
                let mood = platform.mood(of: code)?.rawValue ?? "?"
                logger.info(
                    "confirmed",
                    metadata: ["code": "\(code)", "mood": "\(mood)", "status": "\(status)"]
                )
            }
            let application = PlatformSimulator.application(platform, confirming, port: port, logger: logger) { bound in
                logger.info("listening", metadata: ["url": "http://127.0.0.1:\(bound)"])
            }
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [application],
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: logger
                )
            )
            try await group.run()
        }

        /// What is to happen, and how often.
        private func shares() throws -> [PlatformMood: Int] {
            guard let play else { return PlatformMood.usual }
            var shares: [PlatformMood: Int] = [:]
            for part in play.split(separator: ",") {
                let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
                guard let mood = PlatformMood(rawValue: pair[0]), let share = pair.count == 2 ? Int(pair[1]) : 100,
                    (0...1000).contains(share)
                else {
                    throw ValidationError(
                        String(
                            vi: "--play: \(part) không đúng; các loại: \(Platform.kinds)",
                            en: "--play: \(part) is not right; there are: \(Platform.kinds)"
                        )
                    )
                }
                shares[mood] = share
            }
            guard shares.values.contains(where: { $0 > 0 }) else {
                throw ValidationError(String(vi: "--play: không có gì xảy ra", en: "--play: nothing is to happen"))
            }
            return shares
        }

        private static let notForReal = ServiceError(
            .forbidden,
            Phrase(
                vi: "Chỉ đóng vai nền tảng trên bản cài thử: KHOP_PUBLIC_URL phải là máy này.",
                en: "The platform is played on a trial installation alone: KHOP_PUBLIC_URL must be this machine."
            )
        )
    }
}
