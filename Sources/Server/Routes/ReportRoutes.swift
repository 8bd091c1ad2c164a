import Collection
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Spreadsheets
import Values

/// The province's reports, and the payments behind their figures.
struct ReportRoutes {
    let reports: Reports
    let jurisdiction: Jurisdiction
    let papers: PaperDesk
    /// Who keeps the books, as records are headed; `nil` leaves it to the pen.
    let agency: String?

    private var asking: ReportArea { ReportArea(jurisdiction: jurisdiction) }

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/reports/non-cash-rates", use: gate(.readReports, nonCashRates))
        router.get("/v1/reports/non-cash-rates/payments", use: gate.showing(.readReports, payments))
        router.get("/v1/reports/decision766", use: gate(.readReports, decision766))
        router.get("/v1/reports/decision766/dossiers", use: gate(.readReports, dossiers))
        router.get("/v1/reports/collections", use: gate(.readReports, collections))
        router.get("/v1/reports/discounts", use: gate(.readReports, discounts))
        router.get("/v1/reports/exemptions", use: gate(.readReports, exemptions))
        router.get("/v1/reports/hours", use: gate(.readReports, hours))
        router.get("/v1/reports/reconciliation", use: gate(.readReports, reconciliation))
        router.post("/v1/reports/reconciliation/sign-off", use: gate(.signOffReconciliation, signOff))
        router.post("/v1/reports/reconciliation/countersign", use: gate(.signOffReconciliation, countersign))
    }

    @Sendable private func nonCashRates(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let report = try await reports.nonCash(try await asking.question(request, caller))
        return try answer(request, "non-cash-rates", report.question.period, report.json) { [report.sheet] }
    }

    @Sendable private func payments(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let counted = request.given("counted") ?? "paid"
        guard let counted = NonCashPayments.Counted(rawValue: counted) else {
            let known = NonCashPayments.Counted.allCases.map(\.rawValue)
            throw ServiceError(.invalidParameter, at: "counted", .oneOf(known))
        }
        let validFrom = try request.given("row_valid_from").map { text in
            guard let day = Day(text) else {
                throw ServiceError(.invalidParameter, at: "row_valid_from", .existingDay)
            }
            return day
        }
        let cell = NonCashPayments.Cell(
            question: try await asking.question(request, caller),
            row: request.parameter("row"),
            rowValidFrom: validFrom,
            counted: counted,
            limit: try request.limit(),
            after: try request.parameter("cursor").map { try NonCashPayments.Cursor($0) }
        )
        let page = try await reports.payments(cell)
        return (
            .json(page.json), Disclosure(.payments, count: page.items.count, query: request.uri.query ?? "")
        )
    }

    @Sendable private func decision766(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let report = try await reports.decision766(try await asking.question(request, caller))
        return try answer(request, "decision766", report.question.period, report.json) { report.sheets }
    }

    @Sendable private func dossiers(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        var isCounted: Bool?
        if let text = request.given("counted") {
            guard ["true", "false"].contains(text) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "counted",
                    Phrase(
                        vi: "phải là true hoặc false; bỏ trống để lấy cả hai",
                        en: "must be true or false; leave it out for both"
                    )
                )
            }
            isCounted = text == "true"
        }
        return .json(
            try await reports.dossiers(
                try await asking.question(request, caller),
                procedure: request.parameter("procedure"),
                isCounted: isCounted,
                areExempt: try request.flag("exempt"),
                after: request.parameter("cursor"),
                limit: try request.limit()
            )
        )
    }

    private func period(_ request: Request) throws -> ReportPeriod {
        try ReportPeriod(
            period: request.parameter("period"),
            from: request.given("from"),
            to: request.given("to"),
            basis: request.given("basis")
        )
    }

    @Sendable private func collections(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let report = try await reports.collections(
            try period(request),
            locality: try await asking.area(request, caller)
        )
        return try answer(request, "collections", report.period, report.json) { [report.sheet] }
    }

    @Sendable private func discounts(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let report = try await reports.discounts(
            try period(request),
            locality: try await asking.area(request, caller)
        )
        return try answer(request, "discounts", report.period, report.json) { [report.sheet] }
    }

    @Sendable private func exemptions(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let report = try await reports.exemptions(try await asking.question(request, caller))
        return try answer(request, "exemptions", report.question.period, report.json) { [report.sheet] }
    }

    @Sendable private func hours(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response
    {
        let report = try await reports.hours(try await asking.question(request, caller))
        return try answer(request, "hours", report.question.period, report.json) { [report.sheet] }
    }

    @Sendable private func reconciliation(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        try requireUnbound(caller)
        guard let account = request.parameter("account") else {
            throw ServiceError(
                .invalidParameter,
                at: "account",
                Phrase(vi: "hãy nêu tài khoản: ?account=…", en: "name the account: ?account=…")
            )
        }
        guard let day = request.given("day").flatMap({ Day($0) }) else {
            throw ServiceError(.invalidParameter, at: "day", .existingDay)
        }
        let report = try await reports.reconciliation(account: account, day: day)
        if request.given("format") == "pdf" {
            let bytes = try await papers.draw(report.document(of: agency))
            return .pdf(bytes, named: "reconciliation-\(account)-\(day).pdf")
        }
        return try answer(
            request,
            "reconciliation-\(account)",
            try ReportPeriod(from: day, to: day),
            report.json,
            csv: report.flatSheet
        ) { report.sheets }
    }

    @Sendable private func signOff(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        try requireUnbound(caller)
        var body = BodyReader(try Request.json(try await request.bytes()))
        let account = body.text("account_number", 1...40)
        let day = body.day("day")
        let acknowledges = body.flag("acknowledge_open_items")
        let note = body.optionalText("note", 2000)
        if acknowledges != body.isGiven("note") {
            body.fault(acknowledges ? "/note" : "/acknowledge_open_items", .isMissing)
        }
        try body.finish()
        guard let day else { throw ServiceError(.invalidBody, at: "/day", .isMissing) }
        let report = try await reports.signOff(
            account: account,
            day: day,
            by: caller.person,
            acknowledging: note
        )
        return .json(report.json, status: .created)
    }

    @Sendable private func countersign(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        try requireUnbound(caller)
        var body = BodyReader(try Request.json(try await request.bytes()))
        let account = body.text("account_number", 1...40)
        let day = body.day("day")
        let note = body.optionalText("note", 2000)
        try body.finish()
        guard let day else { throw ServiceError(.invalidBody, at: "/day", .isMissing) }
        let report = try await reports.countersign(account: account, day: day, by: caller.person, note: note)
        return .json(report.json, status: .created)
    }

    private func requireUnbound(_ caller: Caller) throws {
        guard caller.localities == nil else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi: "Biên bản đối soát lập cho cả tài khoản; người chỉ làm việc cho một địa bàn không xem được.",
                    en:
                        "A reconciliation record covers a whole account; whoever acts for a locality alone does not see it."
                )
            )
        }
    }

    /// Writes a report in the requested format.
    private func answer(
        _ request: Request,
        _ name: String,
        _ period: ReportPeriod,
        _ json: JSON,
        csv: Sheet? = nil,
        _ sheets: () -> [Sheet]
    ) throws -> Response {
        let file = "\(name)-\(period.from)-\(period.to)"
        switch request.given("format") ?? "json" {
        case "json": return .json(json)
        case "csv":
            var response = Response.text((csv ?? sheets().first)?.csv ?? "", "text/csv; charset=utf-8")
            response.headers[.contentDisposition] = "attachment; filename=\"\(file).csv\""
            return response
        case "xlsx":
            var headers = HTTPFields()
            headers[.contentType] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            headers[.contentDisposition] = "attachment; filename=\"\(file).xlsx\""
            let bytes = try Workbook.xlsx(sheets().map { $0.issued(by: agency) })
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        default: throw ServiceError(.invalidParameter, at: "format", .oneOf(["json", "csv", "xlsx"]))
        }
    }
}
