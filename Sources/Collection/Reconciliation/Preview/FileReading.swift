import Matching
import Statements
import Synchronization
import Values

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that is read on a thread of its own, while the connection's thread reads the notices. Whoever begins it stops it.
final class FileReading: @unchecked Sendable {
    /// The lines as a run would see them after an import.
    struct Lines: Sendable {
        let incoming: IncomingLines
        let summary: StatementSummary
        let format: StatementFormat?
    }

    /// A line is of a day for which there is a statement already: whether it is known is for PostgreSQL to say.
    struct Overlaps: Error {}

    private let isStopped = Atomic(false)
    private var thread = pthread_t()
    private var isJoined = false
    /// Written by the thread; there once it has ended.
    private var result: Result<Lines, any Error>?

    /// What the thread is to read.
    private struct Work {
        let reading: FileReading
        let file: StatementFile
        let firstID: Int64
        let days: [ClosedRange<Day>]
    }

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - firstID: the id that the first line would have.
    ///   - days: the days of the account's statements.
    init(_ file: StatementFile, firstID: Int64, days: [ClosedRange<Day>]) {
        let work = UnsafeMutablePointer<Work>.allocate(capacity: 1)
        work.initialize(to: Work(reading: self, file: file, firstID: firstID, days: days))
        let failure = pthread_create(&thread, nil, FileReading.body, work)
        precondition(failure == 0, "no thread could be started")
    }

    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { given in
        guard let pointer = given?.assumingMemoryBound(to: Work.self) else { return nil }
        let work = pointer.move()
        pointer.deallocate()
        work.reading.result = Result { try work.reading.read(work.file, work.firstID, work.days) }
        return nil
    }

    /// The lines, once all are read. Throws ``Overlaps``, and what reading throws.
    func lines() throws -> Lines {
        join()
        guard let result else { preconditionFailure("the thread leaves a result") }
        return try result.get()
    }

    /// Ends the reading if it is not over, and waits until it has ended.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        join()
    }

    private func join() {
        guard !isJoined else { return }
        pthread_join(thread, nil)
        isJoined = true
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
