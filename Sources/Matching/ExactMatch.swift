public import Values

/// Pass `transaction_id`: a line with the bank's own id and the amount of a notice. Nearly all lines end here, so the
/// pass reads only the fields it needs.
public struct ExactMatch: Sendable {
    /// The fields of a line that this pass needs.
    public struct LineHead: Sendable {
        public let id: Int64
        public let key: LineKey?
        public let bookedAt: Instant

        public init(id: Int64, key: LineKey?, bookedAt: Instant) {
            self.id = id
            self.key = key
            self.bookedAt = bookedAt
        }
    }

    /// A line and the notice that it confirms, as positions in the arguments.
    public struct Pair: Sendable, Hashable {
        public let line: Int
        public let notice: Int
    }

    /// In the order of lines.
    public private(set) var pairs: [Pair] = []
    /// Positions of the lines that are left.
    public private(set) var openLines: [Int] = []
    /// Positions of the notices that are left.
    public private(set) var openNotices: [Int] = []

    /// Pairs each notice with the first line, by time and id, that has its transaction id and amount.
    public init(lines: [LineHead], notices: [OpenNotice]) {
        var places: [LineKey: Int] = [:]
        places.reserveCapacity(notices.count)
        for (place, notice) in notices.enumerated() where places[notice.key] == nil { places[notice.key] = place }
        var lineOfNotice = [Int](repeating: -1, count: notices.count)
        for (place, line) in lines.enumerated() {
            guard let key = line.key, let notice = places[key] else { continue }
            let known = lineOfNotice[notice]
            if known < 0 || (line.bookedAt, line.id) < (lines[known].bookedAt, lines[known].id) {
                lineOfNotice[notice] = place
            }
        }
        var noticeOfLine = [Int](repeating: -1, count: lines.count)
        for (notice, line) in lineOfNotice.enumerated() {
            if line >= 0 { noticeOfLine[line] = notice } else { openNotices.append(notice) }
        }
        for (line, notice) in noticeOfLine.enumerated() {
            if notice >= 0 {
                pairs.append(Pair(line: line, notice: notice))
            } else {
                openLines.append(line)
            }
        }
    }
}
