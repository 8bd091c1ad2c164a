import Matching
public import Values
public import Workflow

/// The result of a confirmation.
public struct ConfirmedRecoveries: Sendable {
    public let statementID: Int64
    /// The lines that settled their requests.
    public let lines: Int
    public let total: Money
    /// The lines that became cases.
    public let cases: [Left]

    /// A line that pays nothing.
    public struct Left: Sendable {
        let waiting: WaitingLine
        public let kind: CaseKind
        public let reason: Reason
        /// Whether the person turned it down; otherwise it no longer fitted its request.
        public let isRejected: Bool
        public internal(set) var caseID: Int64?

        public var lineID: Int64 { waiting.line.id }
        public var lineNumber: Int32 { waiting.number }
        /// The amount of the line that stays in suspense.
        public var amount: Money { waiting.total }

        init(waiting: WaitingLine, kind: CaseKind, reason: Reason, isRejected: Bool) {
            self.waiting = waiting
            self.kind = kind
            self.reason = reason
            self.isRejected = isRejected
        }

        func json(in language: Language?) -> JSON {
            let head: [JSON.Member] = [
                .init("line_id", .integer(lineID)), .init("line_number", .integer(Int64(lineNumber))),
                .init("amount", .money(amount)), .init("is_rejected", .bool(isRejected)),
                .init("kind", .string(kind.rawValue)), .init("case_id", caseID.map { .integer($0) } ?? .null),
            ]
            return .object(head + (language.map { reason.members(in: $0) } ?? [.init("reason", reason.json)]))
        }
    }

    /// What `khop statement confirm --json` prints and the API returns.
    public func json(in language: Language) -> JSON { content(in: language) }

    /// - Parameter language: `nil` to omit sentences.
    func content(in language: Language?) -> JSON {
        let rejected = cases.count(where: \.isRejected)
        return [
            "statement_id": .integer(statementID), "confirmed": .integer(lines), "amount_confirmed": .money(total),
            "rejected": .integer(rejected), "no_longer_fit": .integer(cases.count - rejected),
            "cases": .array(cases.map { $0.json(in: language) }),
        ]
    }
}
