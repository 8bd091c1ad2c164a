import Collection
import Console
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Values
import Workflow

/// Refunds: taken over, approved, rejected, executed, and the file for the bank.
struct ConsoleRefundRoutes {
    let door: ConsoleFrontDoor
    let refunds: Refunds
    let overviews: Overviews
    let jurisdiction: Jurisdiction

    private static let pageSize = 50

    func add(to routes: RouteTable) {
        door.get(routes, "/console/refunds", .readRefunds, showing: .refunds, list)
        door.get(routes, "/console/refunds/:id", .readRefunds, showing: .refund) { call in
            .page(try await page(call, note: call.kept["note"] ?? ""))
        }
        door.post(
            routes,
            "/console/refunds/file",
            .takePaymentFile,
            back: { _ in "/console/refunds?state=executed" },
            file
        )
        door.post(routes, "/console/refunds/:id/approve", .approveRefund, back: Self.back) { call, _ in
            try await doing(call, "approved") { id, agencies in
                _ = try await refunds.approve(id, by: call.caller.person, namesPayee: false, within: agencies)
            }
        }
        door.post(routes, "/console/refunds/:id/adopt", .requestRefund, back: Self.back) { call, _ in
            try await doing(call, "adopted") { id, agencies in
                _ = try await refunds.adopt(id, by: call.caller.person, within: agencies)
            }
        }
        door.post(routes, "/console/refunds/:id/reject", .approveRefund, back: Self.back) { call, form in
            try await doing(call, "rejected", note: form["note"]) { id, agencies in
                var body = BodyReader(["note": .string(form["note"])])
                let note = body.text("note", 1...2000)
                try body.finish()
                _ = try await refunds.reject(id, note: note, by: call.caller.person, within: agencies)
            }
        }
        door.post(routes, "/console/refunds/:id/execute", .executeRefund, back: Self.back) { call, _ in
            try await doing(call, "executed") { id, agencies in
                _ = try await refunds.execute(id, by: call.caller.person, within: agencies)
            }
        }
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        "/console/refunds/" + (context.parameters.get("id") ?? "").percentEncoded()
    }

    @Sendable private func list(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let state: RefundState? = try call.code("state")
        let found = try await refunds.list(
            state: state,
            within: try await jurisdiction.agencies(under: nil, caller: call.caller),
            after: try call.request.cursor { UUID(uuidString: $0) },
            limit: Self.pageSize
        )
        return .page(
            RefundsPage(
                found,
                state: state,
                next: found.count == Self.pageSize ? found.last?.id.text : nil,
                accounts: Set(found.map(\.accountNumber)).sorted(),
                for: call.caller,
                in: call.language
            )
        )
    }

    private func page(_ call: ConsoleCall, fault: ServiceError? = nil, note: String = "") async throws -> RefundPage {
        let agencies = try await jurisdiction.agencies(under: nil, caller: call.caller)
        let found = try await refunds.find(try call.request.identifier(call.context, .refund), within: agencies)
        let phrase: Phrase? =
            switch call.parameter("done") {
            case "asked":
                Phrase(vi: "Đã gửi yêu cầu: người khác sẽ duyệt.", en: "Asked for: somebody else approves it.")
            case "cancelled":
                Phrase(
                    vi: "Đã hủy yêu cầu và đề nghị hoàn: người khác sẽ duyệt.",
                    en: "The request is cancelled and the refund asked for: somebody else approves it."
                )
            case "approved": Phrase(vi: "Đã ghi nhận việc duyệt.", en: "Your approval is recorded.")
            case "adopted":
                Phrase(
                    vi: "Bạn đã nhận đề nghị này; người khác sẽ duyệt.",
                    en: "You have taken the request over; somebody else approves it."
                )
            case "rejected": Phrase(vi: "Đã từ chối.", en: "Rejected.")
            case "executed":
                Phrase(
                    vi: "Đã ghi sổ; khoản này sẽ nằm trong tệp chi trả tiếp theo.",
                    en: "Booked; it will be in the next payment file."
                )
            default: nil
            }
        return RefundPage(
            found,
            known: try await overviews.knownPayee(of: found),
            for: call.caller,
            done: phrase.map { $0[call.language] },
            fault: fault?.told(in: call.language),
            note: note,
            in: call.language
        )
    }

    private func doing(
        _ call: ConsoleCall,
        _ done: String,
        note: String = "",
        _ work: (UUID, [String]?) async throws -> Void
    ) async throws -> ConsoleFrontDoor.Answer {
        let id = try call.request.identifier(call.context, .refund)
        do {
            try await work(id, try await jurisdiction.agencies(under: nil, caller: call.caller))
            return .goTo("/console/refunds/\(id.text)?done=\(done)")
        } catch let error as ServiceError where [.conflict, .forbidden, .invalidBody].contains(error.code) {
            return .refused(try await page(call, fault: error, note: note), error)
        }
    }

    /// The file for the bank, of an account's executed refunds that are in none yet.
    @Sendable private func file(_ call: ConsoleCall, _ form: PageForm) async throws -> ConsoleFrontDoor.Answer {
        guard call.caller.localities == nil else { throw ServiceError(.forbidden, .fileOfWholeAccount) }
        let file = try await refunds.paymentFile(account: form["account"], by: call.caller.person)
        var response = Response.text(file.text(.pain001), "application/xml; charset=utf-8")
        response.headers[.contentDisposition] = "attachment; filename=\"\(file.name(.pain001))\""
        return .raw(response)
    }
}
