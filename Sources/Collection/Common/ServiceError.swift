import Postgres
public import Values
public import Workflow

/// Why a use case refuses: a stable code, and a message for the caller in both languages.
public struct ServiceError: Error, Sendable, CustomStringConvertible {
    public let code: Code
    /// What was wrong and what the caller can do.
    public let phrase: Phrase
    /// Why, as a code and its values, if the refusal is based on a decision.
    public let reason: Reason?
    /// One entry for each field that was wrong.
    public let faults: [Fault]
    /// After how many seconds another try makes sense, if it is known.
    public private(set) var retryAfter: Int64?

    /// A field of the caller's input and what was wrong with it.
    public struct Fault: Sendable, Hashable {
        /// A JSON pointer into the body, or the name of a parameter.
        public let pointer: String
        public let reason: Phrase

        public init(_ pointer: String, _ reason: Phrase) {
            self.pointer = pointer
            self.reason = reason
        }
    }

    public init(_ code: Code, _ phrase: Phrase, faults: [Fault] = []) {
        self.code = code
        self.phrase = phrase
        reason = nil
        self.faults = faults
    }

    /// A refusal that is based on a decision; its message is the sentence of the reason.
    public init(_ code: Code, _ reason: Reason, faults: [Fault] = []) {
        self.code = code
        phrase = reason.phrase
        self.reason = reason
        self.faults = faults
    }

    /// One fault in one field; the message names the field.
    public init(_ code: Code, at pointer: String, _ reason: Phrase) {
        self.init(code, reason.prefixed(by: "\(pointer): "), faults: [Fault(pointer, reason)])
    }

    /// The same error, with the seconds to wait.
    func retrying(after seconds: Int64) -> ServiceError {
        var error = self
        error.retryAfter = seconds
        return error
    }

    /// What was wrong and what to do.
    public func message(in language: Language) -> String { phrase[language] }

    /// The message, and on lines of their own the faults that it does not contain.
    public func text(in language: Language) -> String {
        let message = phrase[language]
        let isRepeated = faults.contains { message.contains($0.reason[language]) }
        if faults.count <= 1, isRepeated || faults.isEmpty { return message }
        let lines = faults.map { "\($0.pointer): \($0.reason[language])" }
        return isRepeated
            ? lines.joined(separator: "\n") : ([message] + lines.map { "  " + $0 }).joined(separator: "\n")
    }

    /// ``text(in:)`` in the language of the terminal.
    public var description: String { text(in: .ofTerminal) }

    /// The stable codes; each is the last part of a problem's `type`.
    public enum Code: String, Sendable, CaseIterable {
        case invalidBody = "invalid-body"
        case invalidParameter = "invalid-parameter"
        case notAssessable = "not-assessable"
        case notFound = "not-found"
        case unauthenticated = "unauthenticated"
        case forbidden = "forbidden"
        case tooManyAttempts = "too-many-attempts"
        case tooManyRequests = "too-many-requests"
        case conflict = "conflict"
        case alreadyRunning = "already-running"
        case idempotencyMismatch = "idempotency-key-reused"
        case catalogueFaulty = "catalogue-faulty"
        case statementRejected = "statement-rejected"
        case tooLarge = "body-too-large"
        case overloaded = "overloaded"
        case databaseUnavailable = "database-unavailable"
        case internalFailure = "internal-failure"
    }
}

extension ServiceError {
    /// What a caller may learn about an error that no use case expected.
    public init(unexpected error: any Error) {
        if let error = error as? ServiceError {
            self = error
        } else if let error = error as? PostgresError, error.isUnavailable {
            self.init(
                .databaseUnavailable,
                Phrase(
                    vi: "Hiện không kết nối được cơ sở dữ liệu. Vui lòng gửi lại yêu cầu sau ít phút.",
                    en: "The database cannot be reached right now. Send the request again shortly."
                )
            )
        } else if let error = error as? PostgresError, error.isTimeout {
            self = .lockedTooLong
        } else {
            self.init(
                .internalFailure,
                Phrase(
                    vi: "Hệ thống gặp lỗi khi xử lý. Lỗi đã được ghi vào nhật ký theo mã của yêu cầu này.",
                    en: "Something failed on our side. It has been logged under this request's id."
                )
            )
        }
    }
}

extension ServiceError {
    /// More waits than is taken on.
    static let tooManyWait = ServiceError(
        .overloaded,
        Phrase(
            vi: "Quá nhiều yêu cầu đang chờ. Vui lòng gửi lại sau thời gian trong Retry-After.",
            en: "Too many requests are waiting. Send this one again after the time in Retry-After."
        )
    )

    /// What the work needs was locked by others for too long.
    static let lockedTooLong = ServiceError(
        .overloaded,
        Phrase(
            vi: "Dữ liệu đang được xử lý bởi một thao tác khác. Vui lòng gửi lại yêu cầu sau ít phút.",
            en: "Another operation is using what this one needs. Send the request again shortly."
        )
    )

    /// Matching found a recovery that settlement refused. This is a bug, because both read the same locked facts.
    static func recoveryRefused(line: Int64, reference: String) -> ServiceError {
        ServiceError(
            .internalFailure,
            Phrase(
                vi:
                    "Dòng sao kê \(line) không hạch toán được cho \(reference): lỗi của chương trình, không có gì được ghi.",
                en: "Line \(line) could not be settled for \(reference): a fault of the program; nothing was written."
            )
        )
    }
}
