import Casework
import Collection
import Synchronization

/// A mail server of the test's own, that does what it is told and keeps what it was handed.
final class RecordingSender: MessageSender {
    private let state = Mutex<(sent: [ComposedMessage], answers: [MessageAnswer])>(([], []))
    private let usual: MessageAnswer

    /// - Parameter usual: what it answers unless it is told otherwise.
    init(_ usual: MessageAnswer = .sent) { self.usual = usual }

    /// All that it was handed, whatever it answered.
    var sent: [ComposedMessage] { state.withLock { $0.sent } }
    /// `kind address` of each, in order.
    var told: [String] { sent.map { "\($0.kind.rawValue) \($0.address)" } }

    /// What it answers to the next ones.
    func answer(_ answers: MessageAnswer...) { state.withLock { $0.answers += answers } }

    func send(_ message: ComposedMessage) async -> MessageAnswer {
        state.withLock { state in
            state.sent.append(message)
            return state.answers.isEmpty ? usual : state.answers.removeFirst()
        }
    }
}
