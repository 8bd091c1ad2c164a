public import Workflow

extension ServiceError {
    /// A decision against what was asked, as the caller is told: a wrong field is 422, a state in the way 409, and 403 if
    /// another person must do it.
    public init(_ refusal: Refusal) {
        switch refusal.kind {
        case .field(let pointer):
            self.init(.invalidBody, refusal.reason, faults: [Fault(pointer, refusal.reason.phrase)])
        case .state: self.init(.conflict, refusal.reason)
        case .person: self.init(.forbidden, refusal.reason)
        }
    }

    /// Runs work whose refusals the caller is told.
    static func tellingRefusals<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let refusal as Refusal { throw ServiceError(refusal) }
    }
}
