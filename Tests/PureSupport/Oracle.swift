import Foundation

/// An independent reading of the rules in another language, which makes random worlds and says what becomes of each.
public struct Oracle: Sendable {
    let script: String
    /// The seed of all worlds, printed so that a failure can be played again with KHOP_SEED.
    public let seed: UInt64

    /// How many worlds a test plays: as many as it says, unless KHOP_WORLDS says otherwise.
    public static func count(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["KHOP_WORLDS"].flatMap { Int($0) } ?? usual
    }

    /// - Parameter script: the path of the program below Tests.
    public init(_ script: String) {
        self.script = "\(Repository.root)/Tests/\(script)"
        seed = Seeded(script).seed
    }

    /// The worlds from a number on, with what the oracle decides about them.
    public func worlds(from first: Int, count: Int) throws -> Tape {
        Tape(
            try OtherProgram.run(OtherProgram.python, [script, "\(seed)", "\(count)", "\(first)"])
        )
    }
}

/// Numbers, and lines of text, one after the other.
public struct Tape {
    private let bytes: [UInt8]
    private var place = 0

    init(_ data: Data) { bytes = Array(data) }

    public var isAtEnd: Bool { place >= bytes.count }

    /// The next number; what separates it from the one after it is passed.
    public mutating func next() -> Int {
        var value = 0
        let isNegative = bytes[place] == UInt8(ascii: "-")
        if isNegative { place += 1 }
        while place < bytes.count, bytes[place] >= UInt8(ascii: "0"), bytes[place] <= UInt8(ascii: "9") {
            value = value &* 10 &+ Int(bytes[place] &- UInt8(ascii: "0"))
            place += 1
        }
        place += 1
        return isNegative ? -value : value
    }

    /// So many things, each read from the numbers that come next.
    public mutating func list<Element>(_ element: (inout Tape) throws -> Element) rethrows -> [Element] {
        let count = next()
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }

    public mutating func flag() -> Bool { next() != 0 }

    /// The rest of the line.
    public mutating func line() -> String {
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        defer { place = end + 1 }
        return String(decoding: bytes[place..<end], as: UTF8.self)
    }
}

extension Oracle {
    /// What became of many worlds.
    public struct Result: Sendable {
        public var worlds = 0
        /// What differed, at most three of them described.
        public var differing = 0
        public var descriptions: [String] = []
        /// How often everything that a world may hold was met.
        public var met: [String: Int] = [:]
    }

    /// Plays all worlds, some thousands at a time on two threads.
    ///
    /// The threads are the worlds' own: tasks of other tests must not wait for them.
    ///
    /// - Parameter play: plays one world, given its number; counts what it met, and describes what differs.
    public func play(
        _ count: Int,
        chunk: Int = 2000,
        _ play: @escaping @Sendable (inout Tape, Int, inout [String: Int]) throws -> String?
    ) async throws -> Result {
        let starts = Array(stride(from: 0, to: count, by: chunk))
        let halves = (0..<2).map { half in starts.filter { $0 / chunk % 2 == half } }
        async let even = onThread { try self.play(halves[0], chunk, count, play) }
        async let odd = onThread { try self.play(halves[1], chunk, count, play) }
        var whole = try await even
        let other = try await odd
        whole.worlds += other.worlds
        whole.differing += other.differing
        whole.descriptions += other.descriptions
        whole.met.merge(other.met, uniquingKeysWith: +)
        return whole
    }

    private func onThread(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Swift.Result(catching: body)) }.start()
        }
    }

    private func play(
        _ starts: [Int],
        _ chunk: Int,
        _ count: Int,
        _ play: (inout Tape, Int, inout [String: Int]) throws -> String?
    ) throws -> Result {
        var result = Result()
        for first in starts { try self.play(from: first, min(chunk, count - first), &result, play) }
        return result
    }

    private func play(
        from first: Int,
        _ count: Int,
        _ result: inout Result,
        _ play: (inout Tape, Int, inout [String: Int]) throws -> String?
    ) throws {
        var tape = try worlds(from: first, count: count)
        for number in first..<first + count {
            result.worlds += 1
            guard let difference = try play(&tape, number, &result.met) else { continue }
            result.differing += 1
            if result.descriptions.count < 3 { result.descriptions.append("world \(number)\n\(difference)") }
        }
        guard tape.isAtEnd else { throw OtherProgram.Failure(description: "\(script) made more than it was asked for") }
    }
}
