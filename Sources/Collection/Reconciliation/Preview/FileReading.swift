import Dispatch
import Matching
import Postgres
import Statements
import Synchronization
import Values

/// A file that is read on a thread of its own, while the connection's thread reads the notices.
final class FileReading: Sendable {
    /// The lines as a run would see them after an import.
    struct Lines: Sendable {
        let incoming: IncomingLines
        let summary: StatementSummary
        let format: StatementFormat?
    }

    /// A line is of a day for which there is a statement already: whether it is known is for PostgreSQL to say.
    struct Overlaps: Error {}

    private let result = Mutex<Result<Lines, any Error>?>(nil)
    private let isStopped = Atomic(false)
    private let done = DispatchSemaphore(value: 0)

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - firstID: the id that the first line would have.
    ///   - days: the days of the account's statements.
    init(_ file: StatementFile, firstID: Int64, days: [ClosedRange<Day>]) {
        DispatchQueue.global().async { [self] in
            let read = Result { try self.read(file, firstID, days) }
            result.withLock { $0 = read }
            done.signal()
        }
    }

    /// The lines, once all are read; called once. Throws ``Overlaps``, and what reading throws.
    func lines() throws -> Lines {
        done.wait()
        done.signal()
        guard let read = result.withLock({ $0 }) else { preconditionFailure("it is done") }
        return try read.get()
    }

    /// Ends the reading if it is not over, and waits until it has ended.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        done.wait()
        done.signal()
    }

    private func read(_ file: StatementFile, _ firstID: Int64, _ days: [ClosedRange<Day>]) throws -> Lines {
        let aside = try LinesAside()
        var incoming = IncomingLines(firstID: firstID, aside: aside)
        var lastDay: Day?
        let (summary, format) = try file.lines { line in
            guard !isStopped.load(ordering: .relaxed) else { throw CancellationError() }
            let day = line.bookedAt.day
            if day != lastDay {
                guard !days.contains(where: { $0.contains(day) }) else { throw Overlaps() }
                lastDay = day
            }
            incoming.append(Int32(line.lineNumber), line.transactionID, line.amount, line.bookedAt)
            try aside.add(line)
        }
        // A file without lines is of no day: whether it was imported before is for its hash to say.
        guard summary.lines > 0 else { throw Overlaps() }
        try aside.finish()
        return Lines(
            incoming: summary.isNewestFirst ? incoming.reversed() : incoming,
            summary: summary,
            format: format
        )
    }
}
