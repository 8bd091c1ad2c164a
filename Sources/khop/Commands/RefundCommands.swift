import ArgumentParser
import Collection
import Foundation
import Values

struct RefundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund",
        abstract: "Give money back: request, approve (another person), execute, hand to the bank.",
        discussion: """
            What was never owed (an excess, a duplicate, late money) always goes back; a fee as its refund_policy allows.
            The debit line of a later statement shows the refund as paid.
            """,
        subcommands: [
            Ask.self, Approve.self, Reject.self, Execute.self, List.self, Show.self, File.self,
        ]
    )

    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "request",
            abstract: "Ask for a refund; its money is set aside from now on."
        )
        @Option(name: .customLong("payment-request"), help: "The id of the request whose payer gets money back.")
        var paymentRequest: String?
        @Option(name: .customLong("case"), help: "Or the id of the case whose money in suspense goes back.")
        var caseID: Int64?
        @Option(help: "How much, in đồng; all that can be refunded where not given.") var amount: Int64?
        @Option(help: "Why; not_eligible and duplicate are words that the policies of fees know.") var reason: String
        @Option(help: "More about it.") var note: String?
        @OptionGroup var beneficiary: BeneficiaryOptions
        @OptionGroup var person: PersonOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            var members: [JSON.Member] = [.init("reason", .string(reason))]
            if let paymentRequest { members.append(.init("payment_request_id", .string(paymentRequest))) }
            if let caseID { members.append(.init("case_id", .integer(caseID))) }
            if let amount { members.append(.init("amount", .integer(amount))) }
            if let note { members.append(.init("note", .string(note))) }
            if let json = beneficiary.json { members.append(.init("beneficiary", json)) }
            let draft = try RefundDraft(.object(members))
            let by = try person.person
            let answer = try await Program.withServices { services, _ in
                try await services.refunds.request(draft, by: by)
            }
            let refund = try JSON.parse(answer.body)
            Terminal.answer(
                refund,
                asJSON: json,
                "Refund \(refund["id"]?.string ?? "") of \(Money(refund["amount"]?.integer ?? 0).formatted) waits for another person to approve it."
            )
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Approve a refund that another person asked for.")
        @Argument(help: "The refund's id.") var id: String
        @OptionGroup var beneficiary: BeneficiaryOptions
        @OptionGroup var person: PersonOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let id = try RefundCommand.identifier(id)
            let by = try person.person
            var body = BodyReader(.object(beneficiary.json.map { [.init("beneficiary", $0)] } ?? []))
            let named = body.beneficiary()
            try body.finish()
            let refund = try await Program.withServices { services, _ in
                try await services.refunds.approve(id, by: by, beneficiary: named)
            }
            Terminal.answer(refund.json, asJSON: json, "Refund \(refund.id.uuidString.lowercased()) is approved.")
        }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a refund that was not executed; its money may be claimed again."
        )
        @Argument(help: "The refund's id.") var id: String
        @Option(help: "Why.") var note: String
        @OptionGroup var person: PersonOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let id = try RefundCommand.identifier(id)
            let by = try person.person
            let refund = try await Program.withServices { services, _ in
                try await services.refunds.reject(id, note: note, by: by)
            }
            Terminal.answer(refund.json, asJSON: json, "Refund \(refund.id.uuidString.lowercased()) is rejected.")
        }
    }

    struct Execute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Book an approved refund; from now on it stands in the next payment file."
        )
        @Argument(help: "The refund's id.") var id: String
        @OptionGroup var person: PersonOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let id = try RefundCommand.identifier(id)
            let by = try person.person
            let refund = try await Program.withServices { services, _ in try await services.refunds.execute(id, by: by)
            }
            Terminal.answer(
                refund.json,
                asJSON: json,
                "Refund \(refund.id.uuidString.lowercased()) of \(refund.amount.formatted) is executed; its mark for the bank is \(refund.endToEndID)."
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List refunds, oldest first.")
        @Option(help: "requested, approved, rejected, executed or settled.") var state: String?
        @Option(name: .customLong("payment-request"), help: "Those of one request.") var paymentRequest: String?
        @Option(name: .customLong("case"), help: "Those of one case's money.") var caseID: Int64?
        @Option(help: "After this refund's id, for the next page.") var after: String?
        @Option(help: "How many at most, up to 500.") var limit = 100
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let request = try paymentRequest.map(RefundCommand.identifier)
            let after = try after.map(RefundCommand.identifier)
            let refunds = try await Program.withServices { services, _ in
                try await services.refunds.list(
                    state: state,
                    paymentRequest: request,
                    caseID: caseID,
                    after: after,
                    limit: limit
                )
            }
            let rows = refunds.map {
                [
                    $0.id.uuidString.lowercased(), $0.state.rawValue, $0.amount.grouped, $0.reason, $0.endToEndID,
                    $0.requested?.name ?? "", $0.approved?.name ?? "",
                ]
            }
            Terminal.answer(
                .array(refunds.map(\.json)),
                asJSON: json,
                TextTable.render(
                    [["id", "state", "amount (₫)", "reason", "mark", "requested by", "approved by"]] + rows,
                    leftAligned: [0, 1, 3, 4, 5, 6]
                )
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a refund and what it is made of.")
        @Argument(help: "The refund's id.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let id = try RefundCommand.identifier(id)
            let refund = try await Program.withServices { services, _ in try await services.refunds.find(id) }
            Terminal.answer(refund.json, asJSON: json, refund.json.pretty)
        }
    }

    struct File: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the payment file of an account's executed refunds for the bank.",
            discussion: "No refund stands in two files; where none is new the latest file is given again."
        )
        @Option(help: "The account that pays.") var account: String
        @Option(help: "pain001 (ISO 20022) or csv.") var format = "pain001"
        @Option(name: .customLong("message-id"), help: "An earlier file again, by its message id.") var messageID:
            String?
        @Option(help: "Where to write it; standard output where not given.") var output: String?
        @OptionGroup var person: PersonOptions

        func run() async throws {
            guard let format = PaymentFile.Format(rawValue: format) else {
                throw ServiceError(.invalidParameter, at: "--format", .oneOf(["pain001", "csv"]))
            }
            let by = try person.person
            let file = try await Program.withServices { services, _ in
                try await services.refunds.paymentFile(account: account, messageID: messageID, by: by)
            }
            guard let output else { return print(file.text(format), terminator: "") }
            try file.text(format).write(toFile: output, atomically: true, encoding: .utf8)
            Terminal.say("\(file.messageID): \(file.items.count) payment(s), \(file.total.formatted), in \(output)")
        }
    }

    private static func identifier(_ text: String) throws -> UUID {
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
