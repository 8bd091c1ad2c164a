import Collection
import FeeSchedule
import HTTPTypes
import Hummingbird
import Mustache
import PaymentQR
import Values
import Workflow

/// The page behind the pay link, and the QR code as a picture.
struct PayPageRoutes {
    let requests: PaymentRequests
    let tariff: Tariff
    let limits: CallLimits
    private let template: MustacheTemplate

    init(_ requests: PaymentRequests, tariff: Tariff, limits: CallLimits) throws {
        self.requests = requests
        self.tariff = tariff
        self.limits = limits
        template = try MustacheTemplate(
            string: String(decoding: PackageResources.payment_page_mustache, as: UTF8.self)
        )
    }

    func add(to router: RouteTable) {
        router.get("/pay/:token", use: page)
        router.get("/pay/:token/qr.svg", use: svg)
        router.get("/pay/:token/qr.png", use: png)
    }

    private func find(_ context: KhopContext) async throws -> PaymentRequest {
        try limits.pageCalled(from: context.address)
        try limits.checkAttempts(of: context.address)
        do {
            return try await requests.find(token: context.parameters.get("token") ?? "")
        } catch let error as ServiceError where error.code == .notFound {
            limits.failed(context.address)
            throw error
        }
    }

    private func code(_ context: KhopContext) async throws -> QRCode {
        guard let payload = try await find(context).qrPayload(at: .now()), let code = QRCode(payload) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Yêu cầu này không có mã QR vì không còn khoản nào phải chuyển.",
                    en: "This request has no QR code: nothing is to be transferred."
                )
            )
        }
        return code
    }

    @Sendable private func svg(_ request: Request, _ context: KhopContext) async throws -> Response {
        var response = Response.text(try await code(context).svg, "image/svg+xml")
        // Opened by itself, a picture of this kind is a page.
        response.headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        return response
    }

    @Sendable private func png(_ request: Request, _ context: KhopContext) async throws -> Response {
        .bytes(try await code(context).png(), "image/png")
    }

    @Sendable private func page(_ request: Request, _ context: KhopContext) async throws -> Response {
        let found = try await find(context)
        let agency = try await tariff.current().schedule.agencies[found.agencyCode]
        let procedure = try await tariff.current().schedule.procedures[found.procedureCode]
        let model = PaymentPage(found, agency: agency, procedure: procedure, now: .now())
        var response = Response.text(template.render(model), "text/html; charset=utf-8")
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        response.headers[.cacheControl] = "no-store"
        // The link is the key to the page: it must not be passed on to other sites.
        response.headers[HTTPField.Name("Referrer-Policy")!] = "no-referrer"
        return response
    }
}
