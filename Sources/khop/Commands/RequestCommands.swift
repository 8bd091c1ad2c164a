import ArgumentParser
import Collection
import Foundation
import PaymentQR
import Values

struct Request: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create, show or cancel payment requests.",
        subcommands: [Create.self, Show.self, Cancel.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ask for a payment, as the portal does.")
        @Option(help: "The dossier's code.") var dossier: String
        @Option(help: "The collecting agency's code.") var agency: String
        @Option(help: "The procedure's code, with or without its suffix.") var procedure: String
        @Option(help: "online, counter_qr, counter_card, counter_transfer or counter_cash.") var channel = "online"
        @Option(help: "A fee and how often, FEE_CODE[:QUANTITY[:BASE_AMOUNT]]; none for all fees.") var item: [String] =
            []
        @Option(help: "The payer's category, such as poor_household.") var payerCategory: String?
        @Option(help: "The payer's name.") var payerName: String?
        @Option(help: "The day to assess on, YYYY-MM-DD (default: today).") var assessedOn: String?
        @Option(help: "Seconds until it expires (default: a day).") var expiresIn: Int64?
        @Option(help: "Where the payment page links back to.") var returnURL: String?
        @Flag(help: "Print JSON.") var json = false

        private var body: JSON {
            var members: [JSON.Member] = [
                .init("dossier_code", .string(dossier)), .init("agency_code", .string(agency)),
                .init("procedure_code", .string(procedure)), .init("channel", .string(channel)),
            ]
            if !item.isEmpty { members.append(.init("items", .array(item.map(Create.item)))) }
            if payerCategory != nil || payerName != nil {
                members.append(.init("payer", ["category": .optional(payerCategory), "name": .optional(payerName)]))
            }
            if let assessedOn { members.append(.init("assessed_on", .string(assessedOn))) }
            if let expiresIn { members.append(.init("expires_in", .integer(expiresIn))) }
            if let returnURL { members.append(.init("return_url", .string(returnURL))) }
            return .object(members)
        }

        private static func item(_ text: String) -> JSON {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            // What is no number goes on as text, so that the fault is told with its field.
            func number(_ text: String) -> JSON { Int64(text).map { .integer($0) } ?? .string(text) }
            var members: [JSON.Member] = [.init("fee_code", .string(parts[0]))]
            if parts.count > 1, !parts[1].isEmpty { members.append(.init("quantity", number(parts[1]))) }
            if parts.count > 2 { members.append(.init("base_amount", number(parts[2]))) }
            return .object(members)
        }

        func run() async throws {
            let draft = try PaymentRequestDraft(body, today: Instant.now().day)
            let answer = try await Program.withServices { services, _ in
                try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)
            }
            let document = try JSON.parse(answer.body)
            Terminal.answer(document, asJSON: json, RequestText.describe(document))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a request by its id, reference or dossier code."
        )
        @Argument(help: "An id, a reference (RF…) or a dossier code.") var what: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await Program.withServices { services, settings in
                let requests: [PaymentRequest]
                if let id = UUID(uuidString: what) {
                    requests = [try await services.paymentRequests.find(id)]
                } else {
                    let isReference = CreditorReference(what) != nil
                    requests = try await services.paymentRequests.list(
                        reference: isReference ? what : nil,
                        dossierCode: isReference ? nil : what,
                        after: nil,
                        limit: 200
                    )
                }
                guard !requests.isEmpty else {
                    throw ServiceError(
                        .notFound,
                        Phrase(vi: "Không tìm thấy \(what).", en: "Nothing is known of \(what).")
                    )
                }
                let documents = requests.map { $0.json(publicURL: settings.publicURL, now: .now()) }
                Terminal.answer(
                    documents.count == 1 ? documents[0] : .array(documents),
                    asJSON: json,
                    documents.map(RequestText.describe).joined(separator: "\n\n")
                )
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a request that nobody has paid.")
        @Argument(help: "Its id.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard let uuid = UUID(uuidString: id) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "id",
                    Phrase(
                        vi: "\(id) không phải là mã của yêu cầu thanh toán",
                        en: "\(id) is not the id of a payment request"
                    )
                )
            }
            try await Program.withServices { services, settings in
                let document = try await services.paymentRequests.cancel(uuid).json(
                    publicURL: settings.publicURL,
                    now: .now()
                )
                Terminal.answer(document, asJSON: json, RequestText.describe(document))
            }
        }
    }
}

/// A payment request for people at a terminal.
enum RequestText {
    static func describe(_ json: JSON) -> String {
        func money(_ value: JSON?) -> String { Money(value?.integer ?? 0).formatted }
        func text(_ name: String) -> String { json[name]?.string ?? "" }
        var lines = [
            "\(text("reference"))  \(text("status"))  \(money(json["amount_due"]))",
            "  received    \(money(json["amount_received"]))", "  remaining   \(money(json["amount_remaining"]))",
            "  id          \(text("id"))", "  pay link    \(text("pay_url"))", "  expires at  \(text("expires_at"))",
        ]
        for line in json["lines"]?.array ?? [] {
            lines.append(
                "  \(line["name_vi"]?.string ?? "")  × \(line["quantity"]?.integer ?? 1)  \(money(line["list_amount"]))"
            )
            for rule in line["applied"]?.array ?? [] {
                lines.append(
                    "      − \(money(rule["benefit"]))  \(rule["rule"]?.string ?? "") \(rule["code"]?.string ?? ""): \(rule["legal_basis"]?.string ?? "")"
                )
            }
            lines.append("      = \(money(line["payable"]))")
        }
        return lines.joined(separator: "\n")
    }
}
