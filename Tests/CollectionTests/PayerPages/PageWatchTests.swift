import Collection
import Foundation
import PureSupport
import Synchronization
import TestSupport
import Testing

/// Open pages are limited, in number and in what they ask of the database.
@Suite struct PageWatchTests {
    @Test func `an office has its share, and an end is an end`() async throws {
        var limits = PageWatch.Limits()
        (limits.pages, limits.pagesPerAddress) = (3, 2)
        var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
        options.openPages = limits
        try await TestDatabase.withServices(options: options) { services in
            let watch = services.pageWatch
            let id = UUID()
            let first = try watch.open(id, from: "2001:db8::1")
            // Whoever has one address of version 6 has many.
            _ = try watch.open(id, from: "2001:db8::2")
            #expect(throws: ServiceError.self) { _ = try watch.open(id, from: "2001:db8::3") }
            let other = try watch.open(id, from: "192.0.2.1")
            #expect(throws: ServiceError.self) { _ = try watch.open(id, from: "192.0.2.2") }
            watch.close(first)
            _ = try watch.open(id, from: "2001:db8::4")
            watch.end()
            for await _ in other.wakes {}
            #expect(throws: ServiceError.self) { _ = try watch.open(id, from: "192.0.2.3") }
        }
    }

    /// How many are looking, and how many were at most.
    private final class Looks: Sendable {
        private let counts = Mutex((now: 0, most: 0, all: 0))

        var told: (now: Int, most: Int, all: Int) { counts.withLock { $0 } }

        func look() async {
            counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.all + 1) }
            await Task.yield()
            counts.withLock { $0.now -= 1 }
        }
    }

    @Test func `a thousand pages that are told at once read four at a time, and all of them do`() async throws {
        try await TestDatabase.withServices { services in
            let (watch, looks) = (services.pageWatch, Looks())
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<1000 { group.addTask { await watch.look { await looks.look() } } }
            }
            let told = looks.told
            #expect(told.now == 0 && told.most <= 4 && told.all == 1000, "\(told.most) at once")
        }
    }

    @Test func `a page looks once after its row was noted, and again when the row has changed`() async throws {
        try await TestDatabase.withServices { services in
            let request = try await Desk(services).request()
            let watch = services.pageWatch
            let watching = Task { await watch.run { Issue.record($0) } }
            defer { watching.cancel() }
            let listener = try watch.open(request.id, from: "192.0.2.1")
            #expect(!watch.takeNews(listener))
            try await until("the first look") { watch.takeNews(listener) }
            _ = try await services.paymentRequests.cancel(request.id)
            try await until("the change") { watch.takeNews(listener) }
            watch.end()
        }
    }
}
