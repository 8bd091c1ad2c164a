import Collection
import Foundation
import PureSupport
import Server
import Synchronization
import TestSupport
import Testing
import Values

/// What an open page is told.
@Suite struct PayEventsTests {
    private static func address(_ desk: PayDesk, _ asked: PayDesk.Asked) async throws -> String {
        let page = try await desk.page(asked.path).text
        let events = try #require(page.firstMatch(of: /data-events="([^"]+)"/)).1
        return desk.server.baseURL + events.replacing("&amp;", with: "&")
    }

    @Test func `each change reaches each open page, and nothing reaches one that knows it`() async throws {
        try await PayDesk.with { desk in
            let (mine, other) = (try await desk.ask(), try await desk.ask("H44-26-0002"))
            let one = try EventStream(try await Self.address(desk, mine))
            let two = try EventStream(try await Self.address(desk, mine))
            let quiet = try EventStream(try await Self.address(desk, other))
            defer { for stream in [one, two, quiet] { stream.end() } }
            for stream in [one, two, quiet] { try await stream.answered() }
            #expect(try one.head.contains("text/event-stream"))
            #expect(try await desk.pay(4000, mine.reference) == "partial")
            for stream in [one, two] {
                try await until("the first part") { try stream.news.count == 1 }
                #expect(try stream.news[0]["title"]?.string?.hasPrefix("6,000 ₫ · Part of it has arrived") == true)
            }
            #expect(try await desk.pay(6000, mine.reference) == "settled")
            for stream in [one, two] {
                try await until("the rest") { try stream.news.count == 2 }
                let html = try stream.news[1]["html"]?.string ?? ""
                #expect(html.contains(">Paid</h1>") && !html.contains("<html"))
            }
            // What the page shows then is what it would show if it was opened now.
            let page = try await desk.page(mine.path).text
            #expect(page.contains("data-version=\"\(try one.news[1]["version"]?.string ?? "?")\""))
            #expect(try quiet.news.isEmpty)
        }
    }

    @Test func `the page of a basket is told of each of its requests, and ends with none of them watched`() async throws
    {
        try await PayDesk.with { desk in
            let (basket, requests) = try await desk.basket()
            let stream = try EventStream(try await Self.address(desk, basket))
            defer { stream.end() }
            try await stream.answered()
            #expect(try await desk.pay(10_000, requests[1].reference) == "settled")
            try await until("the second") { try stream.news.count == 1 }
            #expect(try stream.news[0]["title"]?.string?.hasPrefix("20,000 ₫ · Part of it has arrived") == true)
            try await desk.pay(20_000, basket.reference)
            try await until("the rest") { try stream.news.last?["html"]?.string?.contains(">Paid</h1>") == true }
            let page = try await desk.page(basket.path).text
            #expect(page.contains("data-version=\"\(try stream.news.last?["version"]?.string ?? "?")\""))
            // Money that pays nothing is told there too.
            let seen = try stream.news.count
            try await desk.pay(5000, basket.reference)
            try await until("what is too much") { try stream.news.count > seen }
            #expect(try stream.news.last?["html"]?.string?.contains("5,000 ₫") == true)
            stream.end()
            try await until("the end") { desk.server.services.pageWatch.count == 0 }
        }
    }

    @Test func `a page that was away is told at once of what it missed`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            let address = try await Self.address(desk, asked)
            try await desk.pay(10_000, asked.reference)
            let late = try EventStream(address)
            defer { late.end() }
            try await until("what was missed") { try late.news.count == 1 }
            #expect(try late.news[0]["title"]?.string?.contains("Paid") == true)
        }
    }

    @Test func `money that does not count, and a refund, reach the page too`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            let stream = try EventStream(try await Self.address(desk, asked))
            defer { stream.end() }
            try await stream.answered()
            _ = try await desk.server.send("POST", "/v1/payment-requests/\(asked.id)/cancel", key: desk.portal)
            try await until("the cancellation") {
                try stream.news.last?["title"]?.string?.hasPrefix("Cancelled") == true
            }
            try await desk.pay(10_000, asked.reference)
            try await until("the money that is held") {
                try stream.news.last?["html"]?.string?.contains("We hold 10,000 ₫") == true
            }
        }
    }

    @Test func `streams are limited in all and by address, and a page that closes makes room`() async throws {
        var limits = PageWatch.Limits()
        (limits.pages, limits.pagesPerAddress) = (10, 2)
        try await PayDesk.with(pages: limits) { desk in
            let asked = try await desk.ask()
            let address = try await Self.address(desk, asked)
            let streams = [try EventStream(address), try EventStream(address)]
            defer { for stream in streams { stream.end() } }
            for stream in streams { try await stream.answered() }
            let path = address.replacing(desk.server.baseURL, with: "")
            let refused = try await desk.server.send("GET", path)
            #expect(refused.status == 503 && refused.headers["retry-after"] != nil)
            // The page itself is there all the same, and asks again by itself.
            #expect(try await desk.page(asked.path).status == 200)
            streams[0].end()
            try await until("room") {
                let third = try EventStream(address)
                defer { third.end() }
                try await third.answered()
                return try third.head.contains("200 OK")
            }
        }
    }

    /// Streams that outlive the server that they came from.
    private final class Kept: Sendable {
        let streams = Mutex<[EventStream]>([])
    }

    @Test func `the end of the server ends the streams`() async throws {
        let kept = Kept()
        try await TestDatabase.withServices { services in
            try await LiveServer.over(services) { server in
                let desk = PayDesk(server: server, portal: try await server.key(.portal))
                let address = try await Self.address(desk, try await desk.ask())
                let streams = [try EventStream(address), try EventStream(address)]
                for stream in streams { try await stream.answered() }
                #expect(streams.allSatisfy { !$0.isOver })
                kept.streams.withLock { $0 = streams }
            }
        }
        for stream in kept.streams.withLock({ $0 }) {
            try await until("the end of a stream") { stream.isOver }
            stream.end()
        }
    }
}
