public import Values

/// A machine of any type, in the form in which it is drawn and compared.
public struct StateDiagram: Sendable {
    public let machine: String
    public let title: Phrase
    /// Codes and words.
    public let states: [(code: String, words: Phrase)]
    public let beginnings: [(event: String, state: String)]
    public let transitions: [Row]

    /// One allowed change, by codes.
    public struct Row: Sendable, Hashable {
        public let from: String
        public let event: String
        public let to: String

        public init(from: String, event: String, to: String) {
            self.from = from
            self.event = event
            self.to = to
        }
    }

    init<Machine: StateMachine>(_ type: Machine.Type) {
        machine = type.machine
        title = type.title
        states = type.allCases.map { ($0.rawValue, $0.words) }
        beginnings = type.beginnings.map { ($0.event, $0.state.rawValue) }
        transitions = type.transitions.map {
            Row(from: $0.from.rawValue, event: $0.event.rawValue, to: $0.to.rawValue)
        }
    }

    /// Every machine.
    public static let all: [StateDiagram] = [
        StateDiagram(PaymentRequestState.self), StateDiagram(RefundState.self), StateDiagram(CaseState.self),
        StateDiagram(CaseProposalState.self), StateDiagram(StatementState.self),
        StateDiagram(RecoveryProposalState.self), StateDiagram(ShiftState.self),
        StateDiagram(RemittanceState.self), StateDiagram(ProviderReceiptState.self),
        StateDiagram(EventDeliveryState.self), StateDiagram(PayerMessageState.self),
        StateDiagram(PlatformPaymentState.self),
    ]

    /// The machine as a Mermaid state diagram.
    public var mermaid: String {
        let left = Set(transitions.map(\.from))
        let ends = states.map(\.code).filter { !left.contains($0) }
        let lines =
            ["stateDiagram-v2"] + beginnings.map { "    [*] --> \($0.state): \($0.event)" }
            + transitions.map { "    \($0.from) --> \($0.to): \($0.event)" } + ends.map { "    \($0) --> [*]" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// All machines as a page: docs/states.md.
    public static var page: String {
        let head = """
            # States

            Written by `khop states`; a test holds this page to the program, and the program to the database. Each table of
            allowed changes is a type of `Sources/Workflow/States`; the database refuses any other change (`state_transition`).

            """
        return head + all.map { "\n" + $0.section }.joined()
    }

    private var section: String {
        let rows = states.map { "| `\($0.code)` | \($0.words.vietnamese) | \($0.words.english) |\n" }.joined()
        return """
            ## \(title.english): \(title.vietnamese)

            ```mermaid
            \(mermaid)```

            | state | Vietnamese | English |
            | --- | --- | --- |
            \(rows)
            """
    }
}
