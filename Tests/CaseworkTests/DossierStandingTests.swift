import Testing
import Workflow

@testable import Casework

/// Why a dossier counts for indicator 3.6, or does not: every combination of the facts.
@Suite struct DossierStandingTests {
    @Test func `what counts is what was paid online, by whichever gateway`() {
        var seen: Set<DossierStanding.Why> = []
        for state in PaymentRequestState.allCases {
            for isOnline in [true, false] {
                for isReceived in [true, false] {
                    for isByPlatform in [true, false] {
                        let standing = DossierStanding(
                            .init(state: state, isOnline: isOnline, isReceived: isReceived, isByPlatform: isByPlatform)
                        )
                        seen.insert(standing.why)
                        // As the report's own SQL counts them.
                        let counts = isOnline && (state == .paid || state == .partiallyRefunded)
                        #expect(standing.isCounted == counts)
                        #expect((standing.flag == .platform) == (counts && isByPlatform))
                        #expect((standing.why == .paidOnline) == counts)
                        #expect(standing.sentence[.vietnamese] != standing.sentence[.english])
                    }
                }
            }
        }
        // Nothing was owed, so nothing was paid online.
        let exempt = DossierStanding(
            .init(state: .paid, isOnline: true, isReceived: false, isByPlatform: false, isExempt: true)
        )
        #expect(exempt.why == .exempt && exempt.flag == .none && !exempt.isCounted)
        seen.insert(exempt.why)
        #expect(seen == Set(DossierStanding.Why.allCases))
    }
}
