import Collection
import HTTPTypes
import Hummingbird
import Identity
import Values
import Workflow

/// An error response as RFC 9457 defines it; its `type` is the same in every language.
struct Problem {
    let type: ProblemType
    let detail: Phrase
    var faults: [ServiceError.Fault] = []
    /// The reason, as a code with its values.
    var reason: Reason?
    /// Seconds, for `Retry-After`.
    var retryAfter: Int?
    /// Members in addition to the standard ones.
    var more: [JSON.Member] = []

    /// After how many seconds a caller should retry when the server is too busy or the database is unavailable.
    static let retryAfterSeconds = 2

    init(_ type: ProblemType, _ detail: Phrase) {
        self.type = type
        self.detail = detail
        if type.status == .serviceUnavailable { retryAfter = Problem.retryAfterSeconds }
    }

    init(_ error: ServiceError) {
        self.init(ProblemType(error.code), error.phrase)
        faults = error.faults
        reason = error.reason
        if let seconds = error.retryAfter { retryAfter = Int(seconds) }
        // The run that the caller can look at instead.
        if error.code == .alreadyRunning, let id = error.reason?.json["values"]?["run_id"] {
            more = [.init("id", id), .init("run_id", id)]
        }
    }

    /// The response in the caller's language.
    func response(_ context: KhopContext) -> Response {
        let language = context.language
        var members: [JSON.Member] = [
            .init("type", .string("urn:khop:problem:\(type.name)")), .init("title", .string(type.title[language])),
            .init("status", .integer(type.status.code)), .init("detail", .string(detail[language])),
        ]
        if let reason { members.append(.init("reason", reason.json)) }
        if !context.requestID.isEmpty { members.append(.init("request_id", .string(context.requestID))) }
        if !faults.isEmpty {
            members.append(
                .init(
                    "errors",
                    .array(faults.map { ["pointer": .string($0.pointer), "reason": .string($0.reason[language])] })
                )
            )
        }
        members += more
        var headers = HTTPFields()
        headers[.contentType] = "application/problem+json"
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        if type.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer realm=\"khop\"" }
        return Response(
            status: type.status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSON.object(members).bytes))
        )
    }
}

extension Response {
    /// A JSON response, in which what the caller need not see of persons is masked.
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        text(CallSight.current.shown(json).serialized, "application/json", status)
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
