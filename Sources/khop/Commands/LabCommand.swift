import ArgumentParser
import BankCallbacks
import Collection
import Foundation
import Values

/// The conformance lab: what a signed message says, or why not.
struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: String(
            vi: "Phòng thử cho kỹ sư ngân hàng: một callback có đúng không, sai ở đâu, sửa thế nào.",
            en: "The lab for a bank's engineer: whether a callback is right, what is wrong, and the cure."
        ),
        subcommands: [Check.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Kiểm tra một callback đã ghi lại. Không ghi sổ gì.",
                en: "Check a callback that was written down. Nothing is booked."
            ),
            discussion: String(
                vi: """
                    TỆP là yêu cầu HTTP nguyên văn (dòng đầu, tiêu đề, nội dung), hoặc JSON {method, path, query, headers, body}, hoặc \
                    chỉ nội dung (thêm --header cho mỗi tiêu đề); - là đầu vào chuẩn. Khóa lấy từ --connection, --secret-file hay \
                    --secret-env; không có khóa thì chỉ in chuỗi phải ký và các trường. Mã thoát 1 nếu callback không được nhận.
                    """,
                en: """
                    FILE is an HTTP request as it is (first line, headers, body), or JSON {method, path, query, headers, body}, or the \
                    body alone (with --header for each header); - is standard input. The secret comes from --connection, \
                    --secret-file or --secret-env; without one, only what ought to be signed and the fields are printed. Exit \
                    code 1 if the callback would not be taken.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Tệp chứa callback, hoặc -.", en: "The file with the callback, or -."))
        var file: String
        @Option(help: ArgumentHelp(vi: "Kiểu ký của nhà cung cấp.", en: "How the provider signs.")) var profile:
            CallbackProfile?
        @Option(
            help: ArgumentHelp(
                vi: "Kết nối đã thiết lập: lấy kiểu, khóa và tài khoản của nó.",
                en: "A connection that is set up: its profile, secrets and account are taken."
            )
        ) var connection: String?
        @OptionGroup var secret: ConnectionCommand.SecretOptions
        @Option(help: ArgumentHelp(vi: "Tài khoản của kết nối.", en: "The account of the connection."))
        var account: String?
        @Option(
            name: .customLong("header"),
            help: ArgumentHelp(
                vi: "Một tiêu đề, “Tên: giá trị”; lặp lại được.",
                en: "A header, “Name: value”; may be repeated."
            )
        ) var headers: [String] = []
        @Option(
            help: ArgumentHelp(
                vi: "Lúc nhận, để so với thời điểm ký; bỏ trống là bây giờ.",
                en: "When it came, to compare with the time of signing; now, if left out."
            )
        ) var at: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func validate() throws {
            guard (profile == nil) != (connection == nil) else {
                throw ValidationError(
                    String(vi: "hãy nêu --profile hoặc --connection", en: "give --profile or --connection")
                )
            }
        }

        func run() async throws {
            let given = try headers.map { try LabCommand.header($0) }
            let bytes = try LabCommand.read(file)
            let now = try at.map { text in
                guard let time = Instant(text) else {
                    throw ServiceError(
                        .invalidParameter,
                        at: "--at",
                        Phrase(
                            vi: "phải có dạng 2026-11-21T09:30:00+07:00",
                            en: "must have the form 2026-11-21T09:30:00+07:00"
                        )
                    )
                }
                return time
            }
            let report: LabReport
            if let connection {
                let lab = try await Program.withServices { services, _ in
                    try await services.connections.forLab(connection)
                }
                let isByGET = lab.settings.profile.allowsGET
                report = CallbackLab.examine(
                    CapturedMessage(bytes, headers: given, isByGET: isByGET).message,
                    connection: lab.settings,
                    secrets: lab.secrets,
                    others: lab.others,
                    now: now ?? .now()
                )
            } else {
                report = try LabCommand.examine(bytes, given, profile ?? .standard, try secret.read(), account, now)
            }
            Terminal.answer(report.json, asJSON: json, text: LabText.text(report))
            if report.isChecked, !report.isAccepted { throw ExitCode(1) }
        }
    }

    private static func examine(
        _ bytes: [UInt8],
        _ headers: [(name: String, value: String)],
        _ profile: CallbackProfile,
        _ secret: String?,
        _ account: String?,
        _ now: Instant?
    ) throws -> LabReport {
        let captured = CapturedMessage(bytes, headers: headers, isByGET: profile.allowsGET)
        do throws(CallbackRefusal) {
            return try CallbackLab.examine(
                captured,
                profile: profile,
                secret: secret,
                account: account,
                now: now ?? .now()
            )
        } catch {
            throw ServiceError(.invalidParameter, at: "secret", error.message)
        }
    }

    private static func read(_ file: String) throws -> [UInt8] {
        let data: Data?
        if file == "-" {
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else {
            data = FileManager.default.contents(atPath: file)
        }
        guard let data else { throw ServiceError(.invalidParameter, at: "file", .unreadableFile(file)) }
        guard data.count <= CapturedMessage.maximumBytes else {
            throw ServiceError(
                .invalidParameter,
                at: "file",
                Phrase(
                    vi: "tối đa \(CapturedMessage.maximumBytes) byte",
                    en: "must have at most \(CapturedMessage.maximumBytes) bytes"
                )
            )
        }
        return Array(data)
    }

    private static func header(_ text: String) throws -> (name: String, value: String) {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
            throw ServiceError(
                .invalidParameter,
                at: "--header",
                Phrase(vi: "phải có dạng “Tên: giá trị”", en: "must have the form “Name: value”")
            )
        }
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        return (String(text[..<colon]).trimmingCharacters(in: .whitespaces), String(value))
    }
}
