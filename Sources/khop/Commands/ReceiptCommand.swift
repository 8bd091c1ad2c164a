import ArgumentParser
import Collection
import Foundation
import Identity
import Sealing
import Values

struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: String(
            vi: "Biên lai thu phí, lệ phí: xem, kiểm tra, sửa sai sót, bảng tổng hợp cho cơ quan thuế.",
            en: "Receipts: show, verify, correct, and the day's table for the tax office."
        ),
        discussion: String(
            vi: """
                Số biên lai: EBL01-26TAA-123 (mẫu, ký hiệu, số), có thể kèm mã tra cứu. Sai tên, địa chỉ hay chữ: thông báo
                (notice, 04/SS-CTĐT), không lập biên lai mới. Sai sót khác: biên lai thay thế (cancel).
                """,
            en: """
                A receipt's number is EBL01-26TAA-123 (form, serial, number), perhaps with its code. A wrong name, address or words:
                a notice (form 04/SS-CTĐT) and no new receipt. Anything else: a replacing receipt (cancel).
                """
        ),
        subcommands: [
            Show.self, Verify.self, Check.self, Cancel.self, Notice.self, Report.self, Collector.self,
            Reprint.self, Provider.self,
        ]
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Hiện một biên lai, hoặc ghi bản PDF, XML.",
                en: "Show a receipt, or write it as PDF or XML."
            )
        )
        @OptionGroup var receipt: ReceiptOptions
        @Option(help: ArgumentHelp(vi: "Ghi bản PDF vào tệp này.", en: "Write it as PDF to this file.")) var pdf:
            String?
        @Option(help: ArgumentHelp(vi: "Ghi bản XML vào tệp này.", en: "Write it as XML to this file.")) var xml:
            String?
        @Option(
            help: ArgumentHelp(
                vi: "Ghi thông báo sai sót (04/SS-CTĐT, PDF) vào tệp này.",
                en: "Write the notice of its errors (04/SS-CTĐT, PDF) to this file."
            )
        ) var notice: String?
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (found, answer) = try await Program.showing { services, settings in
                let found = try await services.receipts.find(receipt.number, agency: receipt.agency)
                let sight = try await unmasking.sight(services, settings, "receipt show")
                if let pdf { try Data(try services.receipts.pdf(found)).write(to: URL(fileURLWithPath: pdf)) }
                if let xml { try Data(try await services.receipts.xml(found)).write(to: URL(fileURLWithPath: xml)) }
                if let notice {
                    try Data(try services.receipts.noticePDF(found)).write(to: URL(fileURLWithPath: notice))
                }
                let answer = sight.shown(services.receipts.json(found))
                return ((found, answer), Disclosure(.receipt, of: "receipt:\(found.number.text)"))
            }
            Terminal.answer(answer, asJSON: json, text: ReceiptCommand.text(found, answer))
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Kiểm tra một biên lai nằm nguyên vẹn trong lịch sử được niêm phong; mã thoát 1 nếu chưa.",
                en: "Check that a receipt stands unchanged in the sealed history; exit code 1 if it does not."
            )
        )
        @OptionGroup var receipt: ReceiptOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (found, proved) = try await Program.withServices { services, _ in
                let found = try await services.receipts.find(receipt.number, agency: receipt.agency)
                return (found, try await services.receipts.proof(found))
            }
            let status = found.status.words[.ofTerminal]
            Terminal.answer(
                [
                    "ok": .bool(proved != nil), "number": .string(found.number.text),
                    "status": .string(found.status.rawValue), "entry": .optional(proved?.entry),
                    "proof": .optional(proved?.proof.text),
                ],
                asJSON: json,
                text: proved.map { proved in
                    "\(found.number.text): \(status)\n\(proved.entry)\n\(proved.proof.text)"
                }
                    ?? String(
                        vi: "\(found.number.text): \(status); chưa được niêm phong, hãy thử lại sau ít giây",
                        en: "\(found.number.text): \(status); not sealed yet, try again in some seconds"
                    )
            )
            if proved == nil { throw ExitCode(1) }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thay một biên lai sai bằng biên lai mới nêu rõ biên lai cũ.",
                en: "Put a new receipt, which names the old, in the place of a wrong one."
            ),
            aliases: ["replace"]
        )
        @OptionGroup var receipt: ReceiptOptions
        @Option(help: ArgumentHelp(vi: "Lý do.", en: "Why.")) var reason: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (made, answer) = try await Program.withPerson(.correctReceipts) { services, acting in
                let made = try await services.receipts.replace(
                    receipt.number,
                    agency: receipt.agency,
                    reason: reason,
                    by: acting.person,
                    within: acting.agencies
                )
                return (made, PersonalSight.none.shown(services.receipts.json(made)))
            }
            Terminal.answer(
                answer,
                asJSON: json,
                Phrase(
                    vi: "Biên lai \(made.number.text) thay thế \(made.replaces?.text ?? "").",
                    en: "Receipt \(made.number.text) replaces \(made.replaces?.text ?? "")."
                )
            )
        }
    }

    struct Notice: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Thông báo sai tên, địa chỉ hay chữ (04/SS-CTĐT), không lập biên lai mới.",
                en: "Tell of a wrong name, address or words (form 04/SS-CTĐT), without a new receipt."
            )
        )
        @OptionGroup var receipt: ReceiptOptions
        @Option(
            help: ArgumentHelp(vi: "payer_name, payer_address hoặc words.", en: "payer_name, payer_address or words.")
        ) var error: String
        @Option(help: ArgumentHelp(vi: "Sai gì, đúng là gì.", en: "What is wrong, and what is right.")) var note: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            guard let error = ReceiptError(rawValue: error) else {
                throw ServiceError(.invalidParameter, at: "--error", .oneOf(ReceiptError.allCases.map(\.rawValue)))
            }
            let (told, answer) = try await Program.withPerson(.correctReceipts) { services, acting in
                let told = try await services.receipts.notice(
                    receipt.number,
                    agency: receipt.agency,
                    error: error,
                    note: note,
                    by: acting.person,
                    within: acting.agencies
                )
                return (told, PersonalSight.none.shown(services.receipts.json(told)))
            }
            Terminal.answer(
                answer,
                asJSON: json,
                Phrase(
                    vi: "Đã ghi thông báo sai sót của biên lai \(told.number.text).",
                    en: "The notice of receipt \(told.number.text) is recorded."
                )
            )
        }
    }

    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Bảng tổng hợp biên lai của một ngày (01/TH-BLĐT), nộp cơ quan thuế trong ngày.",
                en: "The table of a day's receipts (form 01/TH-BLĐT), due at the tax office on that day."
            )
        )
        @Option(help: ArgumentHelp(vi: "Ngày; bỏ trống là hôm nay.", en: "The day; today if left out.")) var day:
            String?
        @Option(help: ArgumentHelp(vi: "Mã cơ quan; bỏ trống là tất cả.", en: "The agency's code; all if left out."))
        var agency: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let chosen = try day.map { text in
                guard let day = Day(text) else { throw ServiceError(.invalidParameter, at: "--day", .existingDay) }
                return day
            }
            let summary = try await Program.withServices { services, _ in
                try await services.receipts.summary(chosen ?? Instant.now().day, agency: agency)
            }
            try output.write(summary.json, [summary.sheet])
        }
    }

    struct Collector: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Đặt tên, địa chỉ, mã số thuế của cơ quan thu trên biên lai từ nay về sau.",
                en: "Set what receipts say about an agency from now on: name, address, tax code."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã cơ quan trong danh mục.", en: "The agency's code in the catalogue."))
        var agency: String
        @Option(help: ArgumentHelp(vi: "Tên đầy đủ.", en: "The full name.")) var name: String
        @Option(help: ArgumentHelp(vi: "Địa chỉ.", en: "The address.")) var address: String?
        @Option(help: ArgumentHelp(vi: "Mã số thuế.", en: "The tax code.")) var taxCode: String?
        @Option(help: ArgumentHelp(vi: "Điện thoại.", en: "The telephone.")) var phone: String?
        @Flag(
            help: ArgumentHelp(
                vi: "Không lập biên lai ở đây: hệ thống khác lập.",
                en: "Make no receipts here: another system makes them."
            )
        ) var off = false
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let collector = ReceiptCollector(
                agencyCode: agency,
                name: name,
                address: address,
                taxCode: taxCode,
                phone: phone,
                issues: !off
            )
            try await Program.withServices { services, settings in
                try await services.receipts.set(collector, by: try await Program.actor(services, settings))
            }
            Terminal.answer(
                collector.json,
                asJSON: json,
                Phrase(vi: "Đã đặt cho cơ quan \(agency).", en: "Set for the agency \(agency).")
            )
        }
    }

    private static func text(_ receipt: Receipt, _ shown: JSON) -> String {
        var lines = [
            "\(receipt.title[.ofTerminal]) \(receipt.number.text) (\(receipt.status.words[.ofTerminal]))",
            "\(receipt.issuedAt.formatted)  \(receipt.collector)",
            "\(shown["payer"]?["name"]?.string ?? "–")  \(receipt.dossierCode)  \(receipt.reference)",
        ]
        lines += receipt.items.map { "  \($0.name)  \($0.amount.formatted(in: .ofTerminal))" }
        lines.append("\(receipt.amount.formatted(in: .ofTerminal)): \(receipt.amount.inWords)")
        if let other = receipt.replacedBy { lines.append("→ \(other.text)") }
        lines.append(shown["url"]?.string ?? "")
        return lines.joined(separator: "\n")
    }
}
