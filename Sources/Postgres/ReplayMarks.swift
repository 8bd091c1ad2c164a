import Values

/// How far the primary's log was at moments that are known: a standby that has replayed as far knows everything that had been
/// committed by then.
///
/// Nothing else says honestly how far behind a standby is. The time of the last transaction that it replayed is old on every
/// quiet night, and a standby that was cut off has replayed all that it received. No clock but this machine's is asked.
struct ReplayMarks: Sendable {
    /// What is known of a moment.
    struct Mark: Sendable, Hashable {
        /// The position in the log, in bytes.
        let position: Int64
        /// The moment by the clock on the wall, for people.
        let at: Instant
        /// The moment by a clock that never jumps, for measuring.
        let tick: ContinuousClock.Instant
    }

    /// So many are kept; a standby that lags by more of them is behind by an unknown time.
    static let most = 600

    /// The oldest first, their positions ascending.
    private(set) var marks: [Mark] = []
    private var timeline = ""

    /// - Parameter timeline: the history that the log belongs to. Another one begins with another primary, on which positions
    ///   mean something else.
    mutating func add(_ mark: Mark, timeline: String) {
        if timeline != self.timeline || marks.last.map({ $0.position > mark.position }) ?? false { marks = [] }
        self.timeline = timeline
        marks.append(mark)
        if marks.count > ReplayMarks.most { marks.removeFirst(marks.count - ReplayMarks.most) }
    }

    /// The last moment of which a standby knows everything; `nil` if none is known.
    func newest(replayed position: Int64) -> Mark? { marks.last { $0.position <= position } }
}
