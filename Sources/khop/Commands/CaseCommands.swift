import ArgumentParser
import Collection
import Values

struct Case: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List and show what did not fit, and decide about it.",
        discussion: """
            Whatever moves money is proposed by one person and done when another agrees, with approve or by the same
            resolve again. People are told apart by --by, which is the name of who runs khop where it is not given.
            """,
        subcommands: [List.self, Show.self, Resolve.self, Approve.self, Withdraw.self, Note.self, Inquiry.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List cases, oldest first.")
        @Option(help: "One kind alone, such as unmatched.") var kind: String?
        @Option(help: "open, awaiting_approval, resolved or closed.") var state: String?
        @Option(help: "Those of one person.") var assignee: String?
        @Option(help: "After this case's id, for the next page.") var after: Int64 = 0
        @Option(help: "How many at most, up to 500.") var limit = 100
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let cases = try await Program.withServices { services, _ in
                try await services.cases.list(
                    kind: kind,
                    state: state,
                    agencies: nil,
                    after: after,
                    limit: limit,
                    assignee: assignee
                )
            }
            let rows = cases.map { item in
                [
                    String(item["id"]?.integer ?? 0), item["kind"]?.string ?? "", item["state"]?.string ?? "",
                    Money(item["amount"]?.integer ?? 0).grouped, Money(item["suspense_left"]?.integer ?? 0).grouped,
                    String(item["age_days"]?.integer ?? 0),
                    (item["due_on"]?.string ?? "") + (item["is_overdue"] == true ? " !" : ""),
                    item["assignee"]?.string ?? "", item["account_number"]?.string ?? "",
                    item["payment_request_id"]?.string ?? "",
                ]
            }
            let heads = [
                "id", "kind", "state", "amount (₫)", "in suspense (₫)", "days", "due", "assignee", "account", "request",
            ]
            Terminal.answer(
                .array(cases),
                asJSON: json,
                TextTable.render([heads] + rows, leftAligned: [1, 2, 6, 7, 8, 9])
            )
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a case with its evidence and history.")
        @Argument(help: "The case's id.") var id: Int64
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let found = try await Program.withServices { services, _ in try await services.cases.find(id) }
            Terminal.answer(found, asJSON: json, found.pretty)
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide about a case, and say why.",
            discussion: """
                accept      settle its own request from suspense
                link        settle the request of --reference; a debit is the refund of --refund
                split       settle several requests: --part RF…=AMOUNT for each
                refund      send it back: --amount, --reason, --bank-bin, --to-account, --to-name
                write_off   book it as a gain or a loss
                ask_bank    write an inquiry (tra soát) for the bank; the case stays open
                dismiss     nothing more is to be done
                reopen      it was ended too early

                The first five move money: the first person's decision is a proposal, which another person approves.
                """
        )
        @Argument(help: "The case's id.") var id: Int64
        @Option(help: "What was decided; see above.") var action: String
        @Option(help: "Why.") var note: String
        @Option(help: "The reference or the id of the request to link to.") var reference: String?
        @Option(help: "The id of the refund that a debit was.") var refund: String?
        @Option(help: "How much of it, in đồng; all that fits where not given.") var amount: Int64?
        @Option(name: .customLong("part"), help: "One request's share of a split, as RF…=AMOUNT.") var parts: [String] =
            []
        @Option(help: "The reason of a refund.") var reason: String?
        @OptionGroup var beneficiary: BeneficiaryOptions
        @OptionGroup var person: PersonOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            var members: [JSON.Member] = [.init("action", .string(action)), .init("note", .string(note))]
            if let reference { members.append(.init("reference", .string(reference))) }
            if let refund { members.append(.init("refund_id", .string(refund))) }
            if let amount { members.append(.init("amount", .integer(amount))) }
            if let reason { members.append(.init("reason", .string(reason))) }
            if !parts.isEmpty {
                members.append(.init("parts", .array(try parts.map(Resolve.part))))
            }
            if let json = beneficiary.json { members.append(.init("beneficiary", json)) }
            let decision = try CaseDecision(.object(members))
            let by = try person.person
            let found = try await Program.withServices { services, _ in
                try await services.caseActions.resolve(id, decision, by: by)
            }
            Terminal.answer(found, asJSON: json, Case.standing(found))
            if !json, let text = found["inquiry"]?["csv"]?.string { print(text, terminator: "") }
        }

        private static func part(_ text: String) throws -> JSON {
            let halves = text.split(separator: "=", omittingEmptySubsequences: false)
            guard halves.count == 2, let amount = Int64(halves[1]) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "--part",
                    Phrase(
                        vi: "viết MÃ_THANH_TOÁN=SỐ_TIỀN, không phải \(text)",
                        en: "write REFERENCE=AMOUNT, not \(text)"
                    )
                )
            }
            return ["reference": .string(String(halves[0])), "amount": .integer(amount)]
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Agree to what another person proposed, and do it.")
        @Argument(help: "The case's id.") var id: Int64
        @OptionGroup var person: PersonOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let by = try person.person
            let found = try await Program.withServices { services, _ in
                try await services.caseActions.approve(id, by: by)
            }
            Terminal.answer(found, asJSON: json, Case.standing(found))
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take back or turn down what was proposed.")
        @Argument(help: "The case's id.") var id: Int64
        @Option(help: "Why.") var note: String
        @OptionGroup var person: PersonOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let by = try person.person
            let found = try await Program.withServices { services, _ in
                try await services.caseActions.withdraw(id, note: note, by: by)
            }
            Terminal.answer(found, asJSON: json, Case.standing(found))
        }
    }

    struct Note: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write into a case's file: a note, who works on it, until when, where a document lies."
        )
        @Argument(help: "The case's id.") var id: Int64
        @Option(help: "What was found out.") var note: String?
        @Option(help: "Who works on it; an empty name for nobody.") var assignee: String?
        @Option(name: .customLong("due-on"), help: "Until when, YYYY-MM-DD.") var dueOn: String?
        @Option(help: "Where a document lies: an address or an archive's number.") var attachment: String?
        @Option(name: .customLong("attachment-title"), help: "What the document is.") var title: String?
        @OptionGroup var person: PersonOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            var members: [JSON.Member] = []
            if let note { members.append(.init("note", .string(note))) }
            if let assignee { members.append(.init("assignee", assignee.isEmpty ? .null : .string(assignee))) }
            if let dueOn { members.append(.init("due_on", .string(dueOn))) }
            if let attachment {
                members.append(
                    .init("attachment", ["reference": .string(attachment), "title": .string(title ?? attachment)])
                )
            }
            let entries = try CaseDesk.entries(.object(members))
            let by = try person.person
            let found = try await Program.withServices { services, _ in
                try await services.caseDesk.write(id, entries, by: by)
            }
            Terminal.answer(found, asJSON: json, Case.standing(found))
        }
    }

    struct Inquiry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the inquiry (tra soát) about a case, as CSV.")
        @Argument(help: "The case's id.") var id: Int64

        func run() async throws {
            print(
                try await Program.withServices { services, _ in try await services.cases.inquiry(id) },
                terminator: ""
            )
        }
    }

    private static func standing(_ found: JSON) -> String {
        var text = "Case \(found["id"]?.integer ?? 0) is \(found["state"]?.string ?? "?")"
        if let proposal = found["proposal"], !proposal.isNull {
            text += ": \(proposal["action"]?.string ?? "?"), proposed by \(proposal["proposed_by"]?.string ?? "?"), "
            text += "waits for another person (khop case approve \(found["id"]?.integer ?? 0) --by NAME)"
        }
        return text + "."
    }
}

/// Who acts, on commands that take two persons.
struct PersonOptions: ParsableArguments {
    @Option(name: .customLong("by"), help: "The name of who acts (the one who runs khop).") var name: String?

    var person: Person { get throws { try Person(commandLine: name ?? Terminal.user) } }
}

/// Where a refund goes.
struct BeneficiaryOptions: ParsableArguments {
    @Option(name: .customLong("bank-bin"), help: "The payer's bank, as NAPAS numbers it: 6 digits.") var bankBIN:
        String?
    @Option(name: .customLong("to-account"), help: "The payer's account.") var account: String?
    @Option(name: .customLong("to-name"), help: "The payer's name.") var name: String?

    /// As the API takes it; `nil` where nothing of it is given.
    var json: JSON? {
        guard bankBIN != nil || account != nil || name != nil else { return nil }
        let given = [("bank_bin", bankBIN), ("account_number", account), ("name", name)]
        return .object(given.compactMap { key, value in value.map { JSON.Member(key, .string($0)) } })
    }
}
