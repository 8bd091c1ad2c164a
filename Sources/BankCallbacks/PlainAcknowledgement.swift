import Values

/// The response for profiles that do not prescribe one: 2xx means delivered; otherwise the message is sent again.
enum PlainAcknowledgement {
    static func make(_ result: CallbackResult, _ language: Language) -> Acknowledgement {
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
                Phrase(vi: "Thông báo mâu thuẫn", en: "Conflict"),
                Phrase(
                    vi:
                        "Giao dịch này đã được báo trước đó với nội dung khác. Thông báo đầu tiên được giữ; cán bộ đã được báo.",
                    en:
                        "This transaction was reported before with other content. The first report stands; staff have been informed."
                ),
                language,
                [JSON.Member("outcome", "conflict")]
            )
        case .refused(let refusal):
            let (status, title) = statusAndTitle(refusal.reason)
            let fault: JSON = ["pointer": .string(refusal.field), "reason": .string(refusal.message[language])]
            return problem(
                status,
                "callback-" + refusal.reason.rawValue.replacing("_", with: "-"),
                title,
                refusal.message.prefixed(by: refusal.field.isEmpty ? "" : refusal.field + ": "),
                language,
                [JSON.Member("errors", [fault])]
            )
        case .unavailable(let seconds):
            var answer = problem(
                503,
                "overloaded",
                Phrase(vi: "Vui lòng gửi lại sau", en: "Try again shortly"),
                Phrase(
                    vi: "Chưa ghi nhận gì. Hãy gửi lại thông báo sau \(seconds) giây.",
                    en: "Nothing was recorded. Send the notice again after \(seconds) s."
                ),
                language,
                []
            )
            answer.retryAfter = seconds
            return answer
        case .failed:
            return problem(
                500,
                "internal-failure",
                Phrase(vi: "Lỗi hệ thống", en: "Internal failure"),
                Phrase(
                    vi: "Chưa ghi nhận gì. Hãy gửi lại thông báo.",
                    en: "Nothing was recorded. Send the notice again."
                ),
                language,
                []
            )
        }
    }

    private static func statusAndTitle(_ reason: CallbackRefusal.Reason) -> (Int, Phrase) {
        switch reason {
        case .signatureMissing, .signatureMalformed, .signatureMismatch, .timestampOutOfWindow:
            (401, Phrase(vi: "Chữ ký không hợp lệ", en: "The signature is not valid"))
        case .bodyMalformed: (400, Phrase(vi: "Không đọc được nội dung", en: "The body cannot be read"))
        case .methodNotAllowed: (405, Phrase(vi: "Phương thức không được hỗ trợ", en: "Method not allowed"))
        case .fieldMissing, .fieldInvalid, .currencyUnsupported, .accountMismatch, .merchantMismatch:
            (422, Phrase(vi: "Một trường không hợp lệ", en: "A field is not valid"))
        }
    }

    private static func problem(
        _ status: Int,
        _ type: String,
        _ title: Phrase,
        _ detail: Phrase,
        _ language: Language,
        _ more: [JSON.Member]
    ) -> Acknowledgement {
        let members: [JSON.Member] =
            [
                .init("type", .string("urn:khop:problem:\(type)")), .init("title", .string(title[language])),
                .init("status", .integer(status)), .init("detail", .string(detail[language])),
            ] + more
        return Acknowledgement(
            status: status,
            contentType: "application/problem+json",
            body: JSON.object(members).bytes
        )
    }
}
