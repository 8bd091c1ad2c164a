import Collection
import Console
import FeeSchedule
import Foundation
import Hummingbird
import Identity
import Values
import Workflow

/// Requests that are made at the counter.
struct ConsoleCounterRequestRoutes {
    let door: ConsoleFrontDoor
    let requests: PaymentRequests
    let shifts: Shifts
    let jurisdiction: Jurisdiction
    let tariff: Tariff

    private static let path = "/console/counter/new"

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .createPaymentRequest) { call in
            let open = try await shifts.list(state: .open, within: nil, onlyOf: call.session.person.id)
            func given(_ name: String) -> String { String((call.parameter(name) ?? "").prefix(100)) }
            let agency = given("agency").isEmpty ? open.first?.agencyCode ?? "" : given("agency")
            let typed = ["dossier": given("dossier"), "agency": agency, "procedure": given("procedure")]
            return .page(try await page(call, typed))
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
            categories: schedule.payerCategories(on: Instant.now().day),
            fees: try await fees(typed)
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

    /// What may be charged for what the form has chosen.
    private func fees(_ typed: [String: String]) async throws -> [FeeRow] {
        try await tariff.current().schedule.fees(
            of: typed["procedure"] ?? "",
            at: typed["agency"] ?? "",
            on: Instant.now().day
        )
    }

    /// Works out the price, or makes the request, once, and goes on to take the money.
    @Sendable private func make(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        var typed = form.fields.filter { $0.key != "csrf" }
        do {
            let today = Instant.now().day
            let fees = try await fees(typed)
            let isListed = fees.contains { typed[CounterRequestPage.field($0)] != nil }
            // A procedure of one fee leaves nothing to choose.
            if !isListed, fees.count == 1, !fees[0].isPercent { typed[CounterRequestPage.field(fees[0])] = "1" }
            let items = try items(fees, typed)
            if items.isEmpty, !fees.isEmpty {
                guard form["step"] == "create" || isListed else {
                    return .page(try await page(call, typed, once: form["once"]))
                }
                throw ServiceError(.invalidBody, at: "/items", Self.choose)
            }
            let body = body(form, items)
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

    private static let choose = Phrase(
        vi: "Chọn khoản phải thu: nhập số lượng, hoặc giá trị của khoản tính theo tỷ lệ.",
        en: "Say what is charged: type a quantity, or the value of a percent fee."
    )

    /// The form as the API takes it.
    private func body(_ form: PageForm, _ items: [JSON]) -> JSON {
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
        if !items.isEmpty { members.append(.init("items", .array(items))) }
        return .object(members)
    }

    /// What the form asks for of the fees: each with its quantity, or with the value that it is a percent of.
    private func items(_ fees: [FeeRow], _ typed: [String: String]) throws -> [JSON] {
        try fees.filter { CounterRequestPage.isTaken($0, typed) }.enumerated().map { place, fee in
            let text = (typed[CounterRequestPage.field(fee)] ?? "").trimming()
            var item: [JSON.Member] = [.init("fee_code", .string(fee.feeCode))]
            if fee.isPercent {
                guard let base = Money(printed: text) ?? Money.parse(text) else {
                    throw ServiceError(
                        .invalidBody,
                        at: "/items/\(place)/base_amount",
                        Phrase(
                            vi: "phải là số tiền, như 50000 hoặc 50.000",
                            en: "must be an amount, as 50000 or 50.000"
                        )
                    )
                }
                item += [.init("quantity", .integer(1)), .init("base_amount", .money(base))]
            } else {
                guard let quantity = Int64(text), (1...AssessmentRequest.maximumQuantity).contains(quantity) else {
                    throw ServiceError(
                        .invalidBody,
                        at: "/items/\(place)/quantity",
                        Phrase(vi: "phải là số nguyên từ 0", en: "must be a whole number from 0")
                    )
                }
                item.append(.init("quantity", .integer(quantity)))
            }
            return .object(item)
        }
    }
}
