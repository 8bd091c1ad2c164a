import ArgumentParser
import Casework
import Collection
import FeeSchedule
import Foundation
import Identity
import Values
import Workflow

struct RemittanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remittance",
        abstract: String(
            vi: "Nộp ngân sách nhà nước: phải nộp gì, lệnh nộp C1-02/NS, duyệt, gửi ngân hàng.",
            en: "Remittance to the State Treasury: what is due, orders (C1-02/NS), approval, the bank."
        ),
        discussion: String(
            vi: """
                Người lập lệnh không duyệt; người duyệt không mang lệnh đến ngân hàng. Số tiền do Khớp tính, không nhập.
                Ví dụ: khop remittance order H44.01 --due-by 2026-12-05
                """,
            en: """
                Who makes an order does not approve it; who approved it does not take it to the bank. Amounts are worked out, never
                typed. For example: khop remittance order H44.01 --due-by 2026-12-05
                """
        ),
        subcommands: [
            Due.self, Order.self, List.self, Show.self, Approve.self, Reject.self, Send.self, Return.self, Payer.self,
        ]
    )

    struct Due: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Còn phải nộp gì, theo cơ quan, chương, tiểu mục và hạn nộp.",
                en: "What is to be remitted, by agency, chapter, sub-item and deadline."
            )
        )
        @Option(help: ArgumentHelp(vi: "Chỉ cơ quan này.", en: "This agency alone.")) var agency: String?
        @Option(
            help: ArgumentHelp(
                vi: "Năm ngân sách; bỏ trống là năm nay và năm trước.",
                en: "The budget year; this one and the one before if left out."
            )
        ) var year: Int?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            if let year, !(2020...2099).contains(year) {
                throw ServiceError(.invalidParameter, at: "--year", .wholeNumber(2020...2099))
            }
            let outlook = try await Program.withServices { services, _ in
                try await services.remittances.due(year: year, within: agency.map { [$0] })
            }
            try output.write(outlook.json, [outlook.sheet])
        }
    }

    struct Order: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Lập lệnh nộp mọi khoản của một cơ quan đến hạn hết một ngày.",
                en: "Make the orders for all that an agency is to remit by the end of a day."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã cơ quan.", en: "The agency's code.")) var agency: String
        @Option(help: ArgumentHelp(vi: "Hết ngày nào; hôm nay.", en: "By the end of which day; today."))
        var dueBy: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let day = try dueBy.map { text in
                guard let day = Day(text) else {
                    throw ServiceError(.invalidParameter, at: "--due-by", .existingDay)
                }
                return day
            }
            let made = try await Program.withPerson(.makeRemittance) { services, acting in
                try await services.remittances.make(
                    agency: agency,
                    dueBy: day ?? Instant.now().day,
                    by: acting.person,
                    within: acting.agencies
                )
            }
            Terminal.answer(
                .array(made.map(\.json)),
                asJSON: json,
                text: made.map(RemittanceCommand.text).joined(separator: "\n\n")
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Các lệnh nộp, mới nhất trước.", en: "The orders, the newest first.")
        )
        @Option(
            help: ArgumentHelp(
                vi: "made, approved, rejected, sent, returned hoặc settled.",
                en: "made, approved, rejected, sent, returned or settled."
            )
        ) var state: String?
        @Option(help: ArgumentHelp(vi: "Bao nhiêu (1–500).", en: "How many (1–500).")) var limit = 50
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let chosen = try state.map { text in
                guard let state = RemittanceState(rawValue: text) else {
                    throw ServiceError(
                        .invalidParameter,
                        at: "--state",
                        .oneOf(RemittanceState.allCases.map(\.rawValue))
                    )
                }
                return state
            }
            let found = try await Program.withServices { services, _ in
                try await services.remittances.list(state: chosen, within: nil, limit: limit)
            }
            let rows = found.map {
                [
                    String($0.id), $0.mark, $0.key.agencyCode, $0.state.words[.ofTerminal], $0.made.name,
                    $0.made.at.formatted, $0.amount.formatted(in: .ofTerminal),
                ]
            }
            Terminal.answer(
                .array(found.map(\.json)),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("số", "id"), .text("lệnh", "order"), .text("cơ quan", "agency"),
                        .text("trạng thái", "state"), .text("người lập", "made by"), .text("lập lúc", "made"),
                        .text("số tiền", "amount"),
                    ],
                    rows
                ).text
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Hiện một lệnh nộp, hoặc ghi giấy nộp tiền C1-02/NS (PDF).",
                en: "Show an order, or write its form C1-02/NS (PDF)."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số lệnh.", en: "The number of the order.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Ghi bản PDF vào tệp này.", en: "Write it as PDF to this file."))
        var pdf: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let found = try await Program.withServices { services, _ in
                try await services.remittances.find(id, within: nil)
            }
            if let pdf { try Data(try found.pdf()).write(to: URL(fileURLWithPath: pdf)) }
            Terminal.answer(found.json, asJSON: json, text: RemittanceCommand.text(found))
        }
    }

    static func text(_ order: Remittance) -> String {
        func money(_ amount: Money) -> String { amount.formatted(in: .ofTerminal) }
        func step(_ vi: String, _ en: String, _ step: Remittance.Step?) -> String? {
            step.map { "\(String(vi: vi, en: en)) \($0.name), \($0.at.formatted)" }
        }
        let head = "\(order.id)  \(order.mark)  \(order.key.agencyCode)  \(order.state.words[.ofTerminal])"
        let way =
            "\(order.key.accountNumber) → \(order.payer.treasuryName) (\(order.payer.treasuryCode)) "
            + order.key.treasuryAccount.rawValue
        let lines = order.lines.map { "  \($0.code.chapter)/\($0.code.budgetCode)  \($0.name)  \(money($0.amount))" }
        let steps = [
            step("lập:", "made by", order.made), step("duyệt:", "approved by", order.approved),
            step("gửi ngân hàng:", "taken to the bank by", order.sent), step("kết thúc:", "ended by", order.ended),
            order.note, order.settledAt.map { String(vi: "đã nộp ", en: "remitted ") + $0.formatted },
        ].compactMap { $0 }
        return ([head, way] + lines + [money(order.amount) + ": " + order.amount.inWords, order.memo] + steps)
            .joined(separator: "\n")
    }
}
