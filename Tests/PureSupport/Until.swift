/// Waits for a condition that comes about by itself, and throws if it never does: nothing after it would mean anything.
///
/// The limit is for what never comes. No test may depend on how fast the machine is, so it is far beyond what a busy one takes.
public func until(_ what: String = "the condition", _ isSo: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(180)
    while try await !isSo() {
        guard ContinuousClock.now < end else { throw NeverCameAbout(what: what) }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// What a test waited for in vain.
public struct NeverCameAbout: Error {
    public let what: String
}
