import Collection
import Console
import FeeSchedule
import Foundation
import Hummingbird
import Identity
import Values

/// Requests that are made at the counter.
struct ConsoleCounterRequestRoutes {
    let door: ConsoleFrontDoor
    let requests: PaymentRequests
    let jurisdiction: Jurisdiction
    let tariff: Tariff

    private static let path = "/console/counter/new"

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .createPaymentRequest) { call in
            .page(try await page(call, ["dossier": call.parameter("dossier") ?? ""]))
        }
        door.post(routes, Self.path, .createPaymentRequest, back: { _ in Self.path }, make)
    }

    private func page(
        _ call: ConsoleCall,
        _ typed: [String: String],
        quote: Assessment? = nil,
        fault: ServiceError? = nil,
        once: String? = nil
    ) async throws -> CounterRequestPage {
        let schedule = try await tariff.current().schedule
        let choices = CounterRequestPage.Choices(
            agencies: try await ConsoleCounterRoutes.agencies(call, jurisdiction, tariff),
            procedures: schedule.procedures.values.sorted { $0.code < $1.code }
                .map { ($0.code, call.language == .vietnamese ? $0.nameVi : $0.nameEn) },
            categories: schedule.payerCategories(on: Instant.now().day)
        )
        return CounterRequestPage(
            choices,
            typed: typed,
            quote: quote,
            fault: fault,
            once: once ?? UUID().uuidString,
            in: call.language
        )
    }

    /// Works out the price, or makes the request, once, and goes on to take the money.
    @Sendable private func make(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let typed = form.fields.filter { $0.key != "csrf" }
        do {
            let today = Instant.now().day
            let body = try await body(call, form, today: today)
            guard form["step"] == "create" else {
                let quote = try await requests.quote(
                    try PaymentRequestDraft.quote(body, today: today),
                    caller: call.caller
                )
                return .page(try await page(call, typed, quote: quote, once: form["once"]))
            }
            let once = UUID(uuidString: form["once"]).map {
                IdempotencyKey(key: "console-" + $0.uuidString, request: Array(body.serialized.utf8))
            }
            let answer = try await requests.create(
                try PaymentRequestDraft(body, today: today),
                caller: call.caller,
                idempotency: once,
                in: call.language
            )
            let id = try JSON.parse(Array(answer.body.utf8))["id"]?.string ?? ""
            return .goTo("/console/counter/payments/\(id)")
        } catch let error as ServiceError
            where [.invalidBody, .notAssessable, .forbidden, .conflict, .idempotencyMismatch].contains(error.code)
        {
            return .refused(try await page(call, typed, fault: error), error)
        }
    }

    /// The form as the API takes it.
    private func body(_ call: ConsoleCall, _ form: PageForm, today: Day) async throws -> JSON {
        var members: [JSON.Member] = [
            .init("dossier_code", .string(form["dossier"].trimming())),
            .init("agency_code", .string(form["agency"])), .init("procedure_code", .string(form["procedure"])),
            .init("channel", .string(form["channel"])),
        ]
        var payer: [JSON.Member] = []
        func add(_ name: String, _ field: String) {
            let text = form[field].trimming()
            if !text.isEmpty { payer.append(.init(name, .string(text))) }
        }
        add("category", "category")
        add("name", "payer")
        let number = form["evidence_number"].trimming()
        if !form["evidence_kind"].isEmpty || !number.isEmpty {
            payer.append(.init("evidence", ["kind": .string(form["evidence_kind"]), "number": .string(number)]))
        }
        if !payer.isEmpty { members.append(.init("payer", .object(payer))) }
        if let items = try await items(form, .object(members), today: today) { members.append(.init("items", items)) }
        return .object(members)
    }

    /// Each fee of the procedure as often as it was typed; `nil` for once.
    private func items(_ form: PageForm, _ body: JSON, today: Day) async throws -> JSON? {
        let text = form["quantity"].trimming()
        guard !text.isEmpty, text != "1" else { return nil }
        guard let quantity = Int64(text), (1...AssessmentRequest.maximumQuantity).contains(quantity) else {
            throw ServiceError(
                .invalidBody,
                at: "quantity",
                Phrase(vi: "phải là số nguyên từ 1", en: "must be a whole number from 1")
            )
        }
        let all = try await requests.quote(try PaymentRequestDraft.quote(body, today: today), caller: nil)
        return .array(
            all.lines.map { ["fee_code": .string($0.fee.feeCode), "quantity": .integer(quantity)] }
        )
    }
}
