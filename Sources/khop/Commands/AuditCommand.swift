import ArgumentParser
import Collection
import Values

/// `khop audit`: who did what.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: String(vi: "Nhật ký: ai làm gì, lúc nào, từ đâu.", en: "The audit: who did what, when, from where."),
        subcommands: [List.self, Verify.self, Export.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Các mục, mới nhất trước.", en: "The entries, the latest first."),
            discussion: String(
                vi: """
                    Ví dụ: mọi việc về vụ việc 17: --subject case:17; về hoàn tiền trong tháng: --action refund. --from 01/11/2026
                    --to 30/11/2026; một lượt gọi: --request X (X-Request-Id). Việc xem này cũng được ghi vào nhật ký.
                    """,
                en: """
                    Examples: everything about the case 17: --subject case:17; about refunds in a month: --action refund.
                    --from 01/11/2026 --to 30/11/2026; one call: --request X (X-Request-Id). That it was read is an entry too.
                    """
            )
        )
        @Option(
            help: ArgumentHelp(
                vi: "Của ai: địa chỉ thư, hoặc person:…, key:…, cli:…, system.",
                en: "Whose: an e-mail address, or person:…, key:…, cli:…, system."
            )
        ) var actor: String?
        @Option(help: ArgumentHelp(vi: "Về đối tượng nào, như case:17.", en: "About what, such as case:17."))
        var subject: String?
        @Option(
            help: ArgumentHelp(
                vi: "Việc gì, như refund.approve, hoặc phần đầu, như refund.",
                en: "What was done, such as refund.approve, or how it begins, such as refund."
            )
        ) var action: String?
        @Option(help: ArgumentHelp(vi: "Mã của một lượt gọi.", en: "The id of a call.")) var request: String?
        @Option(help: ArgumentHelp(vi: "Từ ngày hoặc thời điểm.", en: "From a day or time on.")) var from: String?
        @Option(help: ArgumentHelp(vi: "Đến hết ngày, hoặc thời điểm.", en: "Through a day, or until a time.")) var to:
            String?
        @OptionGroup var page: PageOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let filter = try AuditFilter(
                actor: actor,
                subject: subject,
                action: action,
                requestID: request,
                from: from,
                to: to
            )
            let after = try page.after.map { text in
                guard let cursor = AuditLog.Cursor(text) else {
                    throw ServiceError(
                        .invalidParameter,
                        at: "--after",
                        Phrase(
                            vi: "phải là next_cursor của trang trước",
                            en: "must be the next_cursor of the page before"
                        )
                    )
                }
                return cursor
            }
            let query = Disclosure.query([
                "actor": actor, "subject": subject, "action": action, "request_id": request, "from": from, "to": to,
            ])
            let found = try await Program.showing { services, _ in
                let found = try await services.audit.list(filter, after: after, limit: page.limit)
                return (found, Disclosure(.audit, count: found.count, query: query))
            }
            let next = found.count == page.limit ? found.last?.cursor.description : nil
            Terminal.answer(
                [
                    "items": .array(found.map { $0.json(in: .ofTerminal) }), "next_cursor": .optional(next),
                ],
                asJSON: json,
                text: List.table(found)
            )
            if let next, !json {
                Terminal.say(Phrase(vi: "còn nữa: --after \(next)", en: "there is more: --after \(next)"))
            }
        }

        private static func table(_ entries: [AuditEntry]) -> String {
            TerminalTable(
                [
                    .text("lúc", "when"), .text("ai", "who"), .text("làm gì", "did what"), .text("đối tượng", "object"),
                    .text("từ đâu", "from"), .text("lượt gọi", "call"),
                ],
                entries.map { entry in
                    [
                        entry.happenedAt.formatted, entry.actorName, entry.sentence[.ofTerminal], entry.subject,
                        entry.address ?? "", entry.requestID ?? "",
                    ]
                }
            ).text
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Tính lại mọi niêm phong của nhật ký; mã thoát 1 nếu có gì bị sửa, xóa hay chèn.",
                en: "Recompute every seal of the audit; exit code 1 if anything was changed, removed or put between."
            ),
            discussion: String(
                vi:
                    "Nhật ký được niêm phong trong cùng một cây với mọi việc khác, nên kiểm tra cả cây, như `khop seal verify`.",
                en:
                    "The audit is sealed in one tree with all else, so the whole tree is verified, as `khop seal verify` does."
            )
        )
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let (report, sealed, waiting) = try await Program.withServices { services, _ in
                let report = try await services.sealVerification.verify()
                let (sealed, waiting) = try await services.seals.auditEntries()
                return (report, sealed, waiting)
            }
            let entries: JSON = ["sealed": .integer(sealed), "waiting": .integer(waiting)]
            try SealCommand.tell(
                report,
                asJSON: json,
                [.init("audit_entries", entries)],
                Phrase(
                    vi: "Nhật ký có \(sealed) mục đã niêm phong, \(waiting) mục chờ niêm phong.",
                    en: "The audit has \(sealed) sealed entries; \(waiting) wait for the next seal."
                )
            )
        }
    }
}
