import PureSupport
import TestSupport
import Testing
import Values

@testable import Collection

/// Doing what the advice of Decision 766 says brings what it says.
@Suite struct AdviceTests {
    @Test func `what a procedure would bring is what it brings`() throws {
        var random = Seeded("advice")
        for _ in 0..<2000 {
            let codes = (0..<Int.random(in: 1...12, using: &random)).map { "P\($0)" }
            let priced = Set(codes.filter { _ in Bool.random(using: &random) })
            var world: [String: Decision766.Tally] = [:]
            for code in codes where Bool.random(using: &random) {
                let dossiers = Int64.random(in: 1...40, using: &random)
                world[code] = .init(dossiers: dossiers, paidOnline: .random(in: 0...dossiers, using: &random))
            }
            let before = Decision766.indicators(world, priced: priced)
            let procedures = Set(world.keys).union(priced).map { code in
                Decision766.Procedure(
                    code: code,
                    nameVi: code,
                    hasFee: priced.contains(code),
                    dossiers: world[code]?.dossiers ?? 0,
                    paidOnline: world[code]?.paidOnline ?? 0
                )
            }
            let advice = Decision766.ranked(procedures, before)
            #expect(advice.map(\.gain) == advice.map(\.gain).sorted(by: >))
            for one in advice {
                var done = world
                let dossiers = max(1, one.dossiers)
                done[one.code] = .init(dossiers: dossiers, paidOnline: dossiers)
                let after = Decision766.indicators(done, priced: priced)
                func score(_ all: [Decision766.Indicator]) -> Int64 { all.reduce(0) { $0 + ($1.score ?? 0) } }
                #expect(score(after) - score(before) == one.gain, "\(one) in \(world)")
            }
        }
    }

    @Test func `the first dossier of a procedure brings fee data and an online payment`() {
        let world: [String: Decision766.Tally] = ["A": .init(dossiers: 4, paidOnline: 4)]
        let before = Decision766.indicators(world, priced: ["A", "B"])
        let first = Decision766.Procedure(code: "B", nameVi: "B", hasFee: true, dossiers: 0, paidOnline: 0)
        // Of two procedures one counts: 50% of the 80% that earn 2 points is 1.25; with both it is 2, twice.
        #expect(Decision766.ranked([first], before).first?.gain == 150)
    }
}
