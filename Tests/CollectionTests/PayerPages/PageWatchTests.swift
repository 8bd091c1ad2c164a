import Collection
import Foundation
import TestSupport
import Testing

/// Open pages are limited.
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
}
