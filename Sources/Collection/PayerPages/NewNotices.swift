import Values

/// Which notices have not been seen yet, of those that are read again and again.
///
/// Ids are given out in another order than transactions commit. So the last second is read once more each time, and what was seen
/// is left out; what takes longer to commit is found by the rows of its request.
struct NewNotices {
    /// How many are read at once.
    static let maximum = 20_000
    /// How long an id may be given out before it is committed, in seconds.
    private static let windowSeconds: Int64 = 1

    /// All up to this one are known; `nil` before the beginning.
    private(set) var after: Int64?
    /// The highest that was seen, by when.
    private var marks: [(at: Instant, id: Int64)] = []
    private var seen: Set<Int64> = []

    mutating func begin(after last: Int64, at now: Instant) {
        after = last
        marks = [(now, last)]
        seen = []
    }

    /// Notes one that was read; whether it was not seen before.
    mutating func isNew(_ id: Int64) -> Bool { seen.insert(id).inserted }

    /// Moves on after everything was read.
    mutating func move(at now: Instant) {
        marks.append((now, max(seen.max() ?? 0, marks.last?.id ?? 0)))
        while marks.count > 1, marks[1].at.adding(seconds: NewNotices.windowSeconds) <= now { marks.removeFirst() }
        guard let first = marks.first, first.at.adding(seconds: NewNotices.windowSeconds) <= now,
            first.id > (after ?? 0)
        else { return }
        after = first.id
        seen = seen.filter { $0 > first.id }
    }
}
