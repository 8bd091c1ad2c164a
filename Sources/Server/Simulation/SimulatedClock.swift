import Collection
import Foundation
public import Values

/// The time that a simulated installation lives in: the file of nanoseconds behind the real time that ops/simulator/clock.c maps
/// into the service, its PostgreSQL and this program.
public struct SimulatedClock: Sendable {
    private let path: String

    /// - Parameter path: of the file, which must be there and of 8 bytes.
    public init(path: String) throws {
        self.path = path
        _ = try shift()
    }

    private static let none = ServiceError(
        .invalidParameter,
        at: "--clock",
        Phrase(
            vi: "không phải tệp đồng hồ của ops/month: một tháng mô phỏng chạy bằng ops/month",
            en: "this is no clock of ops/month: a simulated month is run by ops/month"
        )
    )

    /// How far the simulated time is behind the real one.
    private func shift() throws -> Int64 {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw SimulatedClock.none }
        defer { handle.closeFile() }
        guard let data = try handle.read(upToCount: 8), data.count == 8 else { throw SimulatedClock.none }
        return data.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) }
    }

    /// The day that it is outside of the simulation.
    public func realDay() throws -> Day { Instant(microseconds: Instant.now().microseconds - (try shift()) / 1000).day }

    /// Goes on to a moment; never back, and never beyond the real time.
    public func advance(to moment: Instant) throws {
        let ahead = moment.microseconds - Instant.now().microseconds
        guard ahead > 0 else { return }
        guard let handle = FileHandle(forUpdatingAtPath: path) else { throw SimulatedClock.none }
        defer { handle.closeFile() }
        let later = min(0, try shift() + ahead * 1000)
        // One write of one aligned word: whoever looks finds the old number or the new one.
        try handle.write(contentsOf: withUnsafeBytes(of: later) { Data($0) })
    }
}
