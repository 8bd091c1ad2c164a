import Collection

/// Lets so many in at once, as ``Turns`` does.
///
/// The tests run as many at once as the library likes, hundreds of them. Each has a database and a pool of connections:
/// on a busy machine the cluster ran out of connections, and everything waited for everything.
final class Turnstile: Sendable {
    private let turns: Turns

    /// Whether this task is inside already: who has one database and opens another does not wait for itself.
    @TaskLocal private static var isInside = false

    init(_ places: Int) { turns = Turns(places) }

    /// Runs the body when there is a place for it.
    func pass<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        if Turnstile.isInside { return try await body() }
        return try await turns.take { try await Turnstile.$isInside.withValue(true) { try await body() } }
    }
}
