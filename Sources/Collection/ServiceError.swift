import Postgres

/// What a use case refuses, in words that may be shown to the caller, and a code that stays the same.
public struct ServiceError: Error, Sendable, CustomStringConvertible {
    public let code: Code
    /// What was wrong and what to do: for the caller.
    public let message: String
    /// One entry a field that was wrong.
    public let faults: [Fault]

    /// A field of the caller's input and what was wrong with it.
    public struct Fault: Sendable, Hashable {
        /// A JSON pointer into the body, or the name of a parameter.
        public let pointer: String
        public let reason: String

        public init(_ pointer: String, _ reason: String) {
            self.pointer = pointer
            self.reason = reason
        }
    }

    public init(_ code: Code, _ message: String, faults: [Fault] = []) {
        self.code = code
        self.message = message
        self.faults = faults
    }

    /// One fault in one field.
    public init(_ code: Code, at pointer: String, _ reason: String) {
        self.init(code, reason, faults: [Fault(pointer, reason)])
    }

    public var description: String {
        guard faults.count > 1 || faults.first.map({ $0.reason != message }) == true else { return message }
        return ([message] + faults.map { "  \($0.pointer): \($0.reason)" }).joined(separator: "\n")
    }

    /// The stable codes; each is the last part of a problem's `type`.
    public enum Code: String, Sendable, CaseIterable {
        case invalidBody = "invalid-body"
        case invalidParameter = "invalid-parameter"
        case notAssessable = "not-assessable"
        case notFound = "not-found"
        case unauthenticated = "unauthenticated"
        case forbidden = "forbidden"
        case conflict = "conflict"
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
    /// What a caller may be told of an error that no use case expected.
    public init(unexpected error: any Error) {
        if let error = error as? ServiceError {
            self = error
        } else if let error = error as? PostgresError, error.isUnavailable {
            self.init(.databaseUnavailable, "The database cannot be reached right now. Send the request again shortly.")
        } else {
            self.init(.internalFailure, "Something failed on our side. It has been logged under this request's id.")
        }
    }
}
