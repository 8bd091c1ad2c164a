import ArgumentParser
import Collection
import Foundation
import Identity
import Values
import Workflow

struct RefundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund",
        abstract: String(
            vi: "Hoàn tiền: đề nghị, duyệt (người khác), lệnh chi, giao cho ngân hàng.",
            en: "Refunds: request, approve (another person), execute, write the file for the bank."
        ),
        discussion: String(
            vi: """
                Khoản không phải nộp (nộp thừa, nộp trùng, nộp muộn) luôn được hoàn; khoản thu hoàn theo refund_policy.
                Dòng ghi nợ của sao kê sau đó cho thấy khoản hoàn đã chi.
                """,
            en: """
                What was never owed (an excess, a duplicate, late money) always goes back; a fee as its refund_policy allows.
                The debit line of a later statement shows the refund as paid.
                """
        ),
        subcommands: [
            Ask.self, Adopt.self, Approve.self, Reject.self, Execute.self, List.self, Show.self, File.self,
        ]
    )

    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "request",
            abstract: String(
                vi: "Đề nghị hoàn; số tiền được giữ riêng từ lúc này.",
                en: "Request a refund; its money is reserved from now on."
            )
        )
        @Option(
            name: .customLong("payment-request"),
            help: ArgumentHelp(
                vi: "Mã thanh toán (RF…) hoặc mã (id) của yêu cầu được hoàn.",
                en: "The reference (RF…) or id of the request whose payer gets money back."
            )
        )
        var paymentRequest: String?
        @Option(
            name: .customLong("case"),
            help: ArgumentHelp(
                vi: "Hoặc mã vụ việc có tiền chờ xử lý được hoàn.",
                en: "Or the id of the case whose money in suspense goes back."
            )
        )
        var caseID: Int64?
        @Option(
            help: ArgumentHelp(
                vi: "Số tiền, bằng đồng; bỏ trống là toàn bộ phần hoàn được.",
                en: "The amount in đồng; all that can be refunded if left out."
            )
        ) var amount: String?
        @Option(
            help: ArgumentHelp(
                vi: "Lý do; not_eligible và duplicate là hai lý do mà quy định hoàn của khoản thu dùng.",
                en: "Why; not_eligible and duplicate are reasons that the refund policies of fees use."
            )
        ) var reason: String
        @Option(help: ArgumentHelp(vi: "Nói thêm.", en: "A note.")) var note: String?
        @OptionGroup var beneficiary: BeneficiaryOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            var members: [JSON.Member] = [.init("reason", .string(reason))]
            if let paymentRequest { members.append(.init("payment_request_id", .string(paymentRequest))) }
            if let caseID { members.append(.init("case_id", .integer(caseID))) }
            if let amount { members.append(.init("amount", .money(try Money(option: "--amount", amount)))) }
            if let note { members.append(.init("note", .string(note))) }
            members += beneficiary.members
            let draft = try RefundDraft(.object(members))
            let answer = try await Program.withPerson(.requestRefund) { services, acting in
                try await services.refunds.request(
                    draft,
                    by: acting.person,
                    within: acting.agencies,
                    in: .ofTerminal
                )
            }
            let refund = try JSON.parse(answer.body)
            Terminal.answer(
                refund,
                asJSON: json,
                RefundText.asked(refund)
            )
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Duyệt khoản hoàn do người khác đề nghị.",
                en: "Approve a refund that another person requested."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã khoản hoàn.", en: "The refund's id.")) var id: String
        @OptionGroup var beneficiary: BeneficiaryOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let id = try RefundCommand.identifier(id)
            let namesPayee = !beneficiary.members.isEmpty
            let refund = try await Program.withPerson(.approveRefund) { services, acting in
                try await services.refunds.approve(
                    id,
                    by: acting.person,
                    namesPayee: namesPayee,
                    within: acting.agencies
                )
            }
            Terminal.answer(refund.json(in: .ofTerminal), asJSON: json, RefundText.approved(refund))
        }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Từ chối khoản hoàn chưa lệnh chi; số tiền lại có thể được đề nghị.",
                en: "Reject a refund that has not been executed; its money is released."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã khoản hoàn.", en: "The refund's id.")) var id: String
        @Option(help: ArgumentHelp(vi: "Lý do.", en: "Why.")) var note: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let id = try RefundCommand.identifier(id)
            let refund = try await Program.withPerson(.approveRefund) { services, acting in
                try await services.refunds.reject(id, note: note, by: acting.person, within: acting.agencies)
            }
            Terminal.answer(
                refund.json(in: .ofTerminal),
                asJSON: json,
                Phrase(
                    vi: "Đã từ chối khoản hoàn \(refund.id.uuidString.lowercased()).",
                    en: "Refund \(refund.id.uuidString.lowercased()) is rejected."
                )
            )
        }
    }

    struct Execute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Lệnh chi khoản hoàn đã duyệt; khoản này vào tệp chi trả kế tiếp.",
                en: "Book an approved refund; it goes into the next payment file."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã khoản hoàn.", en: "The refund's id.")) var id: String
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let id = try RefundCommand.identifier(id)
            let refund = try await Program.withPerson(.executeRefund) { services, acting in
                try await services.refunds.execute(id, by: acting.person, within: acting.agencies)
            }
            Terminal.answer(
                refund.json(in: .ofTerminal),
                asJSON: json,
                Phrase(
                    vi:
                        "Đã lệnh chi khoản hoàn \(refund.id.uuidString.lowercased()), \(refund.amount.formatted); ký hiệu gửi ngân hàng là \(refund.endToEndID).",
                    en:
                        "Refund \(refund.id.uuidString.lowercased()) of \(refund.amount.formatted(in: .english)) is executed; its mark for the bank is \(refund.endToEndID)."
                )
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Liệt kê khoản hoàn, cũ nhất trước.", en: "List refunds, oldest first.")
        )
        @Option(
            help: ArgumentHelp(
                vi: "requested, approved, rejected, executed hoặc settled.",
                en: "requested, approved, rejected, executed or settled."
            )
        ) var state: String?
        @Option(
            name: .customLong("payment-request"),
            help: ArgumentHelp(
                vi: "Của một yêu cầu (mã thanh toán hoặc id).",
                en: "Those of one request (its reference or id)."
            )
        ) var paymentRequest: String?
        @Option(
            name: .customLong("case"),
            help: ArgumentHelp(vi: "Của tiền một vụ việc.", en: "Those of one case's money.")
        ) var caseID: Int64?
        @OptionGroup var page: PageOptions
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let request = try paymentRequest.map { try RequestName(option: "--payment-request", $0) }
            let after = try page.after.map(RefundCommand.identifier)
            let (refunds, sight) = try await Program.showing { services, settings in
                let sight = try await unmasking.sight(services, settings, "refund list")
                let found = try await services.refunds.list(
                    state: try state.map { try RefundCommand.state($0) },
                    paymentRequest: request,
                    caseID: caseID,
                    after: after,
                    limit: page.limit
                )
                let query = Disclosure.query([
                    "state": state, "payment_request_id": paymentRequest, "case_id": caseID.map { String($0) },
                ])
                return ((found, sight), Disclosure(.refunds, count: found.count, query: query))
            }
            let rows = refunds.map {
                [
                    $0.id.uuidString.lowercased(), Vocabulary.refundState[$0.state.rawValue][.ofTerminal],
                    $0.amount.grouped, Vocabulary.caseKind[$0.reason][.ofTerminal], $0.endToEndID,
                    $0.requested.name, $0.approved?.name ?? "",
                ]
            }
            Terminal.answer(
                .array(refunds.map { sight.shown($0.json(in: .ofTerminal)) }),
                asJSON: json,
                text: TerminalTable(
                    [
                        .text("mã", "id"), .text("trạng thái", "state"), .number("số tiền (₫)", "amount (₫)"),
                        .text("lý do", "reason"), .text("ký hiệu", "mark"), .text("người đề nghị", "requested by"),
                        .text("người duyệt", "approved by"),
                    ],
                    rows
                ).text
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(vi: "Xem một khoản hoàn và các phần của nó.", en: "Show a refund and what it is made of.")
        )
        @Argument(help: ArgumentHelp(vi: "Mã khoản hoàn.", en: "The refund's id.")) var id: String
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            let id = try RefundCommand.identifier(id)
            let (refund, sight) = try await Program.showing { services, settings in
                let sight = try await unmasking.sight(services, settings, "refund show \(id.text)")
                return ((try await services.refunds.find(id), sight), Disclosure(.refund, of: "refund:\(id.text)"))
            }
            Terminal.answer(
                sight.shown(refund.json(in: .ofTerminal)),
                asJSON: json,
                text: RefundText.describe(refund, seenWith: sight)
            )
        }
    }

    struct File: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Lập tệp chi trả các khoản hoàn đã lệnh chi của một tài khoản.",
                en: "Write the payment file of an account's executed refunds for the bank."
            ),
            discussion: String(
                vi: "Không khoản hoàn nào có trong hai tệp; nếu không có khoản mới thì in lại tệp gần nhất.",
                en: "No refund is in two files; if none is new, the latest file is written again."
            )
        )
        @Option(help: ArgumentHelp(vi: "Tài khoản chi.", en: "The account that pays.")) var account: String
        @Option(help: ArgumentHelp(vi: "pain001 (ISO 20022) hoặc csv.", en: "pain001 (ISO 20022) or csv.")) var format =
            "pain001"
        @Option(
            name: .customLong("message-id"),
            help: ArgumentHelp(
                vi: "In lại tệp trước đó, theo message id.",
                en: "Write an earlier file again, by its message id."
            )
        ) var messageID: String?
        @Option(
            help: ArgumentHelp(
                vi: "Ghi vào đâu; bỏ trống là in ra màn hình.",
                en: "Where to write it; standard output if left out."
            )
        ) var output: String?
        @Flag(
            help: ArgumentHelp(
                vi: "In JSON: tệp gồm những gì, bỏ ra những gì và vì sao.",
                en: "Print what the file is made of, and what was left out and why, as JSON."
            )
        ) var json = false

        func run() async throws {
            guard let format = PaymentFile.Format(rawValue: format) else {
                throw ServiceError(.invalidParameter, at: "--format", .oneOf(["pain001", "csv"]))
            }
            let file = try await Program.withPerson(.takePaymentFile, account: account) { services, acting in
                try await services.refunds.paymentFile(account: account, messageID: messageID, by: acting.person)
            }
            defer {
                for refund in file.leftOut { Terminal.write(refund.reason.sentence(in: .ofTerminal)) }
            }
            if let output { try file.text(format).write(toFile: output, atomically: true, encoding: .utf8) }
            if json { return print(file.json(in: .ofTerminal).pretty) }
            guard let output else { return print(file.text(format), terminator: "") }
            Terminal.say(
                Phrase(
                    vi: "\(file.messageID): \(file.items.count) khoản chi, \(file.total.formatted), ghi vào \(output)",
                    en:
                        "\(file.messageID): \(file.items.count) payment(s), \(file.total.formatted(in: .english)), in \(output)"
                )
            )
        }
    }

    private static func state(_ text: String) throws -> RefundState {
        guard let state = RefundState(rawValue: text) else {
            throw ServiceError(.invalidParameter, at: "--state", .oneOf(RefundState.allCases.map(\.rawValue)))
        }
        return state
    }

    static func identifier(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else {
            throw ServiceError(
                .invalidParameter,
                at: "id",
                Phrase(
                    vi: "\(text.prefix(60)) không phải là mã của khoản hoàn",
                    en: "\(text.prefix(60)) is not the id of a refund"
                )
            )
        }
        return id
    }
}
