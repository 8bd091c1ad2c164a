import Collection
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Mustache
import Spreadsheets
import Values

/// Receipts: for programs and staff below `/v1`, and for whoever holds one at `/r/…`.
struct ReceiptRoutes {
    private let receipts: Receipts
    private let requests: PaymentRequests
    private let jurisdiction: Jurisdiction
    private let limits: CallLimits
    private let installation: Installation
    private let template: MustacheTemplate

    init(
        _ receipts: Receipts,
        requests: PaymentRequests,
        jurisdiction: Jurisdiction,
        limits: CallLimits,
        installation: Installation
    ) throws {
        self.receipts = receipts
        self.requests = requests
        self.jurisdiction = jurisdiction
        self.limits = limits
        self.installation = installation
        template = try MustacheTemplate(string: String(decoding: PackageResources.receipt_page_mustache, as: UTF8.self))
    }

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/receipts/:number", use: gate.showing(.readPaymentRequest, read))
        router.post("/v1/receipts/:number/notice", use: gate(.correctReceipts, notice))
        router.post("/v1/receipts/:number/replace", use: gate(.correctReceipts, replace))
        router.get("/v1/reports/receipts", use: gate(.readReports, summary))
        router.get("/r/:number", use: page)
        router.get("/r/:number/receipt.pdf", use: pdf)
        router.get("/r/:number/receipt.xml", use: xml)
        router.get("/r/:number/notice.pdf", use: noticePDF)
    }

    private func find(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Receipt {
        try await receipts.find(
            context.parameters.get("number") ?? "",
            agency: request.parameter("agency"),
            within: try await jurisdiction.agencies(under: nil, caller: caller)
        )
    }

    @Sendable private func read(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> (Response, Disclosure?)
    {
        let found = try await find(request, context, caller)
        let paid = try await requests.find(found.requestID)
        try await requests.authorize(paid, for: caller)
        let isStaff = caller.holds(.readPayer)
        let disclosure = Disclosure(.receipt, of: "receipt:\(found.number.text)")
        let answer = receipts.json(found)
        // Staff see what their role sees of other people's requests; a portal reads no payer back, as elsewhere.
        let shown = isStaff && paid.createdBy != caller.id ? CallSight.current.ofOthers.shown(answer) : answer
        return (.json(shown), isStaff ? disclosure : nil)
    }

    @Sendable private func notice(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let word = body.text("error", 1...30)
        let note = body.text("note", 1...500)
        let error = ReceiptError(rawValue: word)
        if error == nil, body.isGiven("error") {
            body.fault("/error", .oneOf(ReceiptError.allCases.map(\.rawValue)))
        }
        try body.finish()
        guard let error else { throw ServiceError(.invalidBody, at: "/error", .isMissing) }
        let changed = try await receipts.notice(
            context.parameters.get("number") ?? "",
            agency: request.parameter("agency"),
            error: error,
            note: note,
            by: caller.person,
            within: try await jurisdiction.agencies(under: nil, caller: caller)
        )
        return .json(CallSight.current.shown(receipts.json(changed)), status: .created)
    }

    @Sendable private func replace(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let reason = body.text("reason", 1...500)
        try body.finish()
        let made = try await receipts.replace(
            context.parameters.get("number") ?? "",
            agency: request.parameter("agency"),
            reason: reason,
            by: caller.person,
            within: try await jurisdiction.agencies(under: nil, caller: caller)
        )
        return .json(CallSight.current.shown(receipts.json(made)), status: .created)
    }

    @Sendable private func summary(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        guard let day = request.given("day").flatMap({ Day($0) }) else {
            throw ServiceError(.invalidParameter, at: "day", .existingDay)
        }
        let found = try await receipts.summary(
            day,
            agency: request.parameter("agency"),
            within: try await jurisdiction.agencies(under: nil, caller: caller)
        )
        switch request.given("format") ?? "json" {
        case "json": return .json(found.json)
        case "csv":
            var response = Response.text(found.sheet.csv, "text/csv; charset=utf-8")
            response.headers[.contentDisposition] = "attachment; filename=\"01-TH-BLDT-\(day).csv\""
            return response
        case "xlsx":
            var response = Response.bytes(
                try Workbook.xlsx([found.sheet]),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            )
            response.headers[.contentDisposition] = "attachment; filename=\"01-TH-BLDT-\(day).xlsx\""
            return response
        default: throw ServiceError(.invalidParameter, at: "format", .oneOf(["json", "csv", "xlsx"]))
        }
    }

    /// The receipt that an address leads to. Who tries addresses is soon not listened to.
    private func find(_ context: KhopContext) async throws -> Receipt {
        try limits.pageCalled(from: context.address)
        try limits.checkAttempts(of: context.address)
        do {
            return try await receipts.find(address: context.parameters.get("number") ?? "")
        } catch let error as ServiceError where error.code == .notFound {
            limits.failed(context.address)
            throw error
        }
    }

    @Sendable private func page(_ request: Request, _ context: KhopContext) async throws -> Response {
        let language =
            request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) } ?? context.language
        let model: ReceiptPage
        var status = HTTPResponse.Status.ok
        do {
            let found = try await find(context)
            model = ReceiptPage(
                found,
                proof: try await receipts.proof(found),
                isSigned: receipts.isSigned,
                installation,
                language
            )
        } catch let error as ServiceError where error.code == .notFound {
            model = ReceiptPage(missing: error.phrase, installation, language)
            status = .notFound
        }
        var response = Response.text(template.render(model), "text/html; charset=utf-8")
        response.status = status
        response.headers[.contentLanguage] = language.rawValue
        response.headers[.vary] = "Accept-Language"
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        return Self.closed(response)
    }

    @Sendable private func pdf(_ request: Request, _ context: KhopContext) async throws -> Response {
        let found = try await find(context)
        var response = Response.bytes(try receipts.pdf(found), "application/pdf")
        response.headers[.contentDisposition] = "inline; filename=\"\(found.number.text).pdf\""
        return Self.closed(response)
    }

    @Sendable private func noticePDF(_ request: Request, _ context: KhopContext) async throws -> Response {
        let found = try await find(context)
        var response = Response.bytes(try receipts.noticePDF(found), "application/pdf")
        response.headers[.contentDisposition] = "inline; filename=\"04-SS-CTDT-\(found.number.text).pdf\""
        return Self.closed(response)
    }

    @Sendable private func xml(_ request: Request, _ context: KhopContext) async throws -> Response {
        let found = try await find(context)
        var response = Response.bytes(try await receipts.xml(found), "application/xml")
        response.headers[.contentDisposition] = "attachment; filename=\"\(found.number.text).xml\""
        return Self.closed(response)
    }

    /// The address is the key to the page: it is neither kept nor passed on.
    private static func closed(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        response.headers[HTTPField.Name("Referrer-Policy")!] = "no-referrer"
        return response
    }
}
