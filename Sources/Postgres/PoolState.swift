/// What a pool knows, and nothing it does: who waits, what is free, what is lent. A pure state machine.
///
/// Waiters are served in the order they came. A connection is a `Lent` value that the shell around it chooses.
struct PoolState<Lent, Waiter> {
    /// What the shell has to do after an event.
    enum Acquisition {
        /// A free connection was taken.
        case lend(Lent)
        /// There is room: open a new connection and lend it.
        case open
        /// All are lent: wait, under this number.
        case wait(Int)
        /// Too many wait already, or the pool is closed.
        case refuse(String)
    }

    enum Release {
        /// Nobody waits; the connection was kept or its place freed.
        case none
        /// Give the connection to this waiter.
        case hand(Waiter, Lent)
        /// A place is free and somebody waits: open a connection for this waiter.
        case openFor(Waiter)
        /// The pool is closed: close the connection.
        case close(Lent)
    }

    let size: Int
    let maximumWaiters: Int
    private(set) var idle: [Lent] = []
    /// Connections lent or being opened.
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
            // The connection used last has the warmest caches.
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

    /// Puts the waiter itself behind the number that `acquire` gave.
    ///
    /// The shell calls both under one lock, so nothing can come between them.
    mutating func enqueue(_ waiter: Waiter, number: Int) {
        waiters[number] = waiter
        order.append(number)
    }

    /// Takes a waiter out, because it was cancelled or its time is over; `nil` where it has been served already.
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

    /// The connection lent, or the one that could not be opened, is gone.
    mutating func discard() -> Release {
        if !isClosed, let waiter = nextWaiter() { return .openFor(waiter) }
        lent -= 1
        return .none
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
