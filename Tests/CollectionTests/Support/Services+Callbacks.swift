import BankCallbacks
import Collection

extension Services {
    /// What came of a message to a connection: an outcome, or the reason of a refusal.
    func word(_ message: SignedMessage, to name: String) async throws -> String {
        guard case .answered(_, let result) = try await callbacks.receive(message, connection: name, from: "192.0.2.1")
        else {
            return "unknown"
        }
        return switch result {
        case .recorded(let outcome, _): outcome
        case .refused(let refusal): refusal.reason.rawValue
        case .conflict: "conflict"
        case .probe, .unavailable, .failed: "other"
        }
    }
}

extension Services {
    /// A callback without headers as it would be kept.
    func sealedRaw(_ body: String) async throws -> [UInt8] {
        try await rawMessages.sealer(at: .now()).seal(.init(headers: "", body: Array(body.utf8)))
    }
}
