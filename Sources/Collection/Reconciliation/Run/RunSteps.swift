/// How much a run does in one transaction, and how long it lets others in between.
public struct RunSteps: Sendable {
    /// Lines with their notices that are written at once; nobody waits for it.
    public var pairs = 30_000
    /// Lines that are judged at once while callbacks of the account wait, about: lines that influence one another are
    /// judged together, however many they are.
    public var lines = 1000
    /// Payments without a line that are written at once; nobody waits for it.
    public var payments = 5000
    /// How long callbacks of the account are let in, at least, before the next lines are judged.
    public var pause = Duration.milliseconds(10)
    /// Told the number of each step, from 1, once it has committed and no lock of settlement is held; what it throws ends
    /// the run there.
    public var afterStep: @Sendable (Int) async throws -> Void = { _ in }

    public init() {}
}
