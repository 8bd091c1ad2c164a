import ArgumentParser
import Casework
import Collection
import FeeSchedule
import Foundation
import Identity
import Values
import Workflow

struct ShiftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shift",
        abstract: String(
            vi: "Ca thu tiền mặt: mở, xem, kiểm đếm và đóng, duyệt khoản lệch, nộp ngân hàng.",
            en: "Cashiers' shifts: open, show, count and close, approve a difference, carry the cash to the bank."
        ),
        subcommands: [
            Open.self, List.self, Show.self, Close.self, Approve.self, GiveBack.self, Deposit.self, Deposits.self,
        ]
    )

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Mở ca thu của mình tại một cơ quan.",
                en: "Open a shift of your own at an agency's drawer."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã cơ quan.", en: "The agency's code.")) var agency: String
        @Option(help: ArgumentHelp(vi: "Tiền lẻ đầu ca, đồng.", en: "What the drawer holds for change, in đồng."))
        var float: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let float = try float.map { try Money(option: "--float", $0) } ?? .zero
            let made = try await Program.withPerson(.workShift) { services, acting in
                try await services.shifts.open(at: agency, float: float, by: acting.person, within: acting.agencies)
            }
            Terminal.answer(made.json, asJSON: json, text: ShiftCommand.text(made))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Các ca thu, mới nhất trước.", en: "The shifts, the newest first.")
        )
        @Option(help: ArgumentHelp(vi: "open, counted hoặc closed.", en: "open, counted or closed.")) var state: String?
        @Option(help: ArgumentHelp(vi: "Bao nhiêu (1–500).", en: "How many (1–500).")) var limit = 50
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let chosen = try state.map { text in
                guard let state = ShiftState(rawValue: text) else {
                    throw ServiceError(.invalidParameter, at: "--state", .oneOf(ShiftState.allCases.map(\.rawValue)))
                }
                return state
            }
            let found = try await Program.withServices { services, _ in
                try await services.shifts.list(state: chosen, within: nil, limit: limit)
            }
            let rows = found.map {
                [
                    String($0.id), $0.agencyCode, $0.cashierName, $0.state.words[.ofTerminal], $0.openedAt.formatted,
                    $0.expected.formatted(in: .ofTerminal), $0.difference?.formatted(in: .ofTerminal) ?? "",
                ]
            }
            Terminal.answer(
                .array(found.map(\.json)),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("ca", "shift"), .text("cơ quan", "agency"), .text("thu ngân", "cashier"),
                        .text("trạng thái", "state"), .text("mở lúc", "opened"), .text("phải có", "expected"),
                        .text("chênh lệch", "difference"),
                    ],
                    rows
                ).text
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Hiện một ca thu, hoặc ghi phiếu kết ca.", en: "Show a shift, or write its slip.")
        )
        @Argument(help: ArgumentHelp(vi: "Số ca.", en: "The number of the shift.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Ghi phiếu kết ca (PDF) vào tệp này.", en: "Write its slip (PDF) to this file."))
        var pdf: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let found = try await Program.withServices { services, _ in
                let found = try await services.shifts.find(id, within: nil)
                if let pdf {
                    let agency = try await services.tariff.current().schedule.agencies[found.agencyCode]
                    let slip = ShiftSlip(
                        found,
                        takings: try await services.shifts.takings(of: id),
                        agencyName: agency?.nameVi ?? found.agencyCode
                    )
                    try Data(try slip.pdf()).write(to: URL(fileURLWithPath: pdf))
                }
                return found
            }
            Terminal.answer(found.json, asJSON: json, text: ShiftCommand.text(found))
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Kiểm đếm và đóng ca của mình.", en: "Count the drawer of your shift, and close it."),
            discussion: String(
                vi: "Ví dụ: khop shift close 12 --notes 500000x2 --notes 10000x7 --others 3500",
                en: "For example: khop shift close 12 --notes 500000x2 --notes 10000x7 --others 3500"
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số ca.", en: "The number of the shift.")) var id: Int64
        @Option(
            help: ArgumentHelp(vi: "Mệnh giá x số tờ; nhắc lại được.", en: "Denomination x pieces; may be repeated.")
        )
        var notes: [String] = []
        @Option(help: ArgumentHelp(vi: "Tiền xu và khác, đồng.", en: "Coins and others, in đồng.")) var others: String?
        @Option(help: ArgumentHelp(vi: "Giải trình khoản lệch.", en: "Why there is a difference.")) var explanation:
            String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let count = try count()
            let closed = try await Program.withPerson(.workShift) { services, acting in
                try await services.shifts.close(
                    id,
                    count,
                    explanation: explanation,
                    by: acting.person,
                    within: acting.agencies
                )
            }
            Terminal.answer(closed.json, asJSON: json, text: ShiftCommand.text(closed))
        }

        private func count() throws -> CashCount {
            var pieces: [Int64: Int64] = [:]
            for text in notes {
                let parts = text.split(separator: "x")
                guard parts.count == 2, let note = Int64(parts[0]), let count = Int64(parts[1]),
                    CashCount(pieces: [note: count]) != nil
                else { throw wrong }
                pieces[note, default: 0] += count
            }
            let others = try others.map { try Money(option: "--others", $0) } ?? .zero
            guard let count = CashCount(pieces: pieces, others: others) else { throw wrong }
            return count
        }

        private var wrong: ServiceError {
            ServiceError(
                .invalidParameter,
                at: "--notes",
                Phrase(
                    vi: "phải có dạng 500000x2, với mệnh giá từ 500000 đến 1000",
                    en: "must be as 500000x2, of a denomination from 500000 to 1000"
                )
            )
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Duyệt khoản lệch của ca người khác.",
                en: "Approve the difference of another person's shift."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số ca.", en: "The number of the shift.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Vì sao chấp nhận.", en: "Why it is accepted.")) var note: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let closed = try await Program.withPerson(.approveShift) { services, acting in
                try await services.shifts.approve(id, note: note, by: acting.person, within: acting.agencies)
            }
            Terminal.answer(closed.json, asJSON: json, text: ShiftCommand.text(closed))
        }
    }

    struct GiveBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Chi một khoản hoàn bằng tiền mặt của ca mình.",
                en: "Hand a refund out of the drawer of your shift."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Số ca.", en: "The number of the shift.")) var id: Int64
        @Argument(help: ArgumentHelp(vi: "Mã định danh khoản hoàn.", en: "The id of the refund.")) var refund: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            guard let refund = UUID(uuidString: refund) else {
                throw ServiceError(.notFound, .none(.refund))
            }
            let shift = try await Program.withPerson(.workShift) { services, acting in
                try await services.shifts.giveBack(refund, in: id, by: acting.person, within: acting.agencies)
            }
            Terminal.answer(shift.json, asJSON: json, text: ShiftCommand.text(shift))
        }
    }

    static func text(_ shift: Shift) -> String {
        func money(_ amount: Money) -> String { amount.formatted(in: .ofTerminal) }
        var lines = [
            "\(shift.id)  \(shift.agencyCode)  \(shift.cashierName)  \(shift.state.words[.ofTerminal])",
            shift.openedAt.formatted + (shift.closedAt.map { " – " + $0.formatted } ?? ""),
        ]
        lines += shift.sums.map { "  \(Vocabulary.channel[$0.channel][.ofTerminal])  \($0.count)  \(money($0.amount))" }
        lines.append(String(vi: "tiền mặt phải có ", en: "cash expected ") + money(shift.expected))
        if let counted = shift.counted, let difference = shift.difference {
            lines.append(String(vi: "đếm được ", en: "counted ") + money(counted))
            lines.append(String(vi: "chênh lệch ", en: "difference ") + money(difference))
        }
        if let explanation = shift.explanation { lines.append("  " + explanation) }
        if let deposit = shift.deposit {
            lines.append(String(vi: "đã nộp ", en: "deposited ") + "\(money(deposit.amount))  \(deposit.slipNumber)")
        }
        return lines.joined(separator: "\n")
    }
}
