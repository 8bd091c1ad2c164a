import Foundation
import PureSupport
import Settlement
import Testing
import Values
import Workflow

/// Goal: everything may arrive twice, in any order, from anybody, in any batches, and the sums stay the same. Method: random
/// transfers, each told several times; a closed formula predicts what every request and account receives.
@Suite struct SettlementOrderTests {
    private static let worlds = Oracle.count(10_000)

    @Test func `any order, batches and repetition of callbacks lead to the same sums`() {
        var random = Seeded("orders of callbacks")
        var differing = 0
        for number in 0..<Self.worlds {
            let world = TransferWorld(&random)
            for _ in 0..<2 {
                let differences = world.differences(&random)
                guard !differences.isEmpty else { continue }
                differing += 1
                if differing <= 3 { Issue.record("world \(number)\n\(differences.joined(separator: "\n"))") }
            }
        }
        #expect(differing == 0)
    }
}
