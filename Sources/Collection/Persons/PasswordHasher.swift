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
    private let decoy: Decoy

    init(cost: PasswordHash.Cost) {
        self.cost = cost
        decoy = Decoy(cost: cost)
    }

    /// What the password of an unknown account is compared with, so that the answer takes as long. It is made when the first
    /// password is checked, whoever's that is: most commands check none, and it takes a tenth of a second.
    private final class Decoy: Sendable {
        private let cost: PasswordHash.Cost
        private let made = Mutex<String?>(nil)

        init(cost: PasswordHash.Cost) { self.cost = cost }

        var hash: String {
            made.withLock { made in
                if let made { return made }
                let password = String(decoding: randomBytes(16).map { $0 & 127 }, as: UTF8.self)
                let hash = PasswordHash.hash(password, cost: cost) ?? ""
                made = hash
                return hash
            }
        }
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
        let decoy = decoy
        return try await run {
            let other = decoy.hash
            return PasswordHash.verifies(hash ?? other, password)
        } && hash != nil
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
