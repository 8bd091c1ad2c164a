import ArgumentParser
import Collection
import Values

/// `khop retention`: what is kept for a time.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: String(vi: "Thời hạn lưu dữ liệu.", en: "How long data are kept."),
        discussion: String(
            vi: "Dịch vụ tự chạy mỗi ngày; thời hạn đặt bằng KHOP_RETENTION_…: xem docs/personal-data.md.",
            en: "The service runs it daily; KHOP_RETENTION_… sets the times: see docs/personal-data.md."
        ),
        subcommands: [Show.self, Run.self]
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Mỗi loại được lưu bao lâu, và bao nhiêu đã quá hạn.",
                en: "How long each is kept, and how much of it is over."
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let shown = try await Program.withServices { services, _ in try await services.retention.show() }
            let rows = (shown["kept"]?.array ?? []).map { item in
                [
                    RetentionCommand.word(Shown.text(item["what"]))[.ofTerminal],
                    item["days"]?.integer.map { String(vi: "\($0) ngày", en: "\($0) days") }
                        ?? String(
                            vi: "\(item["years"]?.integer ?? 0) năm",
                            en: "\(item["years"]?.integer ?? 0) years"
                        ),
                    "\(item["due"]?.integer ?? 0)",
                ]
            }
            Terminal.answer(
                shown,
                asJSON: json,
                text: TerminalTable(
                    [.text("loại dữ liệu", "data"), .text("lưu", "kept"), .number("quá hạn", "over")],
                    rows
                ).text
            )
        }
    }

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xóa ngay những gì đã quá hạn; nhật ký ghi số lượng.",
                en: "Let go now of what is over; the audit keeps the counts."
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let report = try await Program.withServices { services, settings in
                // What leaves the books must be sealed first.
                _ = try await services.sealer?.sealAll()
                return try await services.retention.run(by: try await Program.actor(services, settings))
            }
            let rows = (report.json.members ?? []).map { member in
                [RetentionCommand.word(member.name)[.ofTerminal], "\(member.value.integer ?? 0)"]
            }
            Terminal.answer(
                report.json,
                asJSON: json,
                text: TerminalTable([.text("loại dữ liệu", "data"), .number("đã xóa", "let go")], rows).text
            )
        }
    }

    private static func word(_ what: String) -> Phrase {
        switch what {
        case "messages": Phrase(vi: "callback nguyên gốc", en: "callbacks as received")
        case "answers": Phrase(vi: "câu trả lời theo Idempotency-Key", en: "answers by Idempotency-Key")
        case "sessions": Phrase(vi: "phiên đăng nhập đã kết thúc", en: "ended sessions")
        case "contacts": Phrase(vi: "địa chỉ để báo tin", en: "payers' addresses for news")
        case "keys": Phrase(vi: "khóa của callback nguyên gốc", en: "keys of callbacks as received")
        case "books": Phrase(vi: "tên và nội dung trong sổ", en: "names and texts in the books")
        case "texts": Phrase(vi: "nội dung chuyển khoản, tên trên sao kê", en: "memos and names of statements")
        case "names": Phrase(vi: "yêu cầu, vụ việc, khoản hoàn có tên", en: "requests, cases, refunds with names")
        default: Phrase(same: what)
        }
    }
}
