import ArgumentParser
import Collection
import Foundation
import Identity
import PaymentQR
import Values
import Workflow

struct Request: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(vi: "Lập, xem, hủy yêu cầu thanh toán.", en: "Create, show or cancel payment requests."),
        subcommands: [Create.self, Show.self, Cancel.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Lập yêu cầu thanh toán, như cổng dịch vụ công.",
                en: "Create a payment request, as the portal does."
            )
        )
        @Option(help: ArgumentHelp(vi: "Mã hồ sơ.", en: "The dossier's code.")) var dossier: String
        @Option(help: ArgumentHelp(vi: "Mã cơ quan thu.", en: "The collecting agency's code.")) var agency: String
        @Option(
            help: ArgumentHelp(
                vi: "Mã thủ tục, có hoặc không có phần đuôi.",
                en: "The procedure's code, with or without its suffix."
            )
        ) var procedure: String
        @Option(
            help: ArgumentHelp(
                vi: "online, counter_qr, counter_card, counter_transfer hoặc counter_cash.",
                en: "online, counter_qr, counter_card, counter_transfer or counter_cash."
            )
        ) var channel = "online"
        @Option(
            help: ArgumentHelp(
                vi: "Khoản thu và số lượng, MÃ[:SỐ_LƯỢNG[:SỐ_TIỀN_CƠ_SỞ]]; bỏ trống là tất cả.",
                en: "A fee and its quantity, FEE_CODE[:QUANTITY[:BASE_AMOUNT]]; all fees if left out."
            )
        ) var item: [String] =
            []
        @Option(
            help: ArgumentHelp(
                vi: "Đối tượng của người nộp, như poor_household.",
                en: "The payer's category, such as poor_household."
            )
        ) var payerCategory: String?
        @Option(help: ArgumentHelp(vi: "Tên người nộp.", en: "The payer's name.")) var payerName: String?
        @Option(
            help: ArgumentHelp(
                vi: "Giấy tờ chứng minh đối tượng: LOẠI:SỐ, như poor_household_certificate:12/HN.",
                en: "What proves the category: KIND:NUMBER, such as poor_household_certificate:12/HN."
            )
        ) var payerEvidence: String?
        @Option(
            help: ArgumentHelp(
                vi:
                    "Ngày tiếp nhận hồ sơ để tính mức thu, tối đa 60 ngày trước, DD/MM/YYYY hoặc YYYY-MM-DD (mặc định: hôm nay).",
                en:
                    "The day on which the dossier was received, to assess on, DD/MM/YYYY or YYYY-MM-DD (default: today)."
            )
        ) var assessedOn: String?
        @Option(
            help: ArgumentHelp(
                vi: "Số giây đến khi hết hạn (mặc định: một ngày).",
                en: "Seconds until it expires (default: a day)."
            )
        ) var expiresIn: Int64?
        @Option(
            help: ArgumentHelp(vi: "Địa chỉ mà trang thanh toán dẫn về.", en: "Where the payment page links back to.")
        ) var returnURL: String?
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        private func body() throws -> JSON {
            var members: [JSON.Member] = [
                .init("dossier_code", .string(dossier)), .init("agency_code", .string(agency)),
                .init("procedure_code", .string(procedure)), .init("channel", .string(channel)),
            ]
            if !item.isEmpty { members.append(.init("items", .array(item.map(Create.item)))) }
            if payerCategory != nil || payerName != nil || payerEvidence != nil {
                let payer: JSON = [
                    "category": .optional(payerCategory), "name": .optional(payerName),
                    "evidence": payerEvidence.map(Create.evidence) ?? .null,
                ]
                members.append(.init("payer", payer))
            }
            if let assessedOn {
                members.append(.init("assessed_on", .text(try Day(option: "--assessed-on", assessedOn))))
            }
            if let expiresIn { members.append(.init("expires_in", .integer(expiresIn))) }
            if let returnURL { members.append(.init("return_url", .string(returnURL))) }
            return .object(members)
        }

        private static func evidence(_ text: String) -> JSON {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return ["kind": .string(parts[0]), "number": .string(parts.count > 1 ? parts[1] : "")]
        }

        private static func item(_ text: String) -> JSON {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            // Text that is not a number is passed on as it is, so that the error names the field.
            func number(_ text: String) -> JSON {
                (Int64(text) ?? Money(printed: text)?.dong).map { .integer($0) } ?? .string(text)
            }
            var members: [JSON.Member] = [.init("fee_code", .string(parts[0]))]
            if parts.count > 1, !parts[1].isEmpty { members.append(.init("quantity", number(parts[1]))) }
            if parts.count > 2 { members.append(.init("base_amount", number(parts[2]))) }
            return .object(members)
        }

        func run() async throws {
            let draft = try PaymentRequestDraft(try body(), today: Instant.now().day)
            let answer = try await Program.withServices { services, settings in
                try await services.paymentRequests.create(
                    draft,
                    by: try await Program.actor(services, settings),
                    in: .ofTerminal
                )
            }
            let document = try JSON.parse(answer.body)
            Terminal.answer(document, asJSON: json, text: RequestText.describe(document))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Xem yêu cầu theo mã (id), mã thanh toán hoặc mã hồ sơ.",
                en: "Show a request by its id, reference or dossier code."
            )
        )
        @Argument(
            help: ArgumentHelp(
                vi: "Mã (id), mã thanh toán (RF…) hoặc mã hồ sơ.",
                en: "An id, a reference (RF…) or a dossier code."
            )
        ) var what: String
        @OptionGroup var unmasking: UnmaskOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        func run() async throws {
            try await Program.withServices { services, settings in
                let sight = try await unmasking.sight(services, settings, "request show \(what.prefix(100))")
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
                        Phrase(vi: "Không tìm thấy \(what).", en: "\(what) was not found.")
                    )
                }
                let disclosure =
                    requests.count == 1
                    ? Disclosure(.paymentRequest, of: "request:\(requests[0].id.text)")
                    : Disclosure(.paymentRequests, count: requests.count, query: what)
                try await services.disclosures.record(disclosure, by: try await Program.actor(services, settings))
                let documents = requests.map {
                    sight.ofOthers.shown($0.staffJSON(publicURL: settings.publicURL, now: .now(), in: .ofTerminal))
                }
                Terminal.answer(
                    documents.count == 1 ? documents[0] : .array(documents),
                    asJSON: json,
                    text: documents.map(RequestText.describe).joined(separator: "\n\n")
                )
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: String(
                vi: "Kết thúc một yêu cầu; khoản đã nhận được hoàn lại với --refund.",
                en: "End a request; what was received for it goes back with --refund."
            ),
            discussion: String(
                vi:
                    "Với --refund, toàn bộ số đã nhận được đề nghị hoàn ngay trong bước này; người khác duyệt khoản hoàn.",
                en:
                    "With --refund, everything that was received is asked back in the same step; another person approves it."
            )
        )
        @Argument(help: ArgumentHelp(vi: "Mã (id) hoặc mã thanh toán (RF…).", en: "Its id or its reference (RF…)."))
        var what: String
        @Flag(help: ArgumentHelp(vi: "Đề nghị hoàn khoản đã nhận.", en: "Ask for a refund of what was received."))
        var refund = false
        @Option(
            help: ArgumentHelp(vi: "Lý do hoàn (mặc định: withdrawn).", en: "Why it is refunded (default: withdrawn).")
        ) var reason: String?
        @Option(help: ArgumentHelp(vi: "Nói thêm về khoản hoàn.", en: "More about the refund.")) var note: String?
        @OptionGroup var beneficiary: BeneficiaryOptions
        @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

        private func withdrawal() throws -> Refunds.Withdrawal? {
            guard refund else { return nil }
            var members = beneficiary.members
            if let reason { members.append(.init("reason", .string(reason))) }
            if let note { members.append(.init("note", .string(note))) }
            return try Refunds.Withdrawal(cancelling: ["refund": .object(members)])
        }

        func run() async throws {
            let withdrawal = try withdrawal()
            let publicURL = try await Settings.load().publicURL
            let document: JSON
            if let withdrawal {
                document = try await Program.withPerson(.cancelAndRefund) { services, acting in
                    let id = try await Request.find(what, in: services)
                    let agencies = acting.agencies
                    return try await services.refunds.cancel(id, withdrawal, by: acting.person, within: agencies)
                        .json(publicURL: publicURL, in: .ofTerminal)
                }
            } else {
                document = try await Program.withServices { services, settings in
                    let id = try await Request.find(what, in: services)
                    return try await services.paymentRequests.cancel(
                        id,
                        by: try await Program.actor(services, settings)
                    )
                    .json(publicURL: publicURL, now: .now(), in: .ofTerminal)
                }
            }
            Terminal.answer(document, asJSON: json, text: RequestText.describe(document))
            if !json, let sentence = document["refund"]?["sentence"]?.string {
                Terminal.write("\(document["refund"]?["id"]?.string ?? ""): \(sentence)")
            }
        }
    }

    /// The id of a request that was named by it or by its reference.
    private static func find(_ what: String, in services: Services) async throws -> UUID {
        if let id = UUID(uuidString: what) { return id }
        if CreditorReference(what) != nil {
            let found = try await services.paymentRequests.list(
                reference: what,
                dossierCode: nil,
                after: nil,
                limit: 1
            )
            if let id = found.first?.id { return id }
        }
        throw ServiceError(.notFound, .none(.paymentRequest, what))
    }
}
