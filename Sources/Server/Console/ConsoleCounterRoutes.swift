import Casework
import Collection
import Console
import FeeSchedule
import Foundation
import Hummingbird
import Identity
import Values
import Workflow

/// The counter: a payment is found, and taken.
struct ConsoleCounterRoutes {
    let door: ConsoleFrontDoor
    let requests: PaymentRequests
    let counter: CounterPayments
    let payers: PayerPages
    let shifts: Shifts
    let jurisdiction: Jurisdiction
    let tariff: Tariff

    static let path = "/console/counter"

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readShifts, home)
        door.get(routes, Self.path + "/payments/:id", .takeCounterPayment, showing: .paymentRequest) { call in
            .page(try await page(call, try await found(call)))
        }
        door.post(routes, Self.path + "/payments/:id/take", .takeCounterPayment, back: Self.back, take)
        door.post(routes, Self.path + "/payments/:id/code", .takeCounterPayment, back: Self.back) { call, _ in
            let request = try await found(call)
            do {
                try await counter.offerCode(request, by: call.caller.person)
                return .goTo(Self.path + "/payments/\(request.id.text)")
            } catch let error as ServiceError where [.conflict, .notAssessable].contains(error.code) {
                return .refused(try await page(call, try await found(call), fault: error), error)
            }
        }
        door.post(routes, Self.path + "/shifts", .workShift, back: { _ in Self.path }, open)
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        path + "/payments/" + (context.parameters.get("id") ?? "").percentEncoded()
    }

    /// The agencies that a person acts for, with their names.
    static func agencies(_ call: ConsoleCall, _ jurisdiction: Jurisdiction, _ tariff: Tariff) async throws
        -> [(code: String, name: String)]
    {
        let allowed = try await jurisdiction.agencies(under: nil, caller: call.caller)
        let known = try await tariff.current().schedule.agencies
        return known.values.filter { allowed?.contains($0.code) ?? true }.sorted { $0.code < $1.code }
            .map { ($0.code, call.language == .vietnamese ? $0.nameVi : $0.nameEn) }
    }

    private func day(_ call: ConsoleCall) async throws -> CounterPage.Day {
        let person = call.session.person.id
        return CounterPage.Day(
            shifts: try await shifts.unclosed(of: person),
            takings: try await shifts.takings(of: person, on: Instant.now().day, limit: 200),
            agencies: try await ConsoleCounterRoutes.agencies(call, jurisdiction, tariff)
        )
    }

    /// What was scanned leads on at once where it means one payment.
    @Sendable private func home(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let typed = String((call.parameter("q") ?? "").prefix(ScannedText.longest))
        var found: [PaymentRequest]?
        var newHref: String?
        var basket: FoundBasket?
        var fault: ServiceError?
        if !typed.isEmpty, call.caller.holds(.takeCounterPayment) {
            let caller = call.session.caller.acting(for: .takeCounterPayment)
            let scanned = ScannedText(typed)
            let all = try await counter.find(scanned, for: caller)
            if all.count == 1 { return .goTo(Self.path + "/payments/\(all[0].id.text)") }
            found = all
            if all.isEmpty { basket = try await counter.basket(scanned, for: caller) }
            let isUnknown = all.isEmpty && basket == nil
            if isUnknown, scanned.isNoDossier || scanned.receipt != nil {
                fault = ServiceError(.notFound, Self.noPayment)
            } else if isUnknown, scanned.references.isEmpty {
                newHref = try await form(for: scanned)
            }
        }
        let done =
            call.parameter("done") == "opened"
            ? Phrase(vi: "Đã mở ca thu.", en: "The shift is open.")[call.language] : nil
        return .page(
            CounterPage(
                try await day(call),
                found: basket?.requests ?? found,
                basket: basket,
                typed: typed,
                newHref: newHref,
                fault: fault,
                done: done,
                for: call.caller,
                in: call.language
            )
        )
    }

    private static let noPayment = Phrase(
        vi:
            "Không có khoản thu nào mang mã, số biên lai hay đường dẫn này: có thể sai, thiếu hoặc thừa một ký tự. Hãy quét lại hoặc so từng ký tự.",
        en:
            "No payment has this reference, receipt number or address: a character may be wrong, missing or too much. Scan it again, or compare each."
    )

    /// The form for a new request, filled with what the QR code on the papers of a dossier has: its code, and perhaps its
    /// procedure and its agency.
    private func form(for scanned: ScannedText) async throws -> String? {
        let schedule = try await tariff.current().schedule
        let codes = scanned.codes.filter { !$0.contains("|") && !$0.contains(";") }
        guard let dossier = codes.first else { return nil }
        var href = "/console/counter/new?dossier=" + dossier.percentEncoded()
        if let code = codes.dropFirst().map(Schedule.nationalCode).first(where: { schedule.procedures[$0] != nil }) {
            href += "&procedure=" + code.percentEncoded()
        }
        if let code = codes.dropFirst().first(where: { schedule.agencies[$0] != nil }) {
            href += "&agency=" + code.percentEncoded()
        }
        return href
    }

    @Sendable private func open(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        do {
            _ = try await shifts.open(
                at: form["agency"],
                float: try form.amount("float") ?? .zero,
                by: call.caller.person,
                within: try await jurisdiction.agencies(under: nil, caller: call.caller)
            )
            return .goTo(Self.path + "?done=opened")
        } catch let error as ServiceError where [.conflict, .invalidBody].contains(error.code) {
            let page = CounterPage(
                try await day(call),
                float: form["float"],
                fault: error,
                for: call.caller,
                in: call.language
            )
            return .refused(page, error)
        }
    }

    private func found(_ call: ConsoleCall) async throws -> PaymentRequest {
        let request = try await requests.find(try call.request.identifier(call.context, .paymentRequest))
        try await requests.authorize(request, for: call.caller)
        return request
    }

    private func page(
        _ call: ConsoleCall,
        _ request: PaymentRequest,
        typed: [String: String] = [:],
        fault: ServiceError? = nil
    ) async throws -> CounterPaymentPage {
        let schedule = try await tariff.current().schedule
        let agency = schedule.agencies[request.agencyCode]
        let procedure = schedule.procedures[Schedule.nationalCode(request.procedureCode)]
        func name(_ vi: String?, _ en: String?) -> String? { call.language == .vietnamese ? vi : en ?? vi }
        let desk = CounterPaymentPage.Desk(
            request,
            offers: [.pending, .expired].contains(request.status(at: .now()))
                ? try await counter.offers(of: request) : [],
            takings: try await shifts.takings(ofRequest: request.id),
            procedure: name(procedure?.nameVi, procedure?.nameEn) ?? request.procedureCode,
            agency: name(agency?.nameVi, agency?.nameEn) ?? request.agencyCode,
            shifts: try await shifts.unclosed(of: call.session.person.id),
            standing: try await payers.view(of: request)
        )
        return CounterPaymentPage(
            desk,
            typed: typed,
            fault: fault,
            once: UUID().uuidString,
            for: call.caller,
            in: call.language
        )
    }

    /// Takes the money once, however often the form is sent. What is refused is told on the page, with what was typed.
    @Sendable private func take(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        let request = try await found(call)
        let typed = form.fields.filter { ["tendered", "slip"].contains($0.key) }
        do {
            guard let channel = Channel(rawValue: form["channel"]), channel != .online,
                let amount = try form.amount("amount")
            else {
                throw ServiceError(
                    .invalidBody,
                    Phrase(vi: "Biểu mẫu không đầy đủ.", en: "The form is not complete.")
                )
            }
            let isPaidOtherwise = try await payers.view(of: request).isPaidOtherwise
            guard form["seen"] == "1" || !isPaidOtherwise else {
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi: "Đã có tiền khác cho hồ sơ này: đọc cảnh báo, hỏi người nộp, rồi đánh dấu trước khi thu.",
                        en:
                            "There is other money for this: read the warning, ask the payer, and tick it before you take more."
                    )
                )
            }
            let slip = form["slip"].trimming()
            let taken = CounterPayments.Taken(
                .id(request.id),
                by: channel,
                amount: amount,
                receiptNumber: slip.isEmpty ? nil : String(slip.prefix(50)),
                tendered: channel == .counterCash ? try form.amount("tendered") : nil
            )
            let content = [form["channel"], form["amount"], form["tendered"], slip].joined(separator: "\n")
            let once = UUID(uuidString: form["once"]).map {
                IdempotencyKey(key: "console-" + $0.uuidString, request: Array(content.utf8))
            }
            switch try await counter.take(taken, caller: call.caller, idempotency: once, in: call.language) {
            case .paid: return .goTo(Self.path + "/payments/\(request.id.text)")
            case .otherAmount(_, let due):
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi: "Mức thu vừa thay đổi: nay phải nộp \(due.formatted). Hãy giải thích cho người nộp.",
                        en: "The price has just changed: \(due) đồng are due now. Explain it to the payer."
                    )
                )
            }
        } catch let error as ServiceError
            where [.invalidBody, .conflict, .idempotencyMismatch, .notAssessable].contains(error.code)
        {
            return .refused(try await page(call, try await found(call), typed: typed, fault: error), error)
        }
    }
}
