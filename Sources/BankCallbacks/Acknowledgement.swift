import Values

/// What a provider is told, in its own words.
public struct Acknowledgement: Sendable, Hashable {
    public var status: Int
    public var contentType: String?
    public var body: [UInt8]
    /// Seconds after which to try again.
    public var retryAfter: Int?
}

/// What came of a message, as far as its sender is told.
public enum CallbackResult: Sendable {
    /// Recorded and durable. The outcome's name is that of the settlement, such as `settled` or `duplicate`.
    case recorded(outcome: String, paymentRequestID: String?)
    case probe
    /// The transaction was told before with other content; nothing changed.
    case conflict
    case refused(CallbackRefusal)
    /// Too busy, or the database is away; nothing was recorded.
    case unavailable(retryAfterSeconds: Int)
    case failed
}

extension Acknowledgement {
    /// HTTP 200 with a JSON body.
    static func json(_ body: JSON) -> Acknowledgement {
        Acknowledgement(status: 200, contentType: "application/json", body: body.bytes)
    }
}

/// `{"success": true}` once it is recorded (payOS, Casso); anything but 2xx is sent again.
enum SuccessAcknowledgement {
    static func make(_ result: CallbackResult) -> Acknowledgement {
        switch result {
        case .recorded, .probe: .json(["success": true])
        case .conflict, .refused, .unavailable, .failed: PlainAcknowledgement.make(result)
        }
    }
}

/// Answers of the profiles that leave them to us: 2xx is delivered, anything else is sent again.
enum PlainAcknowledgement {
    static func make(_ result: CallbackResult) -> Acknowledgement {
        switch result {
        case .recorded(let outcome, let id):
            var members = [JSON.Member("outcome", .string(outcome))]
            if let id { members.append(JSON.Member("payment_request_id", .string(id))) }
            return .json(.object(members))
        case .probe: return .json(["outcome": "probe"])
        case .conflict:
            return problem(
                409,
                "conflict",
                "Conflict",
                "This transaction was reported before with other content. The first report stands; staff have been told.",
                [JSON.Member("outcome", "conflict")]
            )
        case .refused(let refusal):
            let (status, title) = statusAndTitle(refusal.reason)
            let fault: JSON = ["pointer": .string(refusal.field), "reason": .string(refusal.message)]
            return problem(
                status,
                "callback-" + refusal.reason.rawValue.replacing("_", with: "-"),
                title,
                "\(refusal.field.isEmpty ? "" : refusal.field + ": ")\(refusal.message)",
                [JSON.Member("errors", [fault])]
            )
        case .unavailable(let seconds):
            var answer = problem(
                503,
                "overloaded",
                "Try again shortly",
                "Nothing was recorded. Send the notice again after \(seconds) s.",
                []
            )
            answer.retryAfter = seconds
            return answer
        case .failed:
            return problem(
                500,
                "internal-failure",
                "Internal failure",
                "Nothing was recorded. Send the notice again.",
                []
            )
        }
    }

    private static func statusAndTitle(_ reason: CallbackRefusal.Reason) -> (Int, String) {
        switch reason {
        case .signatureMissing, .signatureMalformed, .signatureMismatch, .timestampOutOfWindow:
            (401, "The signature does not hold")
        case .bodyMalformed: (400, "The body cannot be read")
        case .methodNotAllowed: (405, "Method not allowed")
        case .fieldMissing, .fieldInvalid, .currencyUnsupported, .accountMismatch: (422, "A field is not acceptable")
        }
    }

    private static func problem(
        _ status: Int,
        _ type: String,
        _ title: String,
        _ detail: String,
        _ more: [JSON.Member]
    ) -> Acknowledgement {
        let members: [JSON.Member] =
            [
                .init("type", .string("urn:khop:problem:\(type)")), .init("title", .string(title)),
                .init("status", .integer(status)), .init("detail", .string(detail)),
            ] + more
        return Acknowledgement(
            status: status,
            contentType: "application/problem+json",
            body: JSON.object(members).bytes
        )
    }
}
