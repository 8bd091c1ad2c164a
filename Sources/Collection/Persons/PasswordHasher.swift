import Cryptography
import Dispatch
import Synchronization
import Values

/// Hashes and checks passwords, one at a time and away from the threads that answer: each takes its time and memory on
/// purpose, and a crowd of logins must not take the machine.
final class PasswordHasher: Sendable {
    let cost: PasswordHash.Cost
    private let queue = DispatchQueue(label: "khop.passwords")
    private let waiting = Mutex(0)
    /// More are refused: they would wait for seconds.
    private static let maximumWaiting = 32
    /// What the password of an unknown account is compared with, so that the answer takes as long.
    private let decoy: String

    init(cost: PasswordHash.Cost) {
        self.cost = cost
        decoy = PasswordHash.hash(String(decoding: randomBytes(16).map { $0 & 127 }, as: UTF8.self), cost: cost) ?? ""
    }

    /// A new hash.
    func hash(_ password: String) async throws -> String {
        let cost = cost
        guard let hash = try await run({ PasswordHash.hash(password, cost: cost) }) else {
            throw ServiceError.tooManyWait
        }
        return hash
    }

    /// Whether a hash is of the password; without a hash it takes as long, and is not.
    func verifies(_ hash: String?, _ password: String) async throws -> Bool {
        let compared = hash ?? decoy
        return try await run { PasswordHash.verifies(compared, password) } && hash != nil
    }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws -> Value {
        let isTaken = waiting.withLock { waiting in
            guard waiting < PasswordHasher.maximumWaiting else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { throw ServiceError.tooManyWait }
        defer { waiting.withLock { $0 -= 1 } }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
