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
/// Four times a second it reads which notices of money are new, whose pages are then told; and how the rows of pages that were just
/// opened stand, which then look once. Every five seconds it asks the rows of all open pages whether they have a newer version than
/// the last time, so that no change is missed, whoever made it and however long its transaction took. A settlement does nothing
/// for it: see decision 22.
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
        let requestID: UUID
        let address: String
        public let wakes: AsyncStream<Void>
    }

    private struct Watched {
        /// The version of the row at the last look; 0 before the first one.
        var stamp: Int64 = 0
        /// What else the pages show: money that is held, refunds, what the portal was told.
        var surroundings = ""
        var listeners: Set<Int> = []
    }

    private struct Open {
        let wake: AsyncStream<Void>.Continuation
        var hasNews = false
        /// Is still to look for the first time, once the state of its row is noted: something may have changed since it was made.
        var isNew = true
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
    private let turns = PageTurns(PageWatch.looksAtOnce)

    /// Connections are told that they are alive this often, in seconds: proxies close those that are silent for longer.
    static let beatSeconds: Int64 = 15
    /// How often the rows, and what stands around them, are looked at, in seconds.
    static let rowSeconds: Int64 = 5
    /// How many pages read what is new at once.
    private static let looksAtOnce = 4
    /// How many new pages look for the first time in a round: thousands that open at once do not hold up those that are told.
    private static let firstLooksARound = 100

    init(_ database: Database, limits: Limits) {
        self.database = database
        self.limits = limits
    }

    /// How many pages are open.
    public var count: Int { state.withLock { $0.open.count } }

    /// Opens a page; throws `overloaded` if too many are open, in all or from this address. Whoever opens one closes it.
    public func open(_ request: UUID, from address: String) throws -> Listener {
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
            state.requests[request, default: Watched()].listeners.insert(number)
            return Listener(number: number, requestID: request, address: network, wakes: wakes)
        }
    }

    /// Closes a page; doing it again changes nothing.
    public func close(_ listener: Listener) {
        state.withLock { state in
            guard let open = state.open.removeValue(forKey: listener.number) else { return }
            open.wake.finish()
            state.requests[listener.requestID]?.listeners.remove(listener.number)
            if state.requests[listener.requestID]?.listeners.isEmpty == true {
                state.requests[listener.requestID] = nil
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
        var (beatAt, rowsAt) = (Instant.now(), Instant.now())
        while !Task.isCancelled {
            var pause = Duration.milliseconds(250)
            do {
                if count == 0 {
                    notices = NewNotices()
                } else {
                    try await lookAtNotices(&notices)
                    try await lookAtNewPages()
                    if rowsAt <= .now() {
                        try await lookAtRows(of: state.withLock { Array($0.requests.keys) })
                        try await lookAround(state.withLock { Array($0.requests.keys) })
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
            "select id, payment_request_id from bank_notice where id > \(after) order by id limit \(NewNotices.maximum)"
        )
        var found: [UUID] = []
        for row in rows {
            guard notices.isNew(try row.get(0)), let request = try row.get(1, as: UUID?.self) else { continue }
            found.append(request)
        }
        notices.move(at: .now())
        tell(found) { _ in }
    }

    /// Notes how the rows of new pages stand, and lets the pages look: what changes from now on is told.
    private func lookAtNewPages() async throws {
        let new = state.withLock { state in state.requests.filter { $0.value.stamp == 0 }.map(\.key) }
        if !new.isEmpty {
            try await lookAround(new, isTold: false)
            try await lookAtRows(of: new, isTold: false)
        }
        state.withLock { state in
            let noted = state.requests.values.filter { $0.stamp != 0 }.flatMap(\.listeners)
            let waiting = noted.filter { state.open[$0]?.isNew == true }
            for number in waiting.prefix(PageWatch.firstLooksARound) { PageWatch.wake(number, &state) }
        }
    }

    private static func wake(_ number: Int, _ state: inout State) {
        state.open[number]?.isNew = false
        state.open[number]?.hasNews = true
        state.open[number]?.wake.yield()
    }

    private func lookAtRows(of requests: [UUID], isTold: Bool = true) async throws {
        let known = state.withLock { state in requests.map { (id: $0, stamp: state.requests[$0]?.stamp ?? 0) } }
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
        tell(isTold ? changed.map(\.id) : []) { state in
            for (id, stamp) in changed { state.requests[id]?.stamp = stamp }
        }
    }

    private func lookAround(_ requests: [UUID], isTold: Bool = true) async throws {
        let known = state.withLock { state in requests.map { (id: $0, text: state.requests[$0]?.surroundings ?? "") } }
        guard !known.isEmpty else { return }
        let rows = try await database.query(
            """
            select g.id, s.surroundings
            from unnest(\(known.map(\.id))::uuid[], \(known.map(\.text))::text[]) as g (id, surroundings),
                lateral (select concat_ws(' ',
                    (select count(*) || ':' || coalesce(sum(c.amount), 0) from reconciliation_case c
                        where c.payment_request_id = g.id and c.state = 'open'),
                    (select string_agg(r.xmin::text, ',' order by r.id) from refund r
                        where r.payment_request_id = g.id or r.case_id in (
                            select c.id from reconciliation_case c where c.payment_request_id = g.id)),
                    (select string_agg(d.state, ',' order by d.event_id, d.endpoint_id)
                        from event e join event_delivery d on d.event_id = e.id
                        where e.subject = 'request:' || g.id::text)) as surroundings offset 0) s
            where s.surroundings <> g.surroundings
            """
        )
        let changed = try rows.map { (id: try $0.get(0, as: UUID.self), text: try $0.get(1, as: String.self)) }
        tell(isTold ? changed.map(\.id) : []) { state in
            for (id, text) in changed { state.requests[id]?.surroundings = text }
        }
    }

    /// Notes what is known now, and wakes the pages of these requests.
    private func tell(_ ids: [UUID], noting note: (inout State) -> Void) {
        guard !ids.isEmpty else {
            state.withLock { note(&$0) }
            return
        }
        state.withLock { state in
            note(&state)
            for id in ids {
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
