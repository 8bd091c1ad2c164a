import Collection
import HTTPTypes
import Hummingbird
import Values

/// An error as it is answered: RFC 9457, with a `type` that stays the same.
struct Problem {
    let status: HTTPResponse.Status
    let type: String
    let title: String
    let detail: String
    var faults: [ServiceError.Fault] = []
    /// Seconds; told in `Retry-After`.
    var retryAfter: Int?
    /// Members beside the standard ones.
    var more: [JSON.Member] = []

    /// How soon a caller should try again when we are too busy or the database is away.
    static let retryAfterSeconds = 2

    init(status: HTTPResponse.Status, type: String, title: String, detail: String) {
        self.status = status
        self.type = type
        self.title = title
        self.detail = detail
    }

    /// The one place that gives service errors their status.
    init(_ error: ServiceError) {
        let (status, title) = Problem.statusAndTitle(error.code)
        self.init(status: status, type: error.code.rawValue, title: title, detail: error.message)
        faults = error.faults
        if status == .serviceUnavailable { retryAfter = Problem.retryAfterSeconds }
    }

    static func statusAndTitle(_ code: ServiceError.Code) -> (HTTPResponse.Status, String) {
        switch code {
        case .invalidBody: (.unprocessableContent, "The body has faults")
        case .invalidParameter: (.badRequest, "A parameter is not acceptable")
        case .notAssessable: (.unprocessableContent, "This cannot be assessed")
        case .notFound: (.notFound, "Not found")
        case .unauthenticated: (.unauthorized, "No valid API key")
        case .forbidden: (.forbidden, "Not allowed")
        case .conflict: (.conflict, "Not possible in this state")
        case .idempotencyMismatch: (.unprocessableContent, "The idempotency key was used before")
        case .catalogueFaulty: (.unprocessableContent, "The catalogue has faults")
        case .statementRejected: (.unprocessableContent, "The statement has faults")
        case .tooLarge: (.contentTooLarge, "The body is too large")
        case .overloaded: (.serviceUnavailable, "Too busy")
        case .databaseUnavailable: (.serviceUnavailable, "The database is away")
        case .internalFailure: (.internalServerError, "Internal failure")
        }
    }

    func response(requestID: String) -> Response {
        var members: [JSON.Member] = [
            .init("type", .string("urn:khop:problem:\(type)")), .init("title", .string(title)),
            .init("status", .integer(status.code)), .init("detail", .string(detail)),
        ]
        if !requestID.isEmpty { members.append(.init("request_id", .string(requestID))) }
        if !faults.isEmpty {
            members.append(
                .init(
                    "errors",
                    .array(faults.map { ["pointer": .string($0.pointer), "reason": .string($0.reason)] })
                )
            )
        }
        members += more
        var headers = HTTPFields()
        headers[.contentType] = "application/problem+json"
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer realm=\"khop\"" }
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSON.object(members).bytes))
        )
    }
}

extension Response {
    /// A JSON answer.
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        text(json.serialized, "application/json", status)
    }

    static func text(_ body: String, _ contentType: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body))
        )
    }

    static func bytes(_ body: [UInt8], _ contentType: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}
