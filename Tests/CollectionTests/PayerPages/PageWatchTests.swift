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
            let standing = PageWatch.Standing(stamp: 1, surroundings: "")
            let open = { (address: String) in try watch.open(id, at: standing, from: address) }
            let first = try open("2001:db8::1")
            // Whoever has one address of version 6 has many.
            _ = try open("2001:db8::2")
            #expect(throws: ServiceError.self) { _ = try open("2001:db8::3") }
            let other = try open("192.0.2.1")
            #expect(throws: ServiceError.self) { _ = try open("192.0.2.2") }
            watch.close(first)
            _ = try open("2001:db8::4")
            watch.end()
            for await _ in other.wakes {}
            #expect(throws: ServiceError.self) { _ = try open("192.0.2.3") }
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

    @Test func `a page is told of what changed since it read, and of nothing else`() async throws {
        try await TestDatabase.withServices { services in
            let request = try await Desk(services).request()
            let watch = services.pageWatch
            let old = try await watch.standing(of: request.id)
            let same = try watch.open(request.id, at: old, from: "192.0.2.1")
            #expect(!watch.takeNews(same))
            _ = try await services.paymentRequests.cancel(request.id)
            // It was made of the row as it is now; whoever is here already does not know that row yet.
            let new = try await watch.standing(of: request.id)
            #expect(new != old)
            let late = try watch.open(request.id, at: new, from: "192.0.2.1")
            #expect(watch.takeNews(late))
            let watching = Task { await watch.run { if !Task.isCancelled { Issue.record($0) } } }
            try await until("the change") { watch.takeNews(same) }
            // It is over before its database is.
            watching.cancel()
            await watching.value
            let after = try watch.open(request.id, at: new, from: "192.0.2.1")
            #expect(!watch.takeNews(after))
            watch.end()
        }
    }

    @Test func `a page of no request has no standing`() async throws {
        try await TestDatabase.withServices { services in
            let error = await #expect(throws: ServiceError.self) {
                _ = try await services.pageWatch.standing(of: UUID())
            }
            #expect(error?.code == .notFound)
        }
    }
}
