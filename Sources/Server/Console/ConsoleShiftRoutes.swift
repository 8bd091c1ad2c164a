import Casework
import Collection
import Console
import FeeSchedule
import Foundation
import Hummingbird
import Identity
import Values
import Workflow

/// Shifts: listed, counted, decided on, their cash carried to the bank.
struct ConsoleShiftRoutes {
    let door: ConsoleFrontDoor
    let shifts: Shifts
    let jurisdiction: Jurisdiction
    let tariff: Tariff

    private static let path = "/console/counter/shifts"
    private static let pageSize = 50

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .readShifts, list)
        door.get(routes, Self.path + "/:id", .readShifts) { call in .page(try await page(call)) }
        door.get(routes, Self.path + "/:id/slip.pdf", .readShifts) { call in
            .raw(try await ShiftRoutes.slip(of: try await find(call), shifts, tariff))
        }
        door.post(routes, Self.path + "/:id/close", .workShift, back: Self.back) { call, form in
            try await doing(call, form, "closed") { id, agencies in
                let explanation = form["explanation"].trimming()
                let closed = try await shifts.close(
                    id,
                    try Self.count(form),
                    explanation: explanation.isEmpty ? nil : String(explanation.prefix(500)),
                    by: call.caller.person,
                    within: agencies
                )
                return closed.state == .closed ? nil : "counted"
            }
        }
        door.post(routes, Self.path + "/:id/approve", .approveShift, back: Self.back) { call, form in
            try await doing(call, form, "approved") { id, agencies in
                var body = BodyReader(["note": .string(form["note"].trimming())])
                let note = body.text("note", 1...500)
                try body.finish()
                _ = try await shifts.approve(id, note: note, by: call.caller.person, within: agencies)
                return nil
            }
        }
        door.post(routes, Self.path + "/:id/give-back", .workShift, back: Self.back) { call, form in
            try await doing(call, form, "given") { id, agencies in
                guard let refund = UUID(uuidString: form["refund"].trimming()) else {
                    throw ServiceError(.notFound, .none(.refund))
                }
                _ = try await shifts.giveBack(refund, in: id, by: call.caller.person, within: agencies)
                return nil
            }
        }
        door.post(routes, Self.path + "/:id/deposit", .workShift, back: Self.back) { call, form in
            try await doing(call, form, "deposited") { id, agencies in
                var body = BodyReader(["slip_number": .string(form["slip"].trimming()), "on": .string(form["day"])])
                let slip = body.text("slip_number", 1...50)
                let day = body.day("on")
                try body.finish()
                _ = try await shifts.deposit(
                    [id],
                    amount: try form.amount("amount") ?? .zero,
                    slipNumber: slip,
                    on: day ?? Instant.now().day,
                    by: call.caller.person,
                    within: agencies
                )
                return nil
            }
        }
    }

    @Sendable private static func back(_ context: KhopContext) -> String {
        path + "/" + (context.parameters.get("id") ?? "").percentEncoded()
    }

    private func agencies(_ call: ConsoleCall) async throws -> [String]? {
        try await jurisdiction.agencies(under: nil, caller: call.caller)
    }

    private func find(_ call: ConsoleCall) async throws -> Shift {
        let reader = call.session.caller.acting(for: .readShifts)
        return try await shifts.find(
            try call.number(.shift),
            within: try await jurisdiction.agencies(under: nil, caller: reader),
            onlyOf: ShiftRoutes.onlyOf(reader)
        )
    }

    @Sendable private func list(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let state: ShiftState? = try call.code("state")
        let found = try await shifts.list(
            state: state,
            within: try await agencies(call),
            onlyOf: ShiftRoutes.onlyOf(call.caller),
            before: try call.request.cursor { Int64($0) },
            limit: Self.pageSize
        )
        let next = found.count == Self.pageSize ? found.last?.id : nil
        return .page(ShiftsPage(found, state: state, next: next, in: call.language))
    }

    private func page(_ call: ConsoleCall, typed: [String: String] = [:], fault: ServiceError? = nil) async throws
        -> ShiftPage
    {
        let shift = try await find(call)
        let agency = try await tariff.current().schedule.agencies[shift.agencyCode]
        let name = call.language == .vietnamese ? agency?.nameVi : agency?.nameEn
        return ShiftPage(
            shift,
            takings: try await shifts.takings(of: shift.id, limit: 200),
            handouts: try await shifts.handouts(at: shift.agencyCode),
            agencyName: name ?? shift.agencyCode,
            typed: typed,
            fault: fault,
            done: Self.done(call.parameter("done")).map { $0[call.language] },
            for: call.session.caller,
            in: call.language
        )
    }

    private static func done(_ what: String?) -> Phrase? {
        switch what {
        case "closed": Phrase(vi: "Tiền đủ: ca đã đóng.", en: "The cash meets: the shift is closed.")
        case "counted":
            Phrase(
                vi: "Đã ghi số đếm và giải trình; khoản lệch chờ người khác duyệt.",
                en: "The count and its explanation are recorded; somebody else decides on the difference."
            )
        case "approved":
            Phrase(vi: "Đã duyệt khoản lệch, ca đã đóng.", en: "The difference is approved, and the shift closed.")
        case "given": Phrase(vi: "Đã ghi nhận khoản chi.", en: "What was handed out is recorded.")
        case "deposited":
            Phrase(
                vi: "Đã ghi nhận; khoản nộp chờ thấy trên sao kê.",
                en: "Recorded; the deposit awaits its line on the statement."
            )
        default: nil
        }
    }

    private func doing(
        _ call: ConsoleCall,
        _ form: PageForm,
        _ done: String,
        _ work: (Int64, [String]?) async throws -> String?
    ) async throws -> ConsoleFrontDoor.Answer {
        let id = try call.number(.shift)
        do {
            let other = try await work(id, try await agencies(call))
            return .goTo(Self.path + "/\(id)?done=\(other ?? done)")
        } catch let error as ServiceError
            where [.conflict, .forbidden, .invalidBody, .notFound].contains(error.code)
        {
            let typed = form.fields.filter { $0.key != "csrf" }
            return .refused(try await page(call, typed: typed, fault: error), error)
        }
    }

    /// The fields of the count: pieces of each note, and the sum of what else there is.
    private static func count(_ form: PageForm) throws -> CashCount {
        var pieces: [Int64: Int64] = [:]
        for note in CashCount.denominations {
            let text = form["note-\(note)"].trimming()
            guard !text.isEmpty else { continue }
            guard let count = Int64(text), (0...CashCount.maximumPieces).contains(count) else {
                throw ServiceError(
                    .invalidBody,
                    at: Money(note).formatted,
                    Phrase(vi: "phải là số tờ", en: "must be a number of notes")
                )
            }
            pieces[note] = count
        }
        guard let count = CashCount(pieces: pieces, others: try form.amount("others") ?? .zero) else {
            throw ServiceError(
                .invalidBody,
                at: "/others",
                Phrase(vi: "quá lớn", en: "is too large")
            )
        }
        return count
    }
}
