import Collection
import Console
import Foundation
import Hummingbird
import Identity
import Values

/// The form that asks for a refund.
struct ConsoleRefundFormRoutes {
    let door: ConsoleFrontDoor
    let refunds: Refunds
    let jurisdiction: Jurisdiction

    private static let path = "/console/refunds/new"

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readRefunds, showing: .paymentRequest, form)
        door.post(routes, Self.path, .requestRefund, back: { _ in Self.path }, keepsQuery: true, ask)
    }

    @Sendable private func form(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let named = call.parameter("reference").map { ["reference": $0] } ?? [:]
        let typed = named.merging(call.kept.filter { $0.key != "once" }) { $1 }
        do { return .page(try await page(call, typed)) } catch let error as ServiceError {
            guard [.notFound, .invalidParameter].contains(error.code) else { throw error }
            let told = ServiceError(error.code, at: "reference", error.phrase)
            return .refused(empty(call, typed, told), told)
        }
    }

    private func empty(_ call: ConsoleCall, _ typed: [String: String], _ fault: ServiceError?) -> RefundFormPage {
        RefundFormPage(nil, typed: typed, fault: fault, once: "", for: call.caller, in: call.language)
    }

    private func page(_ call: ConsoleCall, _ typed: [String: String], fault: ServiceError? = nil) async throws
        -> RefundFormPage
    {
        let reference = (typed["reference"] ?? "").trimming()
        guard !reference.isEmpty else { return empty(call, typed, fault) }
        guard let name = RequestName(reference) else {
            throw ServiceError(.invalidParameter, at: "reference", RequestName.form)
        }
        return RefundFormPage(
            try await refunds.outlook(
                of: name,
                within: try await jurisdiction.agencies(under: nil, caller: call.caller)
            ),
            typed: typed,
            fault: fault,
            once: UUID().uuidString,
            for: call.caller,
            in: call.language
        )
    }

    /// Asks for it once, however often the form is sent; what is refused is told beside its field, with all that was typed.
    @Sendable private func ask(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        do {
            if form["cancel"] == "1" { return try await cancel(call, form) }
            let body = try ConsoleRefundFormRoutes.body(form)
            let once = UUID(uuidString: form["once"]).map {
                IdempotencyKey(key: "console-" + $0.uuidString, request: Array(body.serialized.utf8))
            }
            let answer = try await refunds.request(
                try RefundDraft(body),
                by: call.caller.person,
                within: try await jurisdiction.agencies(under: nil, caller: call.caller),
                idempotency: once,
                caller: call.caller,
                in: call.language
            )
            guard let id = try JSON.parse(Array(answer.body.utf8))["id"]?.string else {
                return .goTo(ConsoleSection.refunds.path)
            }
            return .goTo("/console/refunds/\(id)?done=asked")
        } catch let error as ServiceError
            where [.invalidBody, .conflict, .forbidden, .notFound, .idempotencyMismatch].contains(error.code)
        {
            return .refused(try await page(call, form.fields.filter { $0.key != "csrf" }, fault: error), error)
        }
    }

    /// Cancels a request that may still be paid, and asks for all that was received for it; a form that is sent twice finds
    /// it done.
    private func cancel(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        try call.session.caller.require(.cancelAndRefund)
        let caller = call.session.caller.acting(for: .cancelAndRefund)
        guard let name = RequestName(form["reference"].trimming()) else {
            throw ServiceError(.invalidBody, at: "/reference", RequestName.form)
        }
        var members = try ConsoleRefundFormRoutes.payee(form)
        for field in ["reason", "note"] {
            let text = form[field].trimming()
            if !text.isEmpty { members.append(.init(field, .string(text))) }
        }
        guard let withdrawal = try Refunds.Withdrawal(cancelling: ["refund": .object(members)]) else {
            return .goTo(ConsoleSection.refunds.path)
        }
        let agencies = try await jurisdiction.agencies(under: nil, caller: caller)
        let request = try await refunds.outlook(of: name, within: agencies).request
        let done = try await refunds.cancel(request.id, withdrawal, by: caller.person, within: agencies)
        guard let refund = done.refund else { return .goTo("/console/payments/\(request.id.text)") }
        return .goTo("/console/refunds/\(refund.id.text)?done=cancelled")
    }

    /// The form as the API takes it.
    private static func body(_ form: PageForm) throws -> JSON {
        let kind = form["reason_kind"]
        let reason = form["reason"].trimming()
        var members = [JSON.Member("reference", .string(form["reference"].trimming()))]
        switch kind {
        case "not_eligible", "duplicate":
            members.append(.init("reason", .string(kind)))
        default:
            guard !reason.isEmpty else {
                throw ServiceError(
                    .invalidBody,
                    at: "/reason",
                    Phrase(vi: "hãy ghi lý do hoàn tiền", en: "say why the money goes back")
                )
            }
            members.append(.init("reason", .string(reason)))
        }
        // What was written beside a reason of the list is not lost.
        let note = [kind == "other" ? "" : reason, form["note"].trimming()].filter { !$0.isEmpty }
        if !note.isEmpty { members.append(.init("note", .string(note.joined(separator: " · ")))) }
        if let amount = try form.amount("amount") { members.append(.init("amount", .money(amount))) }
        return .object(members + (try payee(form)))
    }

    private static func payee(_ form: PageForm) throws -> [JSON.Member] {
        let typed = [("bank_bin", "bank_bin"), ("account_number", "account"), ("name", "name")]
            .map { JSON.Member($0, .string(form[$1].trimming())) }
        let isTyped = typed.contains { !($0.value.string ?? "").isEmpty }
        let beneficiary = JSON.Member("beneficiary", .object(typed))
        switch RefundFormPage.Payee(rawValue: form["payee"]) {
        case .payer:
            guard !isTyped else {
                throw ServiceError(
                    .invalidBody,
                    at: "/beneficiary",
                    Phrase(
                        vi: "bạn đã ghi một tài khoản khác: hãy chọn tài khoản đó, hoặc xóa phần đã ghi",
                        en: "you typed another account: choose it, or clear what you typed"
                    )
                )
            }
            return []
        case .account: return [beneficiary]
        case .hand: return [.init("paid_by_hand", .bool(true))] + (isTyped ? [beneficiary] : [])
        case nil:
            throw ServiceError(
                .invalidBody,
                at: "/beneficiary",
                Phrase(vi: "hãy chọn trả cho ai", en: "choose whom the money goes to")
            )
        }
    }
}
