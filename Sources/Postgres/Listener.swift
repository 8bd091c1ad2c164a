import CLibpq
import Glibc
import Synchronization

/// Waits for `NOTIFY` on its own connection and thread; it reconnects by itself.
public final class Listener: Sendable {
    private let isStopped = Mutex(false)
    /// How long one wait lasts before the thread checks whether to stop.
    private static let pollMilliseconds: Int32 = 200

    /// The signals, from the first connection on. At most 1,000 are buffered and the oldest are dropped, which loses
    /// nothing if the reader treats a signal only as a reason to check the database.
    public let signals: AsyncStream<Signal>

    /// Starts listening. Channel names must be fixed identifiers, never text from outside.
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
                    // The database is unavailable: its users report that. Here it is enough to retry, with growing
                    // pauses.
                    for _ in 0..<(pause * 5) where !isStopped.withLock({ $0 }) { usleep(200_000) }
                    pause = min(pause * 2, 10)
                }
            }
            continuation.finish()
        }
    }

    /// Stops listening and ends the stream within a fraction of a second.
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
