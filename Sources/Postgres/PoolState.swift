/// The state of a pool, as a pure state machine: which tasks wait, which connections are free, how many are lent.
///
/// Waiters are served in order of arrival. The shell around the state chooses the type of a connection, `Lent`.
struct PoolState<Lent, Waiter> {
    /// What the shell must do after a request for a connection.
    enum Acquisition {
        /// Lend this free connection.
        case lend(Lent)
        /// The pool is not full: open a new connection and lend it.
        case open
        /// All connections are lent: wait, under this number.
        case wait(Int)
        /// Refuse: too many are waiting already, or the pool is closed.
        case refuse(String)
    }

    enum Release {
        /// Nothing: no task waits, and the connection was kept or its place freed.
        case none
        /// Hand the connection to this waiter.
        case hand(Waiter, Lent)
        /// A place is free: open a connection for this waiter.
        case openFor(Waiter)
        /// The pool is closed: close the connection.
        case close(Lent)
    }

    let size: Int
    let maximumWaiters: Int
    private(set) var idle: [Lent] = []
    /// The number of connections lent or being opened.
    private(set) var lent = 0
    private(set) var isClosed = false
    private var waiters: [Int: Waiter] = [:]
    private var order: [Int] = []
    private var head = 0
    private var nextNumber = 0

    init(size: Int, maximumWaiters: Int) {
        self.size = size
        self.maximumWaiters = maximumWaiters
    }

    var waiting: Int { waiters.count }

    mutating func acquire() -> Acquisition {
        if isClosed { return .refuse("the pool is closed") }
        if waiters.isEmpty {
            // The most recently used connection has the warmest caches.
            if let connection = idle.popLast() {
                lent += 1
                return .lend(connection)
            }
            if lent < size {
                lent += 1
                return .open
            }
        }
        guard waiters.count < maximumWaiters else { return .refuse("\(maximumWaiters) tasks wait already") }
        nextNumber += 1
        return .wait(nextNumber)
    }

    /// Queues a waiter under the number that `acquire` returned.
    ///
    /// The shell calls both under one lock, so nothing can happen in between.
    mutating func enqueue(_ waiter: Waiter, number: Int) {
        waiters[number] = waiter
        order.append(number)
    }

    /// Removes a waiter that was cancelled or timed out; returns `nil` if it has already been served.
    mutating func remove(number: Int) -> Waiter? { waiters.removeValue(forKey: number) }

    mutating func release(_ connection: Lent) -> Release {
        if isClosed {
            lent -= 1
            return .close(connection)
        }
        if let waiter = nextWaiter() { return .hand(waiter, connection) }
        lent -= 1
        idle.append(connection)
        return .none
    }

    /// Frees the place of a lent connection that was closed, or of one that could not be opened.
    mutating func discard() -> Release {
        if !isClosed, let waiter = nextWaiter() { return .openFor(waiter) }
        lent -= 1
        return .none
    }

    /// Takes the free connections out of the pool.
    mutating func takeIdle() -> [Lent] {
        defer { idle = [] }
        return idle
    }

    mutating func close() -> (idle: [Lent], waiters: [Waiter]) {
        isClosed = true
        defer {
            idle = []
            waiters = [:]
            order = []
            head = 0
        }
        return (idle, order[head...].compactMap { waiters[$0] })
    }

    private mutating func nextWaiter() -> Waiter? {
        while head < order.count {
            let number = order[head]
            head += 1
            if head > 1024, head * 2 > order.count {
                order.removeFirst(head)
                head = 0
            }
            if let waiter = waiters.removeValue(forKey: number) { return waiter }
        }
        return nil
    }
}
