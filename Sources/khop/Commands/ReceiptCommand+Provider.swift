import ArgumentParser
import Collection
import Foundation
import Identity
import Server
import Values

extension ReceiptCommand {
    struct Provider: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Nhà cung cấp cấp số biên lai thay cho Khớp: đặt, ngừng, liệt kê, lấy bản PDF.",
                en: "A provider that numbers receipts instead of Khớp: set, end, list, fetch a PDF."
            ),
            subcommands: [Set.self, End.self, List.self, PDF.self]
        )

        struct Set: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: String(
                    vi: "Để một nhà cung cấp cấp số biên lai của một cơ quan, từ nay về sau.",
                    en: "Have a provider number the receipts of an agency from now on."
                )
            )
            @Argument(help: ArgumentHelp(vi: "Mã cơ quan.", en: "The agency's code.")) var agency: String
            @Option(help: ArgumentHelp(vi: "viettel.", en: "viettel.")) var dialect = "viettel"
            @Option(help: ArgumentHelp(vi: "Địa chỉ đầu của giao diện.", en: "Where its interface begins."))
            var url: String
            @Option(help: ArgumentHelp(vi: "Tên đăng nhập.", en: "The name to log in with.")) var username: String
            @Option(help: ArgumentHelp(vi: "Tệp chứa mật khẩu.", en: "The file that holds the password."))
            var passwordFile: String
            @Option(help: ArgumentHelp(vi: "Mã số thuế.", en: "The tax code.")) var taxCode: String
            @Option(help: ArgumentHelp(vi: "Mẫu và ký hiệu phí, như EBL01/26TAA.", en: "Fees: as EBL01/26TAA."))
            var fee: String
            @Option(help: ArgumentHelp(vi: "Mẫu và ký hiệu lệ phí, như EBL02/26TAA.", en: "Charges: as EBL02/26TAA."))
            var charge: String
            @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

            func run() async throws {
                guard let dialect = ReceiptProviderAccount.Dialect(rawValue: dialect) else {
                    let known = ReceiptProviderAccount.Dialect.allCases.map(\.rawValue)
                    throw ServiceError(.invalidParameter, at: "--dialect", .oneOf(known))
                }
                guard let data = FileManager.default.contents(atPath: passwordFile) else {
                    throw ServiceError(.invalidParameter, at: "--password-file", .unreadableFile(passwordFile))
                }
                let draft = ReceiptProviders.Draft(
                    agencyCode: agency,
                    dialect: dialect,
                    url: url,
                    username: username,
                    password: String(decoding: data, as: UTF8.self).trimming(),
                    taxCode: taxCode,
                    fee: try Self.series(fee, "--fee"),
                    charge: try Self.series(charge, "--charge")
                )
                let set = try await Program.withServices { services, settings in
                    try await services.receiptProviders.set(draft, by: try await Program.actor(services, settings))
                }
                Terminal.answer(
                    set.json,
                    asJSON: json,
                    Phrase(
                        vi: "Từ nay \(dialect.rawValue) cấp số biên lai của cơ quan \(agency).",
                        en: "From now on \(dialect.rawValue) numbers the receipts of the agency \(agency)."
                    )
                )
            }

            private static func series(_ text: String, _ option: String) throws -> (form: String, serial: String) {
                let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
                guard parts.count == 2 else {
                    throw ServiceError(
                        .invalidParameter,
                        at: option,
                        Phrase(vi: "phải có dạng EBL01/26TAA", en: "must be as EBL01/26TAA")
                    )
                }
                return (parts[0], parts[1])
            }
        }

        struct End: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: String(
                    vi: "Từ nay Khớp lại cấp số biên lai của một cơ quan.",
                    en: "Number an agency's receipts here again from now on."
                )
            )
            @Argument(help: ArgumentHelp(vi: "Mã cơ quan.", en: "The agency's code.")) var agency: String
            @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

            func run() async throws {
                try await Program.withServices { services, settings in
                    let actor = try await Program.actor(services, settings)
                    try await services.receiptProviders.end(agency: agency, by: actor)
                }
                Terminal.answer(
                    ["agency_code": .string(agency)],
                    asJSON: json,
                    Phrase(vi: "Đã ngừng cho cơ quan \(agency).", en: "Ended for the agency \(agency).")
                )
            }
        }

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: String(
                    vi: "Các cơ quan có nhà cung cấp, và biên lai đang chờ số.",
                    en: "The agencies with a provider, and what awaits a number."
                )
            )
            @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

            func run() async throws {
                let (found, waiting) = try await Program.withServices { services, _ in
                    (try await services.receiptProviders.list(), try await services.receiptProviders.waiting())
                }
                let rows = found.map { [$0.agencyCode, $0.dialect.rawValue, $0.url, $0.username, $0.taxCode] }
                let table = TerminalTable(
                    [
                        .text("cơ quan", "agency"), .text("loại", "dialect"), .text("địa chỉ", "address"),
                        .text("tên đăng nhập", "user"), .text("mã số thuế", "tax code"),
                    ],
                    rows
                ).text
                let words = String(
                    vi: "đang chờ số: \(waiting.receipts)",
                    en: "awaiting a number: \(waiting.receipts)"
                )
                Terminal.answer(
                    [
                        "providers": .array(found.map(\.json)), "awaiting": .integer(waiting.receipts),
                        "since": .optional(waiting.since?.description), "error": .optional(waiting.error),
                    ],
                    asJSON: json,
                    text: [table, words, waiting.error ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
                )
            }
        }

        struct PDF: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "pdf",
                abstract: String(
                    vi: "Lấy bản PDF của một biên lai ở nhà cung cấp.",
                    en: "Fetch the PDF of a receipt from its provider."
                )
            )
            @Argument(help: ArgumentHelp(vi: "Mã thanh toán.", en: "The payment's reference."))
            var reference: String
            @Option(help: ArgumentHelp(vi: "fee hoặc charge.", en: "fee or charge.")) var kind = "charge"
            @Option(help: ArgumentHelp(vi: "Ghi vào tệp này.", en: "Write it to this file.")) var pdf: String

            func run() async throws {
                let bytes = try await Program.showing { services, _ in
                    let request = try await services.paymentRequests.find(.reference(reference))
                    let found = request.orderedReceipts.first { $0.kind == kind && $0.number != nil }
                    guard let found else {
                        throw ServiceError(
                            .notFound,
                            Phrase(vi: "Biên lai chưa có số.", en: "The receipt has no number yet.")
                        )
                    }
                    let transport = providerTransport(services.eventNetworks)
                    let bytes = try await services.receiptProviders.pdf(found.id, transport: transport)
                    return (bytes, Disclosure(.receipt, of: "provider_receipt:\(found.id)"))
                }
                try Data(bytes).write(to: URL(fileURLWithPath: pdf))
            }
        }
    }
}
