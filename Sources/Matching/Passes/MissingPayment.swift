public import Workflow

/// A payment whose line did not arrive by its expected-by date.
public struct MissingPayment: Sendable, Hashable {
    public let notice: OpenNotice
    public let reason: Reason
}
