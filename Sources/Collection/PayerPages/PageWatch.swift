import Postgres
import Synchronization
import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Tells open payment pages of changes to their requests, many pages by one query.
///
/// Four times a second it reads which notices of money are new, whose pages are then told. Every five seconds it asks the rows of
/// all open pages whether they have a newer version than the last time, so that no change is missed, whoever made it and however
/// long its transaction took; what stands around the rows is asked as often where something just happened, and every half a minute
/// elsewhere. A settlement does nothing for it: see decision 22.
public final class PageWatch: Sendable {
    public struct Limits: Sendable {
        /// Pages that may be open at once on a server; each is a connection.
        public var pages = 5000
        /// The same from one network address, behind which there may be a whole office.
        public var pagesPerAddress = 1000

        public init() {}
    }

    /// An open page. It is woken to say whether there is something new, and to keep its connection alive.
    public struct Listener: Sendable {
        let number: Int
        let requests: [UUID]
        let address: String
        public let wakes: AsyncStream<Void>
    }

    /// How a request stands: whoever reads this first, and then the request, knows of every later change by the difference.
    public struct Standing: Equatable, Sendable {
        /// The version of its row.
        var stamp: Int64
        /// What else the pages show: money that is held, refunds, what the portal was told.
        var surroundings: String

        public init(stamp: Int64, surroundings: String) {
            self.stamp = stamp
            self.surroundings = surroundings
        }
    }

    private struct Watched {
        var standing: Standing
        var listeners: Set<Int> = []
        /// Until then it is likely that more happens around it: what is paid is told to the portal, and confirmed by it.
        var isLivelyUntil = Instant(microseconds: 0)
    }

    private struct Open {
        let wake: AsyncStream<Void>.Continuation
        var hasNews = false
    }

    private struct State {
        var requests: [UUID: Watched] = [:]
        var open: [Int: Open] = [:]
        var ofAddress: [String: Int] = [:]
        var next = 0
        var isClosed = false
    }

    private let database: Database
    private let limits: Limits
    private let state = Mutex(State())
    private let turns = Turns(PageWatch.looksAtOnce)

    /// Connections are told that they are alive this often, in seconds: proxies close those that are silent for longer.
    static let beatSeconds: Int64 = 15
    /// How often the rows, and what stands around them, are looked at, in seconds.
    static let rowSeconds: Int64 = 5
    /// How many pages read what is new at once. Thousands may be told in the same instant: each reading takes a connection to the
    /// database, of which payments need some too.
    private static let looksAtOnce = 4
    /// How long more is likely to happen around a request of which a page was just told, in seconds.
    private static let livelySeconds: Int64 = 120
    /// In how many parts, one after the other, it is looked around the other requests.
    private static let parts: UInt8 = 6

    init(_ database: Database, limits: Limits) {
        self.database = database
        self.limits = limits
    }

    /// How many pages are open.
    public var count: Int { state.withLock { $0.open.count } }

    /// Opens a page; throws `overloaded` if too many are open, in all or from this address. Whoever opens one closes it.
    ///
    /// - Parameter standing: how the request stood before the page read it. If that is not how others saw it last, the page looks.
    public func open(_ request: UUID, at standing: Standing, from address: String) throws -> Listener {
        try open([request: standing], from: address)
    }

    /// Opens a page about several requests, such as those of a basket.
    ///
    /// - Parameter standings: how each stood before the page read it.
    public func open(_ standings: [UUID: Standing], from address: String) throws -> Listener {
        let network = CallLimits.network(address)
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        return try state.withLock { state in
            let fromThere = state.ofAddress[network, default: 0]
            guard !state.isClosed, state.open.count < limits.pages, fromThere < limits.pagesPerAddress else {
                throw ServiceError.tooManyPages
            }
            let number = state.next
            state.next += 1
            state.open[number] = Open(wake: wake)
            state.ofAddress[network] = fromThere + 1
            for (request, standing) in standings {
                state.requests[request, default: Watched(standing: standing)].listeners.insert(number)
                if state.requests[request]?.standing != standing { PageWatch.wake(number, &state) }
            }
            return Listener(number: number, requests: Array(standings.keys), address: network, wakes: wakes)
        }
    }

    /// How a request stands now; throws `notFound`.
    public func standing(of request: UUID) async throws -> Standing {
        guard let found = try await standings(of: [request]).first else {
            throw ServiceError(.notFound, Phrase(vi: "Không có yêu cầu này.", en: "There is no such request."))
        }
        return found.standing
    }

    /// How several requests stand now; those that there are.
    public func standing(of requests: [UUID]) async throws -> [UUID: Standing] {
        let found = try await standings(of: requests)
        return Dictionary(found.map { ($0.id, $0.standing) }, uniquingKeysWith: { first, _ in first })
    }

    /// Closes a page; doing it again changes nothing.
    public func close(_ listener: Listener) {
        state.withLock { state in
            guard let open = state.open.removeValue(forKey: listener.number) else { return }
            open.wake.finish()
            for request in listener.requests {
                state.requests[request]?.listeners.remove(listener.number)
                if state.requests[request]?.listeners.isEmpty == true { state.requests[request] = nil }
            }
            let left = (state.ofAddress[listener.address] ?? 1) - 1
            state.ofAddress[listener.address] = left > 0 ? left : nil
        }
    }

    /// Whether something may have changed since the last call for this page.
    public func takeNews(_ listener: Listener) -> Bool {
        state.withLock { state in
            let hasNews = state.open[listener.number]?.hasNews ?? false
            state.open[listener.number]?.hasNews = false
            return hasNews
        }
    }

    /// Reads what is new for a page, when it is its turn.
    public func look<Value>(_ read: () async throws -> Value) async rethrows -> Value { try await turns.take(read) }

    /// Ends all pages, and lets none be opened any more: for the end of a server.
    public func end() {
        state.withLock { state in
            state.isClosed = true
            for open in state.open.values { open.wake.finish() }
        }
    }

    /// Looks at the requests of the open pages until the task is cancelled.
    ///
    /// - Parameter report: is told of each look that failed; the next one comes a second later.
    public func run(report: @Sendable (any Error) -> Void) async {
        var notices = NewNotices()
        var (beatAt, rowsAt, part) = (Instant.now(), Instant.now(), UInt8(0))
        while !Task.isCancelled {
            var pause = Duration.milliseconds(250)
            do {
                if count == 0 {
                    notices = NewNotices()
                } else {
                    try await lookAtNotices(&notices)
                    if rowsAt <= .now() {
                        try await lookAtRows()
                        try await lookAround(part: part)
                        part = (part + 1) % PageWatch.parts
                        rowsAt = Instant.now().adding(seconds: PageWatch.rowSeconds)
                    }
                }
            } catch is CancellationError {
                return
            } catch {
                report(error)
                pause = .seconds(1)
            }
            if beatAt <= .now() {
                state.withLock { for open in $0.open.values { open.wake.yield() } }
                beatAt = Instant.now().adding(seconds: PageWatch.beatSeconds)
            }
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    private func lookAtNotices(_ notices: inout NewNotices) async throws {
        guard let after = notices.after else {
            let last = try await database.query("select coalesce(max(id), 0) from bank_notice").row().get(
                0,
                as: Int64.self
            )
            notices.begin(after: last, at: .now())
            return
        }
        let rows = try await database.query(
            """
            select id, payment_request_id, case when payment_request_id is null then (
                -- Also of money that a basket names and that pays nothing: its page tells of that.
                select string_agg(i.payment_request_id::text, ',')
                from basket_notice n join basket_item i on i.basket_id = n.basket_id where n.notice_id = b.id) end
            from bank_notice b where id > \(after) order by id limit \(NewNotices.maximum)
            """
        )
        var found: [UUID] = []
        for row in rows {
            guard notices.isNew(try row.get(0)) else { continue }
            if let request = try row.get(1, as: UUID?.self) { found.append(request) }
            found += (try row.get(2, as: String?.self) ?? "").split(separator: ",").compactMap {
                UUID(uuidString: String($0))
            }
        }
        notices.move(at: .now())
        tell(found) { _ in }
    }

    private func lookAtRows() async throws {
        let known = state.withLock { state in state.requests.map { (id: $0.key, stamp: $0.value.standing.stamp) } }
        guard !known.isEmpty else { return }
        // `offset 0` keeps the planner from reading the whole table instead of the few rows that are asked for.
        let rows = try await database.query(
            """
            select g.id, s.stamp from unnest(\(known.map(\.id))::uuid[], \(known.map(\.stamp))::bigint[]) as g (id, stamp),
                lateral (select r.xmin::text::bigint as stamp from payment_request r where r.id = g.id offset 0) s
            where s.stamp <> g.stamp
            """
        )
        let changed = try rows.map { (id: try $0.get(0, as: UUID.self), stamp: try $0.get(1, as: Int64.self)) }
        tell(changed.map(\.id)) { state in
            for (id, stamp) in changed { state.requests[id]?.standing.stamp = stamp }
        }
    }

    /// Looks at what stands around the requests that are lively, and around a part of the others.
    private func lookAround(part: UInt8) async throws {
        let now = Instant.now()
        let known = state.withLock { state in
            state.requests.filter { $0.value.isLivelyUntil > now || $0.key.uuid.15 % PageWatch.parts == part }
        }
        guard !known.isEmpty else { return }
        let changed = try await standings(of: Array(known.keys)).filter { known[$0.id]?.standing != $0.standing }
        tell(changed.map(\.id)) { state in
            for (id, standing) in changed { state.requests[id]?.standing = standing }
        }
    }

    private func standings(of ids: [UUID]) async throws -> [(id: UUID, standing: Standing)] {
        let rows = try await database.query(
            """
            select g.id, s.stamp, s.surroundings
            from unnest(\(ids)::uuid[]) as g (id),
                lateral (select r.xmin::text::bigint as stamp, concat_ws(' ',
                    (select count(*) || ':' || coalesce(sum(c.amount), 0) from reconciliation_case c
                        where c.payment_request_id = g.id and c.state = 'open'),
                    (select string_agg(f.xmin::text, ',' order by f.id) from refund f
                        where f.payment_request_id = g.id or f.case_id in (
                            select c.id from reconciliation_case c where c.payment_request_id = g.id)),
                    (select string_agg(d.state, ',' order by d.event_id, d.endpoint_id)
                        from event e join event_delivery d on d.event_id = e.id
                        where e.subject = 'request:' || g.id::text)) as surroundings
                    from payment_request r where r.id = g.id offset 0) s
            """
        )
        return try rows.map { (try $0.get(0), Standing(stamp: try $0.get(1), surroundings: try $0.get(2))) }
    }

    private static func wake(_ number: Int, _ state: inout State) {
        state.open[number]?.hasNews = true
        state.open[number]?.wake.yield()
    }

    /// Notes what is known now, and wakes the pages of these requests.
    private func tell(_ ids: [UUID], noting note: (inout State) -> Void) {
        let until = Instant.now().adding(seconds: PageWatch.livelySeconds)
        state.withLock { state in
            note(&state)
            for id in ids {
                state.requests[id]?.isLivelyUntil = until
                for number in state.requests[id]?.listeners ?? [] { PageWatch.wake(number, &state) }
            }
        }
    }
}

extension ServiceError {
    static let tooManyPages = ServiceError(
        .overloaded,
        Phrase(
            vi: "Quá nhiều trang đang chờ cùng lúc: trang này sẽ tự hỏi lại định kỳ.",
            en: "Too many pages are waiting at once: this page asks again by itself now and then."
        )
    )
}
