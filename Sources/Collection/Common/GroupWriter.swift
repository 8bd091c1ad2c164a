import Postgres
import Synchronization
import Values

/// Writes items in groups: while one group is being written, the next items are collected, so that many share one round
/// trip and one commit.
///
/// A caller returns after the group with its item has been written. A group that fails is halved until the faulty item is
/// alone, so that it does not fail its neighbours.
final class GroupWriter<Item: Sendable, Written: Sendable>: Sendable {
    /// How much may be under way.
    struct Limits: Sendable {
        /// Items in one group.
        var group = 128
        /// Groups being written at once.
        var inFlight = 2
        /// The largest number of waiting items; one more is refused at once.
        var queue = 4096
    }

    private struct Entry: Sendable {
        let item: Item
        let answer: CheckedContinuation<Written, any Error>
    }

    private struct State {
        var queue: [Entry] = []
        var inFlight = 0
    }

    private let limits: Limits
    private let writeGroup: @Sendable ([Item]) async throws -> [Written]
    private let state = Mutex(State())

    /// - Parameter write: writes a group and returns one result for each item, in their order.
    init(_ limits: Limits = Limits(), write: @escaping @Sendable ([Item]) async throws -> [Written]) {
        self.limits = limits
        writeGroup = write
    }

    /// Writes one item and returns once it is durable.
    ///
    /// - Throws: `overloaded`, at once, if too many items wait; otherwise what writing it alone throws.
    func write(_ item: Item) async throws -> Written {
        try await withCheckedThrowingContinuation { continuation in
            let starts = state.withLock { state -> Bool? in
                guard state.queue.count < limits.queue else { return nil }
                state.queue.append(Entry(item: item, answer: continuation))
                guard state.inFlight < limits.inFlight else { return false }
                state.inFlight += 1
                return true
            }
            switch starts {
            case nil: continuation.resume(throwing: ServiceError.tooManyWait)
            case true?: Task { await drain() }
            case false?: break
            }
        }
    }

    private func drain() async {
        while true {
            let group = state.withLock { state -> [Entry] in
                let group = Array(state.queue.prefix(limits.group))
                state.queue.removeFirst(group.count)
                if group.isEmpty { state.inFlight -= 1 }
                return group
            }
            if group.isEmpty { return }
            await write(group)
        }
    }

    private func write(_ group: [Entry]) async {
        do {
            let written = try await writeGroup(group.map(\.item))
            for (entry, result) in zip(group, written) { entry.answer.resume(returning: result) }
        } catch let error as PostgresError where !error.isUnavailable && group.count > 1 {
            let middle = group.count / 2
            await write(Array(group[..<middle]))
            await write(Array(group[middle...]))
        } catch {
            for entry in group { entry.answer.resume(throwing: error) }
        }
    }
}
