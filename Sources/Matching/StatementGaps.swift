public import Values
public import Workflow

/// Finds gaps between the statements of an account: a gap is an opening balance minus the balance carried forward.
/// Statements may arrive in any order, overlap, and lack balances.
///
/// A new statement may fill the gap before any statement that begins later, so all of those are judged, mostly without
/// reading their lines.
public struct StatementGaps: Sendable {
    /// The days and balances of a statement.
    public struct Statement: Sendable, Hashable {
        public let id: Int64
        public let firstDay: Day
        public let lastDay: Day
        public let opening: Money?
        public let closing: Money?

        public init(id: Int64, firstDay: Day, lastDay: Day, opening: Money?, closing: Money?) {
            self.id = id
            self.firstDay = firstDay
            self.lastDay = lastDay
            self.opening = opening
            self.closing = closing
        }
    }

    /// Days of lines, the last one excluded.
    public struct Days: Sendable, Hashable {
        public let from: Day
        public let until: Day
    }

    /// What the account's lines say about statements whose balances alone do not explain them.
    public struct Lines: Sendable {
        /// The sum of the lines on each range of days.
        public var sums: [Days: Money] = [:]
        /// Statements whose opening balance is the running balance of a line of another one on their first day.
        public var continued: Set<Int64> = []

        public init() {}
    }

    /// The gap of a statement; a `nil` reason means that it has none.
    public struct Judgement: Sendable, Hashable {
        public let statementID: Int64
        public let gap: Money
        public let reason: Reason?
        /// The balance carried forward, if the statement does not match it.
        public let expected: Money?
    }

    /// A balance before the statement, and the days whose lines are added to it.
    private struct Lead {
        let balance: Money
        let days: Days?
    }

    private let statements: [Statement]
    /// The statements judged, in the order of their days.
    private let judged: [Statement]
    /// Those whose balances alone do not explain them.
    public let unexplained: [Statement]
    /// The days whose lines must be summed to explain them.
    public let days: Set<Days>

    /// - Parameters:
    ///   - new: the statement that arrived; nothing is judged if it has no lines.
    ///   - statements: all statements of the account that have lines, including this one.
    public init(new: Int64, statements: [Statement]) {
        self.init(from: statements.first { $0.id == new }?.firstDay, statements: statements)
    }

    /// - Parameters:
    ///   - first: the day from which statements are judged: the first day of one that arrived or was undone; `nil` for
    ///     none.
    ///   - statements: all statements of the account that have lines.
    public init(from first: Day?, statements: [Statement]) {
        self.statements = statements
        judged = statements.filter { statement in
            statement.opening != nil && first.map { statement.firstDay >= $0 } ?? false
        }.sorted { ($0.firstDay, $0.id) < ($1.firstDay, $1.id) }
        unexplained = judged.filter { statement in
            guard !Self.isPart(statement, of: statements) else { return false }
            let leads = Self.leads(to: statement, statements)
            return !leads.isEmpty && !leads.contains { $0.days == nil && $0.balance == statement.opening }
        }
        days = Set(unexplained.flatMap { Self.leads(to: $0, statements).compactMap(\.days) })
    }

    /// The gap of every statement judged.
    public func judgements(_ lines: Lines) -> [Judgement] {
        let open = Set(unexplained.map(\.id))
        return judged.map { statement in
            let follows = Judgement(statementID: statement.id, gap: .zero, reason: nil, expected: nil)
            guard open.contains(statement.id), !lines.continued.contains(statement.id) else { return follows }
            return Self.gap(statement, Self.leads(to: statement, statements), lines) ?? follows
        }
    }

    /// Whether a balance is known to which the opening balance of a statement can be compared.
    public func isLed(_ id: Int64) -> Bool {
        judged.contains { statement in
            statement.id == id
                && (Self.isPart(statement, of: statements) || !Self.leads(to: statement, statements).isEmpty)
        }
    }

    /// Whether the statement continues another part of its day, or repeats it.
    private static func isPart(_ statement: Statement, of statements: [Statement]) -> Bool {
        statements.contains { other in
            guard other.id != statement.id else { return false }
            return other.lastDay == statement.firstDay && other.closing == statement.opening
                || other.firstDay == statement.firstDay && other.opening == statement.opening && other.id < statement.id
        }
    }

    /// The balances carried forward to a statement: from a part of the same day, from the one that ended before it, and
    /// from one that overlaps it.
    private static func leads(to statement: Statement, _ statements: [Statement]) -> [Lead] {
        let first = statement.firstDay
        let closed = statements.filter { $0.closing != nil }
        // A part of the day that begins with the balance this one ends with follows it, even if it was imported first.
        let part = closed.filter {
            $0.lastDay == first && ($0.firstDay < first || $0.id < statement.id && $0.opening != statement.closing)
        }.max { $0.id < $1.id }
        let before = closed.filter { $0.lastDay < first }.max { ($0.lastDay, $0.id) < ($1.lastDay, $1.id) }
        let around = statements.filter { $0.opening != nil && $0.firstDay < first && $0.lastDay >= first }
            .max { ($0.firstDay, $0.id) < ($1.firstDay, $1.id) }
        var leads: [Lead] = []
        if let balance = part?.closing { leads.append(Lead(balance: balance, days: nil)) }
        if let before, let balance = before.closing {
            let from = before.lastDay.next
            leads.append(Lead(balance: balance, days: from < first ? Days(from: from, until: first) : nil))
        }
        if let around, let balance = around.opening {
            leads.append(Lead(balance: balance, days: Days(from: around.firstDay, until: first)))
        }
        return leads
    }

    /// The gap to the first balance carried forward, unless another one matches; `nil` if there is none.
    private static func gap(_ statement: Statement, _ leads: [Lead], _ lines: Lines) -> Judgement? {
        guard let opening = statement.opening else { return nil }
        let expected = leads.map { lead in lead.balance + (lead.days.flatMap { lines.sums[$0] } ?? .zero) }
        guard let first = expected.first else { return nil }
        let follows = expected.contains(opening)
        return Judgement(
            statementID: statement.id,
            gap: follows ? .zero : opening - first,
            reason: follows ? nil : .statementGap(found: opening, expected: first),
            expected: follows ? nil : first
        )
    }
}
