import ArgumentParser
import Casework
import Collection
import Identity
import Values
import Workflow

struct Case: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Liệt kê, xem và quyết định các vụ việc chưa khớp.",
            en: "List, show and decide cases: what did not match."
        ),
        discussion: String(
            vi: """
                Việc làm dịch chuyển tiền do một người đề xuất và chỉ thực hiện khi người khác duyệt, bằng approve hoặc gửi lại
                đúng lệnh resolve đó. Cả hai phải đăng nhập bằng `khop login`.
                """,
            en: """
                Whatever moves money is proposed by one person and done when another agrees, with approve or by the same resolve
                again. Both log in with `khop login`.
                """
        ),
        subcommands: [
            List.self, Show.self, Resolve.self, Approve.self, Withdraw.self, Note.self, Inquiry.self, Letters.self,
        ]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Liệt kê vụ việc, cũ nhất trước.", en: "List cases, oldest first.")
        )
        @Option(help: ArgumentHelp(vi: "Chỉ một loại, như unmatched.", en: "Only one kind, such as unmatched."))
        var kind: String?
        @Option(
            help: ArgumentHelp(
                vi: "open, awaiting_approval, resolved hoặc closed.",
                en: "open, awaiting_approval, resolved or closed."
            )
        ) var state: String?
        @Option(help: ArgumentHelp(vi: "Của một người.", en: "Those of one person.")) var assignee: String?
        @Option(help: ArgumentHelp(vi: "Của một tài khoản.", en: "Those of one account.")) var account: String?
        @Option(help: ArgumentHelp(vi: "Của một cơ quan, theo mã.", en: "Those of one agency, by its code."))
        var agency: String?
        @Option(help: ArgumentHelp(vi: "Đúng số tiền này, như 50.000.", en: "Of exactly this amount, such as 50000."))
        var amount: String?
        @Flag(help: ArgumentHelp(vi: "Chỉ những vụ việc quá hạn.", en: "Only those past their day.")) var overdue =
            false
        @OptionGroup var page: PageOptions
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let after = try page.afterNumber ?? 0
            let cases = try await Program.showing { services, settings in
                var filter = try Cases.Filter(kind: kind, state: state)
                filter.assignee = assignee
                filter.account = account
                filter.agencies = agency.map { [$0] }
                filter.amount = try amount.map { try Money(option: "--amount", $0) }
                filter.isOverdue = overdue
                let sight = try await unmasking.sight(services, settings, "case list")
                let found = try await services.cases.list(filter, after: after, limit: page.limit)
                let query = Disclosure.query([
                    "kind": kind, "state": state, "assignee": assignee, "account": account, "agency": agency,
                    "amount": amount, "overdue": overdue ? "true" : nil,
                ])
                return (
                    found.map { sight.shown($0.json(in: .ofTerminal)) },
                    Disclosure(.cases, count: found.count, query: query)
                )
            }
            Terminal.answer(.array(cases), asJSON: json, text: List.table(cases).text)
        }

        private static func table(_ cases: [JSON]) -> TerminalTable {
            TerminalTable(
                [
                    .number("mã", "id"), .text("loại", "kind"), .text("trạng thái", "state"),
                    .number("số tiền (₫)", "amount (₫)"), .number("chờ xử lý (₫)", "in suspense (₫)"),
                    .number("số ngày", "days"), .text("hạn", "due"), .text("người xử lý", "assignee"),
                    .text("tài khoản", "account"), .text("cơ quan", "agency"), .text("mã thanh toán", "reference"),
                    .text("hồ sơ", "dossier"), .text("người nộp", "payer"), .text("nội dung", "memo"),
                ],
                cases.map(row)
            )
        }

        private static func row(_ item: JSON) -> [String] {
            let asked = item["asked_bank_at"]?.string == nil ? "" : String(vi: " (đã tra soát)", en: " (bank asked)")
            let payer = item["payer_name"]?.string ?? item["counterparty_name"]?.string ?? ""
            return [
                String(item["id"]?.integer ?? 0), Shown.word(item["kind"], .caseKind),
                Shown.word(item["state"], .caseState) + asked,
                Money(item["amount"]?.integer ?? 0).grouped, Money(item["suspense_left"]?.integer ?? 0).grouped,
                String(item["age_days"]?.integer ?? 0),
                Shown.day(item["due_on"]) + (item["is_overdue"] == true ? " !" : ""),
                item["assignee"]?.string ?? "", item["account_number"]?.string ?? "",
                item["agency_code"]?.string ?? "", item["reference"]?.string ?? "", item["dossier_code"]?.string ?? "",
                payer, item["memo"]?.string ?? "",
            ]
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xem một vụ việc với chứng cứ và quá trình xử lý.",
                en: "Show a case with its evidence and history."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã vụ việc.", en: "The case's id.")) var id: Int64
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let found = try await Program.showing { services, settings in
                let sight = try await unmasking.sight(services, settings, "case show \(id)")
                let found = sight.shown(try await services.cases.find(id).json(in: .ofTerminal))
                return (found, Disclosure(.caseFile, of: "case:\(id)"))
            }
            Terminal.answer(found, asJSON: json, text: CaseText.describe(found))
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Quyết định một vụ việc và nêu lý do.", en: "Decide a case and say why."),
            discussion: String(
                vi: """
                    accept      hạch toán vào yêu cầu của chính vụ việc
                    link        hạch toán vào yêu cầu --reference; khoản ghi nợ là khoản hoàn --refund
                    split       hạch toán cho nhiều yêu cầu: --part RF…=SỐ_TIỀN cho từng yêu cầu
                    refund      hoàn lại: --amount, --reason; --bank-bin, --to-account, --to-name hoặc --by-hand
                    write_off   xử lý vào thu nhập hoặc chi phí
                    ask_bank    lập đề nghị tra soát gửi ngân hàng; vụ việc vẫn mở
                    dismiss     kết thúc, không xử lý thêm
                    reopen      mở lại vụ việc kết thúc quá sớm

                    Năm cách đầu làm dịch chuyển tiền: quyết định của người thứ nhất là đề xuất, người khác duyệt.
                    """,
                en: """
                    accept      settle its own request from suspense
                    link        settle the request of --reference; a debit is the refund of --refund
                    split       settle several requests: --part RF…=AMOUNT for each
                    refund      send it back: --amount, --reason; --bank-bin, --to-account, --to-name or --by-hand
                    write_off   book it as a gain or a loss
                    ask_bank    write an inquiry to the bank; the case stays open
                    dismiss     nothing more is to be done
                    reopen      it was ended too early

                    The first five move money: the first person's decision is a proposal, which another person approves.
                    """
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã vụ việc.", en: "The case's id.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Quyết định gì; xem ở trên.", en: "The decision; see above.")) var action: String
        @Option(help: ArgumentHelp(vi: "Lý do.", en: "Why.")) var note: String
        @Option(
            help: ArgumentHelp(
                vi: "Mã thanh toán hoặc mã (id) của yêu cầu cần gắn vào.",
                en: "The reference or the id of the request to link to."
            )
        ) var reference: String?
        @Option(
            help: ArgumentHelp(
                vi: "Mã khoản hoàn tương ứng với khoản ghi nợ.",
                en: "The id of the refund that a debit was."
            )
        ) var refund: String?
        @Option(
            help: ArgumentHelp(
                vi: "Số tiền, bằng đồng; bỏ trống là tất cả phần khớp.",
                en: "How much of it, in đồng; all that fits if left out."
            )
        ) var amount: String?
        @Option(
            name: .customLong("part"),
            help: ArgumentHelp(
                vi: "Phần của một yêu cầu khi chia, viết RF…=SỐ_TIỀN.",
                en: "One request's share of a split, as RF…=AMOUNT."
            )
        ) var parts: [String] =
            []
        @Option(help: ArgumentHelp(vi: "Lý do hoàn tiền.", en: "The reason for a refund.")) var reason: String?
        @OptionGroup var beneficiary: BeneficiaryOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            var members: [JSON.Member] = [.init("action", .string(action)), .init("note", .string(note))]
            if let reference { members.append(.init("reference", .string(reference))) }
            if let refund { members.append(.init("refund_id", .string(refund))) }
            if let amount { members.append(.init("amount", .money(try Money(option: "--amount", amount)))) }
            if let reason { members.append(.init("reason", .string(reason))) }
            if !parts.isEmpty {
                members.append(.init("parts", .array(try parts.map(Resolve.part))))
            }
            members += beneficiary.members
            let decision = try CaseDecision(.object(members))
            let found = try await Program.withPerson(.resolveCases) { services, acting in
                try await services.caseActions.resolve(id, decision, by: acting.person, within: acting.agencies)
            }.json(in: .ofTerminal)
            Terminal.answer(found, asJSON: json, CaseText.standing(found))
            if !json, let text = found["inquiry"]?["csv"]?.string { print(text, terminator: "") }
        }

        private static func part(_ text: String) throws -> JSON {
            let halves = text.split(separator: "=", omittingEmptySubsequences: false)
            guard halves.count == 2 else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--part",
                    Phrase(
                        vi: "viết MÃ_THANH_TOÁN=SỐ_TIỀN, không phải \(text)",
                        en: "write REFERENCE=AMOUNT, not \(text)"
                    )
                )
            }
            return [
                "reference": .string(String(halves[0])),
                "amount": .money(try Money(option: "--part", String(halves[1]))),
            ]
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Duyệt đề xuất của người khác và thực hiện.",
                en: "Agree to what another person proposed, and do it."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã vụ việc.", en: "The case's id.")) var id: Int64
        @Option(
            help: ArgumentHelp(
                vi: "Người thứ hai nói thêm, ghi vào lịch sử.",
                en: "What the second person adds, for the history."
            )
        ) var note: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let found = try await Program.withPerson(.resolveCases) { services, acting in
                try await services.caseActions.approve(id, note: note, by: acting.person, within: acting.agencies)
            }.json(in: .ofTerminal)
            Terminal.answer(found, asJSON: json, CaseText.standing(found))
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Rút lại hoặc từ chối đề xuất.", en: "Withdraw or turn down a proposal.")
        )
        @Argument(help: ArgumentHelp(vi: "Mã vụ việc.", en: "The case's id.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Lý do.", en: "Why.")) var note: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let found = try await Program.withPerson(.resolveCases) { services, acting in
                try await services.caseActions.withdraw(id, note: note, by: acting.person, within: acting.agencies)
            }.json(in: .ofTerminal)
            Terminal.answer(found, asJSON: json, CaseText.standing(found))
        }
    }

    struct Note: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Ghi vào vụ việc: ghi chú, người xử lý, hạn xử lý, nơi lưu tài liệu.",
                en: "Add to a case: a note, who works on it, until when, where a document is."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã vụ việc.", en: "The case's id.")) var id: Int64
        @Option(help: ArgumentHelp(vi: "Kết quả xác minh.", en: "What was found out.")) var note: String?
        @Option(
            help: ArgumentHelp(
                vi: "Người xử lý; tên trống là không ai.",
                en: "Who works on it; an empty name for nobody."
            )
        ) var assignee: String?
        @Option(
            name: .customLong("due-on"),
            help: ArgumentHelp(
                vi: "Hạn xử lý, DD/MM/YYYY hoặc YYYY-MM-DD.",
                en: "Until when, DD/MM/YYYY or YYYY-MM-DD."
            )
        ) var dueOn: String?
        @Option(
            help: ArgumentHelp(
                vi: "Nơi lưu tài liệu: địa chỉ hoặc số lưu trữ.",
                en: "Where a document is: an address or an archive's number."
            )
        ) var attachment: String?
        @Option(
            name: .customLong("attachment-title"),
            help: ArgumentHelp(vi: "Tài liệu gì.", en: "What the document is.")
        ) var title: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            var members: [JSON.Member] = []
            if let note { members.append(.init("note", .string(note))) }
            if let assignee { members.append(.init("assignee", assignee.isEmpty ? .null : .string(assignee))) }
            if let dueOn { members.append(.init("due_on", .text(try Day(option: "--due-on", dueOn)))) }
            if let attachment {
                members.append(
                    .init("attachment", ["reference": .string(attachment), "title": .string(title ?? attachment)])
                )
            }
            let entries = try CaseDesk.entries(.object(members))
            let found = try await Program.withPerson(.resolveCases) { services, acting in
                try await services.caseDesk.write(id, entries, by: acting.person, within: acting.agencies)
            }.json(in: .ofTerminal)
            Terminal.answer(found, asJSON: json, CaseText.standing(found))
        }
    }

    struct Inquiry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "In đề nghị tra soát của một vụ việc, dạng CSV.",
                en: "Print the inquiry to the bank about a case, as CSV."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã vụ việc.", en: "The case's id.")) var id: Int64
        @OptionGroup var unmasking: UnmaskOptions

        func run() async throws {
            let inquiry = try await Program.showing { services, settings in
                let sight = try await unmasking.sight(services, settings, "case inquiry \(id)")
                let inquiry = try await services.cases.inquiry(id, seenWith: sight)
                return (inquiry, Disclosure(.inquiry, of: "case:\(id)"))
            }
            print(inquiry.csv, terminator: "")
        }
    }
}
