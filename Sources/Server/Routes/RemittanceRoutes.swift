import Casework
import Collection
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Spreadsheets
import Values
import Workflow

/// What goes to the State Treasury: what is due, and its orders.
struct RemittanceRoutes {
    let remittances: Remittances
    let jurisdiction: Jurisdiction

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/remittances/due", use: gate(.readRemittances, due))
        router.get("/v1/remittances", use: gate(.readRemittances, list))
        router.post("/v1/remittances", use: gate(.makeRemittance, make))
        router.get("/v1/remittances/:id", use: gate(.readRemittances) { .json(try await find($0, $1, $2).json) })
        router.get("/v1/remittances/:id/order.pdf", use: gate(.readRemittances, paper))
        router.post("/v1/remittances/:id/approve", use: gate(.approveRemittance, approve))
        router.post("/v1/remittances/:id/send", use: gate(.takeRemittance, send))
        router.post("/v1/remittances/:id/file", use: gate(.takeRemittance, file))
        router.post("/v1/remittances/:id/reject", use: gate(.takeRemittance, reject))
        router.post("/v1/remittances/:id/return", use: gate(.takeRemittance, comeBack))
    }

    @Sendable private func paper(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        try RemittanceRoutes.paper(of: try await find(request, context, caller))
    }

    @Sendable private func approve(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        try await act(request, context, caller) { id, agencies in
            try await remittances.approve(id, by: caller.person, within: agencies)
        }
    }

    @Sendable private func send(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        try await act(request, context, caller) { id, agencies in
            try await remittances.send(id, by: caller.person, within: agencies)
        }
    }

    @Sendable private func reject(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        let note = try await RemittanceRoutes.note(request)
        return try await act(request, context, caller) { id, agencies in
            try await remittances.reject(id, note: note, by: caller.person, within: agencies)
        }
    }

    @Sendable private func comeBack(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let note = try await RemittanceRoutes.note(request)
        return try await act(request, context, caller) { id, agencies in
            try await remittances.comeBack(id, note: note, by: caller.person, within: agencies)
        }
    }

    private func agencies(_ caller: Caller) async throws -> [String]? {
        try await jurisdiction.agencies(under: nil, caller: caller)
    }

    private func find(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Remittance {
        try await remittances.find(try request.number(context, .remittance), within: try await agencies(caller))
    }

    private func act(
        _ request: Request,
        _ context: KhopContext,
        _ caller: Caller,
        _ work: (Int64, [String]?) async throws -> Remittance
    ) async throws -> Response {
        .json(try await work(try request.number(context, .remittance), try await agencies(caller)).json)
    }

    private static func note(_ request: Request) async throws -> String {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let note = body.text("note", 1...500)
        try body.finish()
        return note
    }

    @Sendable private func due(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let form = Phrase(vi: "phải là một năm từ 2020 đến 2099", en: "must be a year from 2020 to 2099")
        let year = try request.parameter("year", form) { text in
            Int(text).flatMap { (2020...2099).contains($0) ? $0 : nil }
        }
        let locality = request.parameter("locality")
        let own = try await jurisdiction.agencies(under: locality, caller: caller)
        let outlook = try await remittances.due(year: year, within: own)
        switch request.given("format") ?? "json" {
        case "json": return .json(outlook.json)
        case "csv", "xlsx": return try RemittanceRoutes.sheet(outlook, isCSV: request.given("format") == "csv")
        default: throw ServiceError(.invalidParameter, at: "format", .oneOf(["json", "csv", "xlsx"]))
        }
    }

    /// What is due as a file.
    static func sheet(_ outlook: RemittanceOutlook, isCSV: Bool) throws -> Response {
        let type =
            isCSV ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        let bytes = isCSV ? Array(outlook.sheet.csv.utf8) : try Workbook.xlsx([outlook.sheet])
        var response = Response.bytes(bytes, type)
        let name = "nop-ngan-sach-\(outlook.generatedAt.day).\(isCSV ? "csv" : "xlsx")"
        response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The form C1-02/NS as PDF.
    static func paper(of order: Remittance) throws -> Response {
        var response = Response.bytes(try order.pdf(), "application/pdf")
        response.headers[.contentDisposition] = "inline; filename=\"C1-02-NS-\(order.mark).pdf\""
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The order's file, as XML.
    static func file(_ bytes: [UInt8], of order: Int64) -> Response {
        var response = Response.bytes(bytes, "application/xml; charset=utf-8")
        response.headers[.contentDisposition] = "attachment; filename=\"C1-02-NS-\(order).xml\""
        response.headers[.cacheControl] = "no-store"
        return response
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let limit = try request.limit(default: 50)
        let found = try await remittances.list(
            state: try request.code("state"),
            within: try await agencies(caller),
            before: try request.cursor { Int64($0) },
            limit: limit
        )
        let next = found.count == limit ? found.last.map { String($0.id) } : nil
        return .json(["items": .array(found.map(\.json)), "next_cursor": .optional(next)])
    }

    @Sendable private func make(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let agency = body.text("agency_code", 1...64)
        let day = body.day("due_by")
        try body.finish()
        let made = try await remittances.make(
            agency: agency,
            dueBy: day ?? Instant.now().day,
            by: caller.person,
            within: try await agencies(caller)
        )
        return .json(["items": .array(made.map(\.json))], status: .created)
    }

    @Sendable private func file(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let id = try request.number(context, .remittance)
        let bytes = try await remittances.file(of: id, by: caller.person, within: try await agencies(caller))
        return RemittanceRoutes.file(bytes, of: id)
    }
}
