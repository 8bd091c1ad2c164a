import Casework
import Collection
import HTTPTypes
import Hummingbird
import PaymentQR
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The page behind the pay link, what it is told while it is open, and its QR code as a picture.
struct PayRoutes {
    let pages: PayerPages
    let watch: PageWatch
    let messages: Messages
    let tariff: Tariff
    let limits: CallLimits
    let renderer: PayRenderer
    let platform: PlatformLinks
    /// Pays without a bank; `nil` in a live installation.
    let testBank: TestBank?
    let papers = PaperDesk()

    func add(to router: RouteTable) {
        router.get("/pay/:token", use: page)
        router.get("/pay/:token/display") { request, context in
            try await shown(context, isDisplay: true, in: PageCall(request, context).language)
        }
        router.get("/pay/:token/events", use: events)
        router.get("/pay/:token/qr.svg", use: svg)
        router.get("/pay/:token/qr.png", use: png)
        router.get("/pay/:token/picture.png") { request, context in
            var response = Response.bytes(try await paper(.picture, request, context), "image/png")
            response.headers[.contentDisposition] = "attachment; filename=\"khop-qr.png\""
            return response
        }
        router.get("/pay/:token/notice.pdf") { request, context in
            var response = Response.bytes(try await paper(.notice, request, context), "application/pdf")
            response.headers[.contentDisposition] = "inline; filename=\"khop-notice.pdf\""
            return response
        }
        router.post("/pay/:token/renew", use: renew)
        // Whoever opens the button's address, such as from the history of a browser, is shown the page.
        router.get("/pay/:token/renew") { request, context in
            let token = (context.parameters.get("token") ?? "").percentEncoded()
            return .redirect(to: "/pay/\(token)?lang=" + PageCall(request, context).language.rawValue)
        }
        for file in [PayAssets.style, PayAssets.script] + (renderer.mark.map { [$0] } ?? []) {
            router.get(file.path) { _, _ in
                var response = Response.bytes(file.bytes, file.contentType)
                response.headers[.cacheControl] = "public, max-age=31536000, immutable"
                // Opened by itself, a picture of this kind is a page.
                response.headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
                return response
            }
        }
    }

    /// What a token leads to; whoever tries many that lead nowhere is held up.
    private func found(_ context: KhopContext) async throws -> PayerView {
        try await allowed(context) { try await pages.view(token: $0) }
    }

    private func allowed<Value>(_ context: KhopContext, _ read: (String) async throws -> Value) async throws -> Value {
        try limits.pageCalled(from: context.address)
        try limits.checkAttempts(of: context.address)
        do {
            return try await read(context.parameters.get("token") ?? "")
        } catch let error as ServiceError where error.code == .notFound {
            limits.failed(context.address)
            throw error
        }
    }

    private func names(_ view: PayerView) async throws -> PayNames {
        var names = PayNames(view.request, try await tariff.current().schedule)
        names.hasPlatform = try await platform.leads(from: view.request.accountNumber)
        names.hasSimulation = try await testBank?.canPay(view.request.accountNumber) ?? false
        return names
    }

    /// The page of whatever the link is of: a request, or several that are paid together.
    private func shown(_ context: KhopContext, isDisplay: Bool = false, in language: Language) async throws -> Response
    {
        switch try await opened(context) {
        case .request(let view):
            let form = isDisplay ? nil : try await notifyForm(view, in: language)
            return renderer.page(view, try await names(view), isDisplay: isDisplay, notify: form, in: language)
        case .basket(let basket):
            return renderer.page(
                basket,
                excesses: try await pages.excesses(of: basket),
                try await tariff.current().schedule,
                mayBeSimulated: try await testBank?.canPay(basket.accountNumber) ?? false,
                isDisplay: isDisplay,
                in: language
            )
        }
    }

    /// The form by which the payer asks to be told, where letters can be sent.
    private func notifyForm(_ view: PayerView, in language: Language) async throws -> NotifyForm? {
        guard messages.channels.contains(.email) else { return nil }
        return NotifyForm(view, try await messages.told(of: view.request.id), in: language)
    }

    private enum Opened {
        case request(PayerView)
        case basket(Basket)
    }

    private func opened(_ context: KhopContext) async throws -> Opened {
        try await allowed(context) { token in
            do { return .request(try await pages.view(token: token)) } catch let error as ServiceError
                where error.code == .notFound
            {
                guard let basket = try await pages.basket(token: token) else { throw error }
                return .basket(basket)
            }
        }
    }

    @Sendable private func page(_ request: Request, _ context: KhopContext) async throws -> Response {
        let language = PageCall(request, context).language
        var response = try await shown(context, in: language)
        if request.parameter("lang") != nil {
            PageCookie.set(PageCookie.language, language.rawValue, on: &response, maximumAge: 31_536_000)
        }
        return response
    }

    /// News of an open page, until it is closed (server-sent events).
    @Sendable private func events(_ request: Request, _ context: KhopContext) async throws -> Response {
        let language = PageCall(request, context).language
        // In turn: when a server begins anew, the pages of the one before it all come at once.
        let (read, standings, part, isBasket) = try await allowed(context) { token in
            try await watch.look {
                let (read, ids, isBasket) = try await watched(token, in: language)
                let standings = try await watch.standing(of: ids)
                return (read, standings, try await read(), isBasket)
            }
        }
        let listener = try watch.open(standings, from: context.address)
        let stream = PayEvents(
            // After a lost connection, the browser says what it was told last.
            version: request.headers[.lastEventID] ?? request.parameter("version") ?? "",
            part: part,
            watch: watch,
            listener: listener,
            looksOften: isBasket,
            read: read
        )
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
                // nginx would hold events back.
                HTTPField.Name("X-Accel-Buffering")!: "no",
            ],
            body: ResponseBody { writer in try await stream.write(to: &writer) }
        )
    }

    /// What an open page shows, whenever it is read, and the requests that it tells of.
    private func watched(_ token: String, in language: Language) async throws -> (
        read: @Sendable () async throws -> PayRenderer.Part, requests: [UUID], isBasket: Bool
    ) {
        do {
            let payment = try await pages.request(token: token)
            return (
                {
                    let view = try await pages.view(token: payment.token)
                    return renderer.part(view, try await names(view), in: language)
                }, [payment.id], false
            )
        } catch let error as ServiceError where error.code == .notFound {
            guard let basket = try await pages.basket(token: token) else { throw error }
            return (
                {
                    guard let now = try await pages.basket(token: token) else { throw error }
                    return renderer.part(
                        now,
                        excesses: try await pages.excesses(of: now),
                        try await tariff.current().schedule,
                        mayBeSimulated: try await testBank?.canPay(now.accountNumber) ?? false,
                        in: language
                    )
                }, basket.requests.map(\.id), true
            )
        }
    }

    /// The code of a request, or of several that are paid together.
    private func code(_ context: KhopContext) async throws -> QRCode {
        switch try await opened(context) {
        case .request(let view): try code(view.request.qrPayload(at: .now()))
        case .basket(let basket): try code(basket.qrPayload(at: .now()))
        }
    }

    /// - Throws: ``ServiceError/Code/conflict`` where nothing is to be transferred: the link is right, and the page behind
    ///   it says why.
    private func code(_ payload: String?) throws -> QRCode {
        guard let payload, let drawn = QRCode(payload) else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Yêu cầu này không có mã QR vì không còn khoản nào phải chuyển.",
                    en: "This request has no QR code: nothing is to be transferred."
                )
            )
        }
        return drawn
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

    private func paper(_ paper: PaperDesk.Paper, _ request: Request, _ context: KhopContext) async throws -> [UInt8] {
        let language = PageCall(request, context).language
        let (subject, payload): (PayPapers.Subject, String?)
        switch try await opened(context) {
        case .request(let view):
            subject = PayPapers.Subject(view, try await names(view), renderer.installation, in: language)
            payload = view.request.qrPayload(at: .now())
        case .basket(let basket):
            subject = PayPapers.Subject(basket, try await tariff.current().schedule, now: .now(), in: language)
            payload = basket.qrPayload(at: .now())
        }
        let papers = PayPapers(
            subject: subject,
            code: try code(payload),
            installation: renderer.installation,
            language: language
        )
        return try await self.papers.draw(papers, paper)
    }

    /// The button of an expired page: on to a request that can be paid.
    @Sendable private func renew(_ request: Request, _ context: KhopContext) async throws -> Response {
        // Nobody else knows the address; and the page sends no referrer, so that browsers name no origin either.
        guard [nil, "same-origin"].contains(request.headers[.secFetchSite]) else {
            throw ServiceError(.forbidden, PageTexts.foreign)
        }
        _ = try await found(context)
        let token = try await pages.renew(
            token: context.parameters.get("token") ?? "",
            from: context.origin(of: request)
        )
        return .redirect(to: "/pay/\(token)?lang=" + PageCall(request, context).language.rawValue)
    }
}
