import Collection
import HTTPTypes
import Hummingbird
import NIOCore
import Values

extension HTTPField.Name {
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
}

/// The stream of one open page: its new content whenever that differs from what the page shows, and a sign of life in between.
struct PayEvents: Sendable {
    /// What the page shows.
    let version: String
    /// The page as it was when the stream began.
    let part: PayRenderer.Part
    let watch: PageWatch
    let listener: PageWatch.Listener
    /// Whether it looks with each sign of life too: what is told of the requests of a basket is not all that its page says.
    let looksOften: Bool
    /// The page as it is now.
    let read: @Sendable () async throws -> PayRenderer.Part

    /// After which time a stream ends and the browser comes again, so that none is held for ever by a page forgotten in a tab.
    private static let lifetimeSeconds: Int64 = 3600

    init(
        version: String,
        part: PayRenderer.Part,
        watch: PageWatch,
        listener: PageWatch.Listener,
        looksOften: Bool = false,
        read: @escaping @Sendable () async throws -> PayRenderer.Part
    ) {
        self.version = version
        self.part = part
        self.watch = watch
        self.listener = listener
        self.looksOften = looksOften
        self.read = read
    }

    func write(to writer: inout any ResponseBodyWriter) async throws {
        defer { watch.close(listener) }
        let end = Instant.now().adding(seconds: PayEvents.lifetimeSeconds)
        // When the connection is lost, the browser comes again after two seconds.
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        var shown = version
        try await show(part, after: &shown, on: &writer)
        for await _ in listener.wakes {
            guard end > .now() else { break }
            if !watch.takeNews(listener) {
                try await writer.write(ByteBuffer(string: ":\n\n"))
                guard looksOften else { continue }
            }
            do {
                try await show(try await watch.look(read), after: &shown, on: &writer)
            } catch is ServiceError {
                break
            }
        }
        try await writer.finish(nil)
    }

    private func show(
        _ part: PayRenderer.Part,
        after shown: inout String,
        on writer: inout any ResponseBodyWriter
    ) async throws {
        guard part.version != shown else { return }
        shown = part.version
        let news: JSON = ["html": .string(part.html), "version": .string(shown), "title": .string(part.title)]
        try await writer.write(ByteBuffer(string: "event: page\nid: \(shown)\ndata: \(news.serialized)\n\n"))
    }
}
