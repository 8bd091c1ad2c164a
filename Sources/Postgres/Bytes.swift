/// Bytes for a `bytea`, as distinct from an array of small integers.
public struct Bytes: Bindable, Hashable {
    public let bytes: [UInt8]
    public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
    public var boundValue: BoundValue { .bytes(bytes) }
}

extension Bytes: ArrayElement {}
