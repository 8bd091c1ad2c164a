import Collection
import Synchronization
import Values

/// A portal's end of the line: keeps what it is sent and answers as it is told.
final class Portal: EventSender {
    struct Received: Sendable {
        let message: EventMessage

        func header(_ name: String) -> String { message.headers.first { $0.name == name }?.value ?? "" }
        var id: String { header("webhook-id") }
        var json: JSON { get throws { try JSON.parse(message.body) } }
        var type: String? { get throws { try json["type"]?.string } }
        var data: JSON { get throws { try json["data"] ?? .null } }
    }

    typealias Answer = @Sendable (_ received: Received, _ number: Int) async -> EventAnswer

    private let state: Mutex<(received: [Received], answer: Answer)>

    init(_ answer: @escaping Answer = { _, _ in .answered(status: 200) }) { state = Mutex(([], answer)) }

    var received: [Received] { state.withLock { $0.received } }

    func answers(_ answer: @escaping Answer) { state.withLock { $0.answer = answer } }

    /// Answers always with this status.
    func answers(_ status: Int) { answers { _, _ in .answered(status: status) } }

    func send(_ message: EventMessage) async -> EventAnswer {
        let received = Received(message: message)
        let (answer, number) = state.withLock { state in
            state.received.append(received)
            return (state.answer, state.received.count)
        }
        return await answer(received, number)
    }
}
