import Casework
import Foundation
import TestSupport
import Testing
import Values

/// What is usual of a connection, and when it is silent.
@Suite struct ConnectionHealthTests {
    /// A Wednesday morning in Vietnam.
    private static let now = Instant("2026-11-25T10:00:00+07:00")!
    private static let hour = now.unixSeconds / 3600

    /// So many callbacks in each hour of a working day for some weeks before now.
    private static func rhythm(_ perHour: Int64, weeks: Int64 = 8, since: Int64 = 100) -> ConnectionRhythm {
        var hours: [ConnectionRhythm.Hour] = []
        for hour in (Self.hour - weeks * 168)..<Self.hour {
            let local = hour + 7
            let (weekday, ofDay) = ((local / 24 + 3) % 7, local % 24)
            if weekday < 5, (7..<17).contains(ofDay) { hours.append(.init(hour: hour, callbacks: perHour)) }
        }
        return ConnectionRhythm(hours, since: now.adding(seconds: -since * 7 * 86_400), now: now)
    }

    private static func health(
        _ rhythm: ConnectionRhythm,
        silentFor seconds: Int64,
        share: Double = 1,
        isHoliday: Bool = false,
        at now: Instant = now,
        disabled: Bool = false,
        recent: (Int64, Int64) = (0, 0)
    ) -> ConnectionHealth {
        ConnectionHealth(
            .init(
                isDisabled: disabled,
                lastHeardAt: now.adding(seconds: -seconds),
                recentCallbacks: recent.0,
                recentRefusals: recent.1,
                rhythm: rhythm
            ),
            share: share,
            isHoliday: isHoliday,
            now: now
        )
    }

    @Test func `what is usual follows the hour of the week`() {
        let rhythm = Self.rhythm(60)
        #expect(rhythm.isKnown && rhythm.usual(at: Self.now) == 60)
        #expect(rhythm.usual(at: Self.now.adding(seconds: 12 * 3600)) == 0)
        let halfHour = rhythm.expected(from: Self.now.adding(seconds: -1800), to: Self.now)
        #expect(halfHour > 29.9 && halfHour < 30.1)
        // From Friday evening to Monday morning nothing is due.
        let friday = Instant("2026-11-20T18:00:00+07:00")!
        #expect(rhythm.expected(from: friday, to: Instant("2026-11-23T06:00:00+07:00")!) == 0)
        #expect(!Self.rhythm(60, since: 1).isKnown)
    }

    @Test func `a busy connection is silent within a quarter of an hour, a quiet one only later`() {
        #expect(Self.health(Self.rhythm(60), silentFor: 11 * 60).state == .heard)
        #expect(Self.health(Self.rhythm(60), silentFor: 13 * 60).state == .silent)
        #expect(Self.health(Self.rhythm(6), silentFor: 13 * 60).state == .heard)
        #expect(
            Self.health(Self.rhythm(6), silentFor: 3 * 3600).state == .silent || Self.rhythm(6).usual(at: Self.now) < 6
        )
        // On a holiday all are quiet, and nobody is silent.
        let quiet = Self.health(Self.rhythm(60), silentFor: 2 * 3600, share: 0.02, isHoliday: true)
        #expect(quiet.state == .heard)
        // Nothing from anywhere on a working day is a network that is gone.
        #expect(Self.health(Self.rhythm(60), silentFor: 2 * 3600, share: 0).state == .silent)
        #expect(Self.health(Self.rhythm(60), silentFor: 20 * 60, share: 0).state == .heard)
        // At night nothing is due.
        let night = Instant("2026-11-26T03:00:00+07:00")!
        #expect(Self.health(Self.rhythm(60), silentFor: 9 * 3600, at: night).state == .heard)
        // What is new has no rhythm.
        #expect(Self.health(Self.rhythm(60, since: 1), silentFor: 86_400).state == .heard)
    }

    @Test func `refusals, switching off and never having been heard are told first`() {
        #expect(Self.health(Self.rhythm(60), silentFor: 7200, disabled: true).state == .disabled)
        #expect(Self.health(Self.rhythm(60), silentFor: 1, recent: (10, 6)).state == .refusing)
        #expect(Self.health(Self.rhythm(60), silentFor: 1, recent: (100, 6)).state == .heard)
        #expect(Self.health(Self.rhythm(60), silentFor: 1, recent: (2, 2)).state == .heard)
        let never = ConnectionHealth(
            .init(isDisabled: false, lastHeardAt: nil, recentCallbacks: 0, recentRefusals: 0, rhythm: Self.rhythm(0)),
            share: 1,
            isHoliday: false,
            now: Self.now
        )
        #expect(never.state == .unheard)
    }

    /// Callbacks come independently, as many as usual: the gaps between them are no silence. A year of a busy connection and
    /// a check after each callback.
    @Test func `a year as usual raises less than one alarm a week`() {
        var random = Seeded("a year of callbacks")
        let rhythm = Self.rhythm(120)
        var (at, alarms) = (Self.now, 0)
        let end = Self.now.adding(seconds: 365 * 86_400)
        var callbacks = 0
        while at < end {
            // The next of a Poisson process, thinned by the rate of its hour.
            var next = at
            repeat {
                let draw = Double.random(in: Double.leastNonzeroMagnitude...1, using: &random)
                next = next.adding(seconds: max(1, Int64(-log(draw) * 30)))
            } while next < end && Double.random(in: 0..<120, using: &random) >= rhythm.usual(at: next)
            if ConnectionHealth(
                .init(isDisabled: false, lastHeardAt: at, recentCallbacks: 0, recentRefusals: 0, rhythm: rhythm),
                share: 1,
                isHoliday: false,
                now: next
            ).state == .silent {
                alarms += 1
            }
            callbacks += 1
            at = next
        }
        #expect(callbacks > 100_000 && alarms < 52, "\(alarms) alarms in a year of \(callbacks) callbacks")
    }
}
