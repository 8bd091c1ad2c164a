public import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Server
public import Statements
import Values

/// Plays whoever is on the other side, so that an installation can be tried before they are ready.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: String(
            vi: "Đóng vai ngân hàng và người nộp để thử trước khi kết nối thật.",
            en: "Play the bank and its payers, to try everything before a real one connects."
        ),
        subcommands: [Bank.self, Platform.self, Month.self]
    )

    struct Bank: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi:
                    "Trả các yêu cầu đang chờ và báo qua HTTP như một ngân hàng: đúng, trễ, hai lần, thiếu, sai, im lặng.",
                en:
                    "Pay open requests and tell of it over HTTP as a bank does: on time, late, twice, short, wrong, not at all."
            ),
            discussion: String(
                vi: """
                    Chỉ trên bản cài thử (KHOP_PUBLIC_URL là máy này). Kết nối phải được thêm trước bằng `khop connection add`; kiểu ký
                    và khóa lấy từ đó. --play nêu tỷ lệ, như on-time=80,late=10,silent=10; các loại: \(Bank.kinds).
                    --statement ghi sao kê trong ngày, gồm cả tiền mà callback không báo. Cùng --seed thì làm lại y như cũ.
                    """,
                en: """
                    On a trial installation alone (KHOP_PUBLIC_URL is this machine). The connection is added before with
                    `khop connection add`; its profile and secret are taken. --play names shares, such as on-time=80,late=10,silent=10;
                    there are: \(Bank.kinds). --statement writes the day's statement, with the money that no callback told of. The
                    same --seed does the same again.
                    """
            )
        )
        @Option(help: ArgumentHelp(vi: "Kết nối ngân hàng.", en: "The bank connection.")) var connection: String
        @Option(
            help: ArgumentHelp(
                vi: "Trả tối đa bao nhiêu yêu cầu (1–100000).",
                en: "Pay at most so many requests (1–100000)."
            )
        )
        var count = 100
        @Option(help: ArgumentHelp(vi: "Tỷ lệ từng loại.", en: "The share of each kind.")) var play: String?
        @Option(
            help: ArgumentHelp(
                vi: "Mỗi giây bao nhiêu (1–10000); bỏ trống: nhanh nhất.",
                en: "So many a second (1–10000); as fast as it goes, if left out."
            )
        )
        var rate: Int?
        @Option(help: ArgumentHelp(vi: "Hạt giống ngẫu nhiên.", en: "The seed.")) var seed: UInt64 = 1
        @Option(help: ArgumentHelp(vi: "Ghi sao kê vào tệp này.", en: "Write the statement to this file."))
        var statement: String?
        @Option(
            help: ArgumentHelp(
                vi: "Dạng sao kê: csv, mt940, camt053, hoặc một mẫu của khop statement layouts.",
                en: "Its format: csv, mt940, camt053, or a layout of khop statement layouts."
            )
        )
        var format =
            StatementWriter.Format.csv
        @Option(
            help: ArgumentHelp(vi: "Máy chủ (mặc định: KHOP_PUBLIC_URL).", en: "The server (default: KHOP_PUBLIC_URL).")
        )
        var url: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        private static let kinds = TransferKind.allCases.map(\.rawValue).joined(separator: ", ")

        func validate() throws {
            guard (1...100_000).contains(count), rate.map({ (1...10_000).contains($0) }) ?? true else {
                throw ValidationError(
                    String(
                        vi: "--count từ 1 đến 100000, --rate từ 1 đến 10000",
                        en: "--count is 1 to 100000, --rate 1 to 10000"
                    )
                )
            }
            _ = try shares()
        }

        func run() async throws {
            try await Program.withServices { services, settings in
                // A test installation may be reached by others; its books hold no real money.
                guard settings.mode == .test || Development.isMeant(byPublicURL: settings.publicURL),
                    Development.isMeant(byPublicURL: url ?? settings.publicURL) || url == nil
                else { throw Bank.notForReal }
                let known = try await services.connections.forLab(connection).settings
                let bank = try Bank.bank(known)
                let open = try await services.paymentRequests.open(on: known.accountNumber, limit: count)
                guard !open.isEmpty else { throw Bank.nothingOpen(known.accountNumber) }
                let now = Instant.now()
                let day = PlayedDay(
                    paying: open.map { PlayedDay.Open(reference: $0.reference, remaining: $0.remaining) },
                    shares: try shares(),
                    account: known.accountNumber,
                    seed: seed,
                    // Numbers of a second are given out once.
                    first: now.unixSeconds * 100_000,
                    at: now
                )
                let teller = BankTeller(
                    bank,
                    path: "/v1/callbacks/\(connection)",
                    url: url ?? settings.publicURL,
                    rate: rate
                )
                let answers = await teller.tell(day.transfers) { done, all in
                    if done % 50 == 0 || done == all {
                        Terminal.progress(done, of: all, Phrase(vi: "báo có", en: "told"))
                    }
                }
                if let statement {
                    let written = PlayedStatement(
                        day.booked,
                        account: known.accountNumber,
                        opening: try await services.statements.lastClosingBalance(known.accountNumber) ?? .zero,
                        on: now.day,
                        format
                    )
                    try Data(written.text.utf8).write(to: URL(fileURLWithPath: statement))
                }
                let report = PlayReport(PlayTally(day.transfers, answers), seed: seed, statement: statement)
                Terminal.answer(report.json, asJSON: json, text: report.text)
            }
        }

        /// What is to happen, and how often.
        private func shares() throws -> [TransferKind: Int] {
            guard let play else { return TransferKind.usual }
            var shares: [TransferKind: Int] = [:]
            for part in play.split(separator: ",") {
                let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
                guard let kind = TransferKind(rawValue: pair[0]), let share = pair.count == 2 ? Int(pair[1]) : 100,
                    (0...1000).contains(share)
                else {
                    throw ValidationError(
                        String(
                            vi: "--play: \(part) không phải LOẠI=TỶ LỆ (0–1000); các loại: \(Bank.kinds)",
                            en: "--play: \(part) is not KIND=SHARE (0–1000); there are: \(Bank.kinds)"
                        )
                    )
                }
                shares[kind] = share
            }
            guard shares.values.contains(where: { $0 > 0 }) else {
                throw ValidationError(
                    String(vi: "--play: phải có một tỷ lệ trên 0", en: "--play: one share must be above 0")
                )
            }
            return shares
        }

        private static func bank(_ known: ConnectionSettings) throws -> PlayedBank {
            guard let secret = known.secrets.first,
                let bank = PlayedBank(
                    known.profile,
                    secret: secret,
                    connection: known.name,
                    signatureHeader: known.signatureHeader
                )
            else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--connection",
                    Phrase(
                        vi: "\(known.profile.rawValue) ký bằng khóa riêng của ngân hàng, không ai khác đóng vai được",
                        en: "\(known.profile.rawValue) signs with the bank's own private key: nobody else can play it"
                    )
                )
            }
            return bank
        }

        private static let notForReal = ServiceError(
            .forbidden,
            Phrase(
                vi: "Chỉ đóng vai ngân hàng trên bản cài thử: KHOP_PUBLIC_URL và --url phải là máy này.",
                en: "A bank is played on a trial installation alone: KHOP_PUBLIC_URL and --url must be this machine."
            )
        )

        private static func nothingOpen(_ account: String) -> ServiceError {
            ServiceError(
                .notFound,
                Phrase(
                    vi: "Tài khoản \(account) không có yêu cầu nào đang chờ: tạo bằng `khop request create` trước.",
                    en: "No request waits on the account \(account): create some with `khop request create`."
                )
            )
        }
    }
}

extension StatementWriter.Format: ExpressibleByArgument {}
