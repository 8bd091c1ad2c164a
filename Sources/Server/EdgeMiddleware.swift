import Collection
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import NIOCore
import NIOHTTP1
import Postgres
import Synchronization
import Values

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-Id")!
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
}

/// Assigns every request an id, counts and times it, logs it once, and turns any thrown error into a problem.
struct EdgeMiddleware: RouterMiddleware {
    private let counters = RequestMetrics()
    private let proxies: [IPRange]
    private let isSecure: Bool
    private let pay: PayRenderer?
    private let mode: InstallationMode

    /// - Parameters:
    ///   - pay: makes pages of the problems that payers meet; `nil` where no payer comes.
    ///   - mode: whatever a test installation answers says that it is of one.
    init(_ options: ServerOptions, pay: PayRenderer? = nil, mode: InstallationMode) {
        (self.pay, self.mode) = (pay, mode)
        proxies = options.trustedProxies
        isSecure = options.isSecure
    }

    func handle(
        _ request: Request,
        context: KhopContext,
        next: (Request, KhopContext) async throws -> Response
    ) async throws -> Response {
        guard mode == .test else { return await answer(request, context, next) }
        return try await TestModeMark.marked { await answer(request, context, next) }
    }

    private func answer(
        _ request: Request,
        _ context: KhopContext,
        _ next: (Request, KhopContext) async throws -> Response
    ) async -> Response {
        var context = context
        let start = Instant.now()
        context.requestID = EdgeMiddleware.requestID(request)
        context.language = Language(acceptLanguage: request.headers[.acceptLanguage])
        context.client = ClientAddress.of(request.headers, peer: context.peer, proxies: proxies)
        context.logger[metadataKey: "request_id"] = .string(context.requestID)
        var response: Response
        do {
            try HostHeader.check(request)
            try EdgeMiddleware.refuseNUL(in: request)
            response = try await next(request, context)
        } catch {
            response = told(error, request, context)
            if EdgeMiddleware.leavesBody(response.status, request) { EdgeMiddleware.end(context, &response) }
        }
        response.headers[.requestID] = context.requestID
        // JSON responses may contain sentences; files and pages set their language themselves.
        if let type = response.headers[.contentType],
            type.hasPrefix("application/json") || type.hasPrefix("application/problem+json")
        {
            response.headers[.contentLanguage] = context.language.rawValue
            response.headers[.vary] = "Accept-Language"
        }
        if response.headers[.xContentTypeOptions] == nil { response.headers[.xContentTypeOptions] = "nosniff" }
        // Answers hold secrets, pay links and names. The description of the API is everybody's.
        if response.headers[.cacheControl] == nil, request.uri.path != "/openapi.yaml" {
            response.headers[.cacheControl] = "no-store"
        }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        let microseconds = Instant.now().microseconds - start.microseconds
        let route = context.endpointPath ?? "(none)"
        counters.record(route: route, status: response.status.code, microseconds: microseconds)
        // Thousands of callbacks may arrive per second; their outcomes are in the database and in the metrics.
        let level: Logger.Level = route.hasPrefix("/v1/callbacks") && response.status.code < 400 ? .debug : .info
        context.logger.log(
            level: level,
            "request",
            metadata: [
                "method": "\(request.method)", "route": "\(route)", "status": "\(response.status.code)",
                "microseconds": "\(microseconds)", "client": "\(context.client?.description ?? "unknown")",
            ]
        )
        return response
    }

    /// Whether a request was refused before its body was read to its end.
    private static func leavesBody(_ status: HTTPResponse.Status, _ request: Request) -> Bool {
        switch status {
        case .requestTimeout, .contentTooLarge: true
        case .badRequest, .unauthorized, .forbidden, .notFound, .methodNotAllowed, .unsupportedMediaType,
            .tooManyRequests:
            ContentType.hasBody(request)
        default: false
        }
    }

    /// Ends the connection when the answer has had time to arrive. The library would read on, for as long as a sender likes
    /// to go on with a body that nobody wants.
    private static func end(_ context: KhopContext, _ response: inout Response) {
        response.headers[.connection] = "close"
        let channel = context.channel
        channel.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    }

    /// No text that holds a NUL can be stored or looked for: a parameter with one is refused before anybody reads it.
    ///
    /// Callbacks are left alone: what a bank sends is judged by its profile, which answers in the bank's own words.
    private static func refuseNUL(in request: Request) throws {
        guard !request.uri.path.hasPrefix("/v1/callbacks/"), request.uri.string.contains("%00") else { return }
        let name = request.uri.queryParameters.first { $0.key.contains("\0") || $0.value.contains("\0") }?.key
        throw ServiceError(
            .invalidParameter,
            at: name.map { $0.filter { $0 != "\0" } } ?? "path",
            Phrase(vi: "không được chứa ký tự NUL (%00)", en: "must not contain a NUL character (%00)")
        )
    }

    /// The caller's own id if it is short and plain, else a new one.
    private static func requestID(_ request: Request) -> String {
        if let given = request.headers[.requestID], (1...64).contains(given.utf8.count),
            given.utf8.allSatisfy({
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
            })
        {
            return given
        }
        return String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// What went wrong: a page where a person looks at payers' pages, otherwise a problem for programs.
    private func told(_ error: any Error, _ request: Request, _ context: KhopContext) -> Response {
        let path = request.uri.path
        // Programs have addresses of their own, and the console pages of its own.
        let isForPayers = !["/v1/", "/console", "/rates", "/metrics", "/openapi"].contains { path.hasPrefix($0) }
        let wantsPage = request.headers[.accept]?.contains("text/html") == true
        let problem = problem(error, request, context)
        let home = ["/rates", "/console"].first { path == $0 || path.hasPrefix($0 + "/") }
        guard let pay, isForPayers || home != nil, wantsPage else { return problem }
        let language = PageCall(request, context).language
        if let home {
            var page = pay.problem(self.problem(of: error, request), leadingTo: home, in: language)
            page.headers[.allow] = problem.headers[.allow]
            return page
        }
        if let error = error as? any HTTPResponseError {
            return pay.problem(EdgeMiddleware.problem(error.status, request), path: path, in: language)
        }
        if error is MethodNotAllowed {
            var response = pay.problem(EdgeMiddleware.problem(.methodNotAllowed, request), path: path, in: language)
            response.headers[.allow] = problem.headers[.allow]
            return response
        }
        guard error is ServiceError || problem.status.kind == .serverError else { return problem }
        return pay.problem(Problem(ServiceError(unexpected: error)), path: path, in: language)
    }

    /// What went wrong at an address that is opened in a browser.
    private func problem(of error: any Error, _ request: Request) -> Problem {
        if let error = error as? any HTTPResponseError { return EdgeMiddleware.problem(error.status, request) }
        if error is MethodNotAllowed { return EdgeMiddleware.problem(.methodNotAllowed, request) }
        return Problem(ServiceError(unexpected: error))
    }

    private func problem(_ error: any Error, _ request: Request, _ context: KhopContext) -> Response {
        if let error = error as? any HTTPResponseError {
            return EdgeMiddleware.problem(error.status, request).response(context)
        }
        if error is HTTPParserError {
            var response = Problem(
                .badRequest(.badRequest),
                Phrase(
                    vi: "Nội dung gửi lên sai định dạng HTTP (Transfer-Encoding hoặc độ dài các phần).",
                    en: "The body is not valid HTTP (its Transfer-Encoding or the length of its chunks)."
                )
            ).response(context)
            // What follows on this connection cannot be told apart from the broken body.
            response.headers[.connection] = "close"
            return response
        }
        if error is HostHeader.Unclear {
            var response = Problem(
                .badRequest(.badRequest),
                Phrase(
                    vi: "Yêu cầu phải nêu đúng một máy chủ trong phần Host.",
                    en: "A request must name one host, in one Host header."
                )
            ).response(context)
            response.headers[.connection] = "close"
            return response
        }
        if error is ContentType.NotJSON {
            return Problem(
                .notJSON,
                Phrase(
                    vi: "Nội dung phải là JSON: hãy gửi với Content-Type: application/json.",
                    en: "The body must be JSON: send it with Content-Type: application/json."
                )
            ).response(context)
        }
        if let refused = error as? MethodNotAllowed {
            var response = EdgeMiddleware.problem(.methodNotAllowed, request).response(context)
            response.headers[.allow] = refused.allowed
            return response
        }
        if let malformed = error as? MalformedBody {
            return Problem(.malformedBody, malformed.detail).response(context)
        }
        if error is SlowBody {
            return Problem(
                .slowBody,
                Phrase(
                    vi:
                        "Nội dung phải được gửi xong trong 20 giây, sao kê thì ít nhất 64 KiB mỗi giây. Vui lòng gửi lại.",
                    en: "A body must be sent within 20 seconds, a statement at 64 KiB a second at least. Send it again."
                )
            ).response(context)
        }
        let told = ServiceError(unexpected: error)
        if error is PostgresError || told.code == .internalFailure || told.code == .databaseUnavailable {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
        }
        return Problem(told).response(context)
    }

    /// The problem for a request that the HTTP library rejected.
    private static func problem(_ status: HTTPResponse.Status, _ request: Request) -> Problem {
        switch status {
        case .notFound:
            let path = request.uri.path.prefix(200)
            return Problem(
                ProblemType(.notFound),
                Phrase(vi: "Không có gì ở địa chỉ \(path).", en: "There is nothing at \(path).")
            )
        case .contentTooLarge:
            return Problem(
                ProblemType(.tooLarge),
                Phrase(vi: "Nội dung gửi lên tối đa 1 MiB.", en: "A body may have at most 1 MiB.")
            )
        case .methodNotAllowed:
            return Problem(
                .methodNotAllowed,
                Phrase(
                    vi: "Địa chỉ này không nhận phương thức \(request.method).",
                    en: "This address does not take \(request.method)."
                )
            )
        default:
            return Problem(
                .badRequest(status),
                Phrase(vi: "Yêu cầu sai định dạng.", en: "The request is malformed.")
            )
        }
    }
}

/// Request metrics by route and status. Handles are kept, because creating one costs more than counting with it.
private final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let route: String
        let status: Int
    }

    private let handles = Mutex<[Key: (Counter, Metrics.Timer)]>([:])

    func record(route: String, status: Int, microseconds: Int64) {
        let (counter, timer) = handles.withLock { handles in
            let key = Key(route: route, status: status)
            if let known = handles[key] { return known }
            let made = (
                Counter(label: "khop_http_requests_total", dimensions: [("route", route), ("status", String(status))]),
                Metrics.Timer(label: "khop_http_request_seconds", dimensions: [("route", route)])
            )
            handles[key] = made
            return made
        }
        counter.increment()
        timer.recordMicroseconds(microseconds)
    }
}
