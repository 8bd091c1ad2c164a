import Foundation
import PureSupport
import Settlement
import Testing
import Values
import Workflow

/// Goal: no notice is ever misjudged, whatever batches they come in. Method: random requests and reports in which everything
/// that can meet does meet, decided in batches by the rules and one by one by an independent reading of them in another
/// language (Oracle/worlds.py). Seeded by KHOP_SEED.
@Suite struct SettlementWorldTests {
    private static let worlds = Oracle.count(50_000)

    @Test func `an independent reading of the rules decides every notice alike`() async throws {
        let oracle = Oracle("SettlementTests/Oracle/worlds.py")
        let result = try await oracle.play(Self.worlds) { tape, _, met in
            let world = SettlementWorld(&tape)
            var books = world.books
            var entries: [Books.Entry] = []
            for batch in world.batches { entries += books.settle(batch) }
            for entry in entries {
                let decision = entry.decision
                met["\(decision.outcome.rawValue) \(decision.reason.code.rawValue)", default: 0] += 1
            }
            let differences = books.violations + Self.difference(books, entries, world)
            return differences.isEmpty ? nil : differences.joined(separator: "\n")
        }
        for description in result.descriptions { Issue.record("KHOP_SEED=\(oracle.seed) \(description)") }
        #expect(result.differing == 0)
        #expect(result.worlds == Self.worlds)
        guard Self.worlds >= 50_000 else { return }
        // Worlds in which a rule has nothing to do would prove nothing.
        for (what, count) in result.met { #expect(count >= 50, "\(what) was met \(count) times") }
        #expect(result.met.count == 18, "\(result.met.keys.sorted())")
    }

    private static func difference(_ books: Books, _ entries: [Books.Entry], _ world: SettlementWorld) -> [String] {
        let texts = entries.map { books.text(of: $0, reason: $0.decision.reason.inTable, withPrice: false) }
        let states = SettlementWorld.references.compactMap { reference in
            books.state(of: reference).map { "\(reference) \($0)" }
        }
        let suspense = "A \(books.balance(.suspense("A"))) B \(books.balance(.suspense("B")))"
        let found =
            "\(texts.joined(separator: "; ")) | \(states.joined(separator: "; ")) | \(suspense) | \(books.openCases)"
        guard found != world.expected else { return [] }
        let pairs = zip(found.split(separator: ";"), world.expected.split(separator: ";"))
        let differing = pairs.filter { $0 != $1 }.map { "ours   \($0)\noracle \($1)" }
        return (differing.isEmpty ? [found, world.expected] : differing) + world.table
    }
}
