import Collection
import Console
import Foundation
import Hummingbird
import Identity
import Values

/// A receipt in the console: a notice of an error in it, or another in its place.
struct ConsoleReceiptRoutes {
    let door: ConsoleFrontDoor
    let receipts: Receipts
    let jurisdiction: Jurisdiction

    private static let path = "/console/receipts"

    func add(to routes: RouteTable) {
        door.get(routes, Self.path + "/:number", .readPaymentRequest, showing: .receipt) { call in
            .page(try await page(call))
        }
        door.post(routes, Self.path + "/:number/notice", .correctReceipts, back: Self.back) { call, form in
            try await doing(call, form) { number, agencies in
                guard let error = ReceiptError(rawValue: form["error"]) else {
                    throw ServiceError(.invalidBody, at: "/error", .oneOf(ReceiptError.allCases.map(\.rawValue)))
                }
                let note = try Self.text("note", of: form)
                let told = try await receipts.notice(
                    number,
                    error: error,
                    note: note,
                    by: call.caller.person,
                    within: agencies
                )
                return ReceiptCorrectionPage.path(told.number) + "?done=noticed"
            }
        }
        door.post(routes, Self.path + "/:number/replace", .correctReceipts, back: Self.back) { call, form in
            try await doing(call, form) { number, agencies in
                let reason = try Self.text("reason", of: form)
                let made = try await receipts.replace(
                    number,
                    reason: reason,
                    by: call.caller.person,
                    within: agencies
                )
                return ReceiptCorrectionPage.path(made.number) + "?done=replaced"
            }
        }
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        path + "/" + (context.parameters.get("number") ?? "").percentEncoded()
    }

    private static func text(_ field: String, of form: PageForm) throws -> String {
        var body = BodyReader(.object([.init(field, .string(form[field].trimming()))]))
        let text = body.text(field, 1...500)
        try body.finish()
        return text
    }

    private func page(
        _ call: ConsoleCall,
        typed: [String: String] = [:],
        fault: ServiceError? = nil
    ) async throws -> ReceiptCorrectionPage {
        let receipt = try await receipts.find(
            call.context.parameters.get("number") ?? "",
            within: try await jurisdiction.agencies(under: nil, caller: call.caller)
        )
        let done: Phrase? =
            switch call.parameter("done") {
            case "noticed":
                Phrase(
                    vi: "Đã lập thông báo 04/SS-CTĐT. Trang của biên lai cho người nộp tải thông báo này.",
                    en: "Notice 04/SS-CTĐT is made; the receipt's page gives it to the payer."
                )
            case "replaced":
                Phrase(
                    vi: "Đã cấp biên lai này thay cho biên lai sai.",
                    en: "This receipt stands in place of the wrong one."
                )
            default: nil
            }
        return ReceiptCorrectionPage(
            receipt,
            typed: typed,
            done: done?[call.language],
            fault: fault,
            for: call.caller,
            in: call.language
        )
    }

    private func doing(
        _ call: ConsoleCall,
        _ form: PageForm,
        _ work: (String, [String]?) async throws -> String
    ) async throws -> ConsoleFrontDoor.Answer {
        let agencies = try await jurisdiction.agencies(under: nil, caller: call.caller)
        do {
            return .goTo(try await work(call.context.parameters.get("number") ?? "", agencies))
        } catch let error as ServiceError
            where [.conflict, .invalidBody, .invalidParameter].contains(error.code)
        {
            let typed = form.fields.filter { $0.key != "csrf" }
            return .refused(try await page(call, typed: typed, fault: error), error)
        }
    }
}
