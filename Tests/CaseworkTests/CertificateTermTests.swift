import Testing
import Values

@testable import Casework

/// From when a certificate is warned of.
@Suite struct CertificateTermTests {
    private static let now = Instant(unixSeconds: 1_790_000_000)

    @Test(
        arguments: [
            (31 * 86_400, 31, true), (30 * 86_400, 30, true), (30 * 86_400 - 1, 29, false), (86_400, 1, false),
            (1, 0, false),
            (0, 0, false), (-1, -1, false), (-86_400, -1, false), (-86_401, -2, false),
        ] as [(Int64, Int64, Bool)]
    )
    func `it is warned of from thirty days before its end`(_ seconds: Int64, _ days: Int64, _ isFine: Bool) {
        let term = CertificateTerm(endsAt: Self.now.adding(seconds: seconds), now: Self.now)
        #expect(term.days == days && term.isFine == isFine && term.hasEnded == (days < 0))
        let told = term.sentence[.english]
        #expect(told.contains(term.hasEnded ? "ended on" : isFine ? "counts until" : "ends in \(days) days"))
        #expect(term.sentence[.vietnamese].contains(term.endsAt.day.formatted))
    }
}
