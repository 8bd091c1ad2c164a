import CLibpq
import Glibc
import Synchronization

/// What arrives on a channel that is listened to.
public enum Signal: Sendable, Hashable {
    /// The connection was made, or made again: something may have been missed, so look at everything once.
    case connected
    case notified(channel: String, payload: String)
}

/// A connection of its own that waits for `NOTIFY`, on a thread of its own; it reconnects by itself.
public final class Listener: Sendable {
    private let isStopped = Mutex(false)
    /// How long one wait lasts before the thread looks whether it should stop.
    private static let pollMilliseconds: Int32 = 200

    /// The signals, from the first connection on. At most 1,000 wait to be read; older ones give way, which loses nothing
    /// where the reader takes a notice as a reason to look, not as the news itself.
    public let signals: AsyncStream<Signal>

    /// Starts listening. Channel names are identifiers of our own, never text from outside.
    public init(_ options: DatabaseOptions, channels: [String]) {
        let (stream, continuation) = AsyncStream.makeStream(of: Signal.self, bufferingPolicy: .bufferingNewest(1000))
        signals = stream
        var options = options
        options.applicationName += " listener"
        let settled = options
        startThread { [self] in
            var pause: UInt32 = 1
            while !isStopped.withLock({ $0 }) {
                do {
                    try listen(settled, channels, continuation)
                    pause = 1
                } catch {
                    // The database is away: its users report that; here it is enough to try again, ever more slowly.
                    for _ in 0..<(pause * 5) where !isStopped.withLock({ $0 }) { usleep(200_000) }
                    pause = min(pause * 2, 10)
                }
            }
            continuation.finish()
        }
    }

    /// Ends the stream within a fraction of a second.
    public func stop() { isStopped.withLock { $0 = true } }

    private func listen(
        _ options: DatabaseOptions,
        _ channels: [String],
        _ continuation: AsyncStream<Signal>.Continuation
    ) throws {
        let session = try Session(options)
        for channel in channels { try session.script("listen \"\(channel)\"") }
        continuation.yield(.connected)
        while !isStopped.withLock({ $0 }) {
            var descriptor = pollfd(fd: PQsocket(session.pointer), events: Int16(POLLIN), revents: 0)
            poll(&descriptor, 1, Listener.pollMilliseconds)
            guard PQconsumeInput(session.pointer) == 1, !session.isBroken else {
                throw PostgresError(.connection, "the listening connection was lost")
            }
            while let notice = PQnotifies(session.pointer) {
                continuation.yield(
                    .notified(
                        channel: String(cString: notice.pointee.relname),
                        payload: String(cString: notice.pointee.extra)
                    )
                )
                PQfreemem(notice)
            }
        }
    }
}
