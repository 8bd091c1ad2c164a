import Casework
import Foundation
import TestSupport
import Testing
import Values
import Workflow

/// 100,000 random cases, each with a few random decisions of three persons.
///
/// Whatever they decide: no case gives more than it holds, no request takes more than remains, no money moves by one
/// person, and what ended holds nothing.
@Suite struct CaseWorldTests {
    private static let persons = ["lan", "hung", "mai"]

    @Test func `no random decision takes more than a case holds, or moves money alone`() throws {
        var random = Seeded("casework")
        for _ in 0..<100_000 {
            var world = CaseWorld(using: &random)
            for _ in 0..<4 { world.step(random.pick(Self.persons), using: &random) }
            #expect(world.faults.isEmpty, "\(world.faults) in \(world.facts)")
            guard world.faults.isEmpty else { return }
        }
    }
}
