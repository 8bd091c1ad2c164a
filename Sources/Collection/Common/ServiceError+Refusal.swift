public import Workflow

extension ServiceError {
    /// The error for a refusal: 422 for a wrong field, 409 for a state that prevents it, and 403 if another person must
    /// do it.
    public init(_ refusal: Refusal) {
        switch refusal.kind {
        case .field(let pointer):
            self.init(.invalidBody, refusal.reason, faults: [Fault(pointer, refusal.reason.phrase)])
        case .state: self.init(.conflict, refusal.reason)
        case .person: self.init(.forbidden, refusal.reason)
        }
    }

    /// Runs work and converts its refusals to service errors.
    static func tellingRefusals<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let refusal as Refusal { throw ServiceError(refusal) }
    }
}
