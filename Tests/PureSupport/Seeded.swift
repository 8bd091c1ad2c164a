import Foundation

/// A generator with a seed that is printed, so that a failure can be played again with KHOP_SEED.
public struct Seeded: RandomNumberGenerator {
    public let seed: UInt64
    private var state: UInt64

    public init(_ what: String) {
        let given = ProcessInfo.processInfo.environment["KHOP_SEED"].flatMap { UInt64($0) }
        seed = given ?? UInt64.random(in: 1...UInt64(UInt32.max))
        state = seed
        print("\(what): KHOP_SEED=\(seed)")
    }

    /// Another generator, of a seed that came from one that was printed.
    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    // SplitMix64.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    public mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }
}
