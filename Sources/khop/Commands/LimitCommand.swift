import ArgumentParser
import Casework
import Collection
import Identity
import Values

struct LimitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limit",
        abstract: String(
            vi: "Hạn mức hoàn tiền mà một người được duyệt một mình; vượt thì cần người thứ ba.",
            en: "How much one person may approve alone; above it a third person must approve as well."
        ),
        discussion: String(
            vi: """
                Hạ hạn mức có hiệu lực ngay; nâng hoặc bỏ hạn mức có hiệu lực từ ngày hôm sau, được ghi lại và báo động, để không ai
                nâng rồi dùng trong ngày mà người khác không biết. Hạn mức của địa bàn gần nhất được tính. Không đặt: không giới hạn.
                """,
            en: """
                A lower limit counts at once; one that is raised or lifted counts from the next day, is recorded and is an alarm, so
                that nobody lifts it and uses it unseen. The limit of the nearest locality counts. None is set: no limit.
                """
        ),
        subcommands: [Set.self, List.self]
    )

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Đặt hạn mức của một vai trò.", en: "Set the limit of a role.")
        )
        @Argument(help: ArgumentHelp(vi: "approver hoặc finance.", en: "approver or finance.")) var role: Role
        @Option(
            help: ArgumentHelp(
                vi: "Một khoản hoàn tối đa bao nhiêu đồng; none là không giới hạn.",
                en: "The most that one refund may be, in đồng; none for no limit."
            )
        ) var refund: String?
        @Option(
            help: ArgumentHelp(
                vi: "Tổng một ngày của một người tối đa bao nhiêu đồng; none là không giới hạn.",
                en: "The most that one person's refunds of a day may be, in đồng; none for no limit."
            )
        ) var day: String?
        @Option(help: ArgumentHelp(vi: "Địa bàn; bỏ trống là tất cả.", en: "The locality; all if left out."))
        var locality: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func validate() throws {
            guard refund != nil || day != nil else {
                throw ValidationError(
                    String(vi: "hãy nêu --refund, --day hoặc cả hai", en: "give --refund, --day or both")
                )
            }
        }

        func run() async throws {
            let (refund, day) = (try part("--refund", refund), try part("--day", day))
            let limit = try await Program.withServices { services, settings in
                try await services.approvalLimits.set(
                    role,
                    in: locality,
                    refund: refund,
                    day: day,
                    by: try await Program.actor(services, settings)
                )
            }
            let (today, tomorrow) = (LimitCommand.text(limit.today), LimitCommand.text(limit.tomorrow))
            Terminal.answer(
                limit.json,
                asJSON: json,
                Phrase(
                    vi: "Hạn mức của \(role.rawValue): hôm nay \(today); từ ngày mai \(tomorrow).",
                    en: "The limit of \(role.rawValue): today \(today); from tomorrow \(tomorrow)."
                )
            )
        }

        private func part(_ option: String, _ text: String?) throws -> ApprovalLimits.Part {
            guard let text else { return .kept }
            return .set(text == "none" ? nil : try Money(option: option, text))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Liệt kê các hạn mức.", en: "List the limits.")
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let limits = try await Program.withServices { services, _ in try await services.approvalLimits.list() }
            let rows = limits.map {
                [
                    $0.role.rawValue, $0.localityCode ?? "", LimitCommand.text($0.today),
                    LimitCommand.text($0.tomorrow),
                    $0.setAt.formatted, $0.setBy,
                ]
            }
            Terminal.answer(
                .array(limits.map(\.json)),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("vai trò", "role"), .text("địa bàn", "locality"), .text("hôm nay", "today"),
                        .text("từ ngày mai", "from tomorrow"), .text("đặt lúc", "set at"), .text("người đặt", "set by"),
                    ],
                    rows
                ).text
            )
        }
    }

    private static func text(_ limit: ApprovalLimit) -> String {
        func part(_ amount: Money?) -> String {
            amount?.formatted(in: .ofTerminal) ?? String(vi: "không giới hạn", en: "no limit")
        }
        return String(
            vi: "\(part(limit.refund)) một khoản, \(part(limit.day)) một ngày",
            en: "\(part(limit.refund)) a refund, \(part(limit.day)) a day"
        )
    }
}
