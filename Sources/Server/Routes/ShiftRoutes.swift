import Casework
import Collection
import FeeSchedule
import Foundation
import Hummingbird
import Identity
import Values
import Workflow

/// Shifts of cashiers, and the deposits of their cash.
struct ShiftRoutes {
    let shifts: Shifts
    let jurisdiction: Jurisdiction
    let tariff: Tariff

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/shifts", use: gate(.readShifts, list))
        router.post("/v1/shifts", use: gate(.workShift, open))
        router.get("/v1/shifts/:id", use: gate(.readShifts) { .json(try await find($0, $1, $2).json) })
        router.get("/v1/shifts/:id/takings", use: gate(.readShifts, takings))
        router.get("/v1/shifts/:id/slip.pdf", use: gate(.readShifts, slip))
        router.post("/v1/shifts/:id/close", use: gate(.workShift, close))
        router.post("/v1/shifts/:id/approve", use: gate(.approveShift, approve))
        router.post("/v1/shifts/:id/give-back", use: gate(.workShift, giveBack))
        router.get("/v1/cash-deposits", use: gate(.readShifts, deposits))
        router.post("/v1/cash-deposits", use: gate(.workShift, deposit))
    }

    /// Who is a cashier alone sees her own shifts.
    static func onlyOf(_ caller: Caller) -> UUID? { caller.rolesThatCount == [.cashier] ? caller.id : nil }

    private func agencies(_ caller: Caller) async throws -> [String]? {
        try await jurisdiction.agencies(under: nil, caller: caller)
    }

    private func find(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Shift {
        try await shifts.find(
            try request.number(context, .shift),
            within: try await agencies(caller),
            onlyOf: ShiftRoutes.onlyOf(caller)
        )
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let limit = try request.limit(default: 50)
        let found = try await shifts.list(
            state: try request.code("state"),
            within: try await agencies(caller),
            onlyOf: ShiftRoutes.onlyOf(caller),
            before: try request.cursor { Int64($0) },
            limit: limit
        )
        let next = found.count == limit ? found.last.map { String($0.id) } : nil
        return .json(["items": .array(found.map(\.json)), "next_cursor": .optional(next)])
    }

    @Sendable private func open(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let agency = body.text("agency_code", 1...64)
        let float = body.integer("float", 0...Money.maximum.dong, BodyReader.wholeDong)
        try body.finish()
        let made = try await shifts.open(
            at: agency,
            float: Money(float ?? 0),
            by: caller.person,
            within: try await agencies(caller)
        )
        return .json(made.json, status: .created)
    }

    @Sendable private func takings(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let shift = try await find(request, context, caller)
        let found = try await shifts.takings(of: shift.id, limit: try request.limit(default: 500))
        return .json(["items": .array(found.map(\.json))])
    }

    @Sendable private func slip(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        try await ShiftRoutes.slip(of: find(request, context, caller), shifts, tariff)
    }

    /// The slip as PDF.
    static func slip(of shift: Shift, _ shifts: Shifts, _ tariff: Tariff) async throws -> Response {
        let agency = try await tariff.current().schedule.agencies[shift.agencyCode]
        let takings = try await shifts.takings(of: shift.id)
        let slip = ShiftSlip(shift, takings: takings, agencyName: agency?.nameVi ?? shift.agencyCode)
        var response = Response.bytes(try slip.pdf(), "application/pdf")
        response.headers[.contentDisposition] = "inline; filename=\"ca-thu-\(shift.id).pdf\""
        response.headers[.cacheControl] = "no-store"
        return response
    }

    @Sendable private func close(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let count = CashCount.read(&body)
        let explanation = body.optionalText("explanation", 500)
        try body.finish()
        let closed = try await shifts.close(
            try request.number(context, .shift),
            count,
            explanation: explanation,
            by: caller.person,
            within: try await agencies(caller)
        )
        return .json(closed.json)
    }

    @Sendable private func approve(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let note = body.text("note", 1...500)
        try body.finish()
        let closed = try await shifts.approve(
            try request.number(context, .shift),
            note: note,
            by: caller.person,
            within: try await agencies(caller)
        )
        return .json(closed.json)
    }

    @Sendable private func giveBack(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let text = body.text("refund_id", 36...36)
        let refund = UUID(uuidString: text)
        if refund == nil, !text.isEmpty {
            body.fault("/refund_id", Phrase(vi: "phải là một UUID", en: "must be a UUID"))
        }
        try body.finish()
        guard let refund else { throw ServiceError(.notFound, .none(.refund)) }
        let shift = try await shifts.giveBack(
            refund,
            in: try request.number(context, .shift),
            by: caller.person,
            within: try await agencies(caller)
        )
        return .json(shift.json)
    }

    @Sendable private func deposits(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let limit = try request.limit(default: 50)
        let found = try await shifts.deposits(
            within: try await agencies(caller),
            before: try request.cursor { Int64($0) },
            limit: limit
        )
        let next = found.count == limit ? found.last.map { String($0.id) } : nil
        return .json(["items": .array(found.map(\.json)), "next_cursor": .optional(next)])
    }

    @Sendable private func deposit(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        var body = BodyReader(try Request.json(try await request.bytes()))
        body.know("shifts")
        let given = body.json["shifts"]?.array ?? []
        let ids = given.compactMap(\.integer)
        if ids.isEmpty || ids.count != given.count || ids.count > 100 {
            body.fault("/shifts", Phrase(vi: "phải là danh sách 1 đến 100 số ca", en: "must list 1 to 100 shifts' ids"))
        }
        let amount = body.integer("amount", 1...Money.maximum.dong, BodyReader.wholeDong)
        let slip = body.text("slip_number", 1...50)
        let day = body.optionalDay("deposited_on") ?? Instant.now().day
        try body.finish()
        let made = try await shifts.deposit(
            ids,
            amount: Money(amount ?? 0),
            slipNumber: slip,
            on: day,
            by: caller.person,
            within: try await agencies(caller)
        )
        return .json(made.json, status: .created)
    }
}
