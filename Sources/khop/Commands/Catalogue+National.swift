import ArgumentParser
import Collection
import FeeSchedule
import Foundation
import Server
import Values

extension Catalogue {
    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đối chiếu danh mục với cơ sở dữ liệu quốc gia về thủ tục hành chính; không ghi gì.",
                en: "Hold the catalogue against the national database of procedures, without writing anything."
            ),
            discussion: String(
                vi: """
                    Tệp là câu trả lời của dịch vụ LayThuTuc (JSON), hoặc danh sách nhiều câu trả lời: khop catalogue fetch lấy về.
                    Mỗi khác biệt nêu mã, tên và việc cần làm: thiếu ở đây, thiếu ở đó, đổi mã, thôi công khai, tên, mức thu từng kênh,
                    phí hay lệ phí. Mức thu ghi bằng chữ khó đọc hoặc tính theo số lượng thì để người so.
                    Mã thoát 1 nếu có khác biệt.
                    """,
                en: """
                    The file is an answer of the service LayThuTuc (JSON), or a list of them: khop catalogue fetch brings it.
                    Each difference has its code, its name and what to do: missing here or there, another code, no longer published,
                    the name, the price of each way, fee or charge. What is no plain amount is left to a person.
                    Exit code 1 if something differs.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tệp JSON.", en: "The JSON file.")) var file: String
        @Option(
            help: ArgumentHelp(
                vi: "Mức thu của cơ quan nào; bỏ trống là cơ quan đầu tiên theo mã.",
                en: "Whose prices; the first agency by code if left out."
            )
        ) var agency: String?
        @Option(help: ArgumentHelp(vi: "Mức thu của ngày nào; hôm nay.", en: "Prices of which day; today.")) var on:
            String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw ServiceError(.invalidParameter, at: "file", .unreadableFile(file))
            }
            let day = try on.map { try Day(option: "--on", $0) } ?? Instant.now().day
            let found = try await Program.withServices { services, _ in
                try await services.tariff.compare(Array(bytes), agency: agency, on: day)
            }
            try output.write(found.json, [found.sheet])
            if !found.differences.isEmpty { throw ExitCode(1) }
        }
    }

    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Lấy các thủ tục từ cơ sở dữ liệu quốc gia (LayThuTuc) vào một tệp cho khop catalogue compare.",
                en: "Fetch procedures from the national database (LayThuTuc) into a file for khop catalogue compare."
            ),
            discussion: String(
                vi: "Thủ tục nào lỗi được nêu, các thủ tục khác vẫn được ghi; mã thoát 1 nếu có lỗi.",
                en:
                    "A procedure that fails is told, and the others are written all the same; exit code 1 if one failed."
            )
        )
        @Option(
            help: ArgumentHelp(vi: "Địa chỉ bộ chuyển đổi (adapter_url).", en: "The adapter's address (adapter_url).")
        )
        var url: String
        @Option(help: ArgumentHelp(vi: "Đường dẫn đăng nhập (auth_endpoint).", en: "Where it logs in (auth_endpoint)."))
        var loginPath: String
        @Option(
            help: ArgumentHelp(
                vi: "Đường dẫn dịch vụ (integration_endpoint hoặc share_endpoint).",
                en: "Where its services are (integration_endpoint or share_endpoint)."
            )
        ) var servicePath: String
        @Option(help: ArgumentHelp(vi: "Tiêu đề dstcode.", en: "The header dstcode.")) var dstcode: String
        @Option(help: ArgumentHelp(vi: "Mã đơn vị (madonvi), như H44.", en: "The unit's code (madonvi), such as H44."))
        var unit: String
        @Option(help: ArgumentHelp(vi: "Tên đăng nhập.", en: "The name to log in with.")) var username: String
        @Option(help: ArgumentHelp(vi: "Tệp chứa mật khẩu.", en: "The file that holds the password."))
        var passwordFile: String
        @Option(
            help: ArgumentHelp(
                vi: "Chỉ các thủ tục này; bỏ trống là mọi thủ tục của đơn vị.",
                en: "These procedures alone; all of the unit's if left out."
            )
        ) var procedure: [String] = []
        @Option(help: ArgumentHelp(vi: "Ghi vào tệp nào.", en: "Where to write it.")) var output: String

        func run() async throws {
            guard url.hasPrefix("https://") || Development.isMeant(byPublicURL: url) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--url",
                    Phrase(
                        vi: "phải là https: mật khẩu đi qua đây",
                        en: "must be https: a password goes there"
                    )
                )
            }
            guard let data = FileManager.default.contents(atPath: passwordFile) else {
                throw ServiceError(.invalidParameter, at: "--password-file", .unreadableFile(passwordFile))
            }
            let database = NationalDatabase(
                caller: HTTPCaller(baseURL: url),
                loginPath: loginPath,
                servicePath: servicePath,
                destination: dstcode,
                unit: unit
            )
            let password = String(decoding: data, as: UTF8.self).trimming()
            let session = try await database.logIn(username: username, password: password)
            let codes = procedure.isEmpty ? try await database.codes(session) : procedure
            let (answers, failed) = try await fetch(codes, from: database, session)
            try Data((JSON.array(answers).pretty + "\n").utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
            Terminal.say(
                Phrase(
                    vi: "đã ghi \(answers.count) thủ tục vào \(output); \(failed) thủ tục lỗi",
                    en: "wrote \(answers.count) procedures to \(output); \(failed) failed"
                )
            )
            if failed > 0 { throw ExitCode(1) }
        }

        private func fetch(_ codes: [String], from database: NationalDatabase, _ session: String) async throws -> (
            answers: [JSON], failed: Int
        ) {
            var (answers, failed) = ([JSON](), 0)
            for (place, code) in codes.prefix(PublishedProcedures.maximum).enumerated() {
                do {
                    answers.append(try await database.procedure(code, session))
                } catch let error as ServiceError {
                    failed += 1
                    Terminal.say(error.phrase)
                }
                if (place + 1) % 100 == 0 {
                    Terminal.say(Phrase(same: "\(place + 1)/\(codes.count)"))
                }
            }
            return (answers, failed)
        }
    }
}
