import Foundation
import PureSupport
import Testing
import Values
import Workflow

@testable import Matching

/// Goal: no line of a statement is ever misjudged. Method: random accounts in which everything that can meet does meet,
/// judged by the passes and by an independent reading of the rules in another language (Oracle/worlds.py). Seeded by
/// KHOP_SEED.
@Suite struct MatchingWorldTests {
    private static let worlds = Oracle.count(50_000)

    @Test func `an independent reading of the rules decides every line alike`() async throws {
        let oracle = Oracle("MatchingTests/Oracle/worlds.py")
        var result = try await oracle.play(Self.worlds) { tape, number, met in
            let world = MatchingWorld(&tape)
            let run = OneRun(lines: world.lines, notices: world.notices, facts: world.facts)
            for decision in run.decisions.values {
                met["\(decision.pass.rawValue) \(decision.reason.code.rawValue)", default: 0] += 1
            }
            var random = Seeded(seed: oracle.seed &+ UInt64(number))
            let differences =
                run.violations + Self.difference(run, world) + Self.differenceWhenShuffled(run, world, &random)
                + Self.differenceWhenRepeated(run, world) + Self.differenceInParts(run, world, &random, &met)
            return differences.isEmpty ? nil : differences.joined(separator: "\n")
        }
        for description in result.descriptions { Issue.record("KHOP_SEED=\(oracle.seed) \(description)") }
        #expect(result.differing == 0)
        #expect(result.worlds == Self.worlds)
        guard Self.worlds >= 50_000 else { return }
        #expect(result.met.removeValue(forKey: Self.inParts) ?? 0 > Self.worlds / 2)
        // Worlds in which a pass has nothing to do would prove nothing.
        let passes = Set(result.met.keys.map { $0.prefix { $0 != " " } }).sorted()
        // No world has orders to the Treasury, which are known by a mark or by their rows alone: RemittancesThatLeftTests.
        #expect(passes == PassName.allCases.filter { $0 != .remittance }.map { $0.rawValue[...] }.sorted())
        for (what, count) in result.met { #expect(count >= 50, "\(what) was met \(count) times") }
        #expect(result.met.count == 20, "\(result.met.keys.sorted())")
    }

    private static let inParts = "in several parts"

    /// Lines that are judged part by part are decided as they are together.
    private static func differenceInParts(
        _ run: OneRun,
        _ world: MatchingWorld,
        _ random: inout Seeded,
        _ met: inout [String: Int]
    ) -> [String] {
        let size = Int.random(in: 1...max(1, world.lines.count / 2), using: &random)
        let parts = RunInParts(run, world.lines, world.notices, world.facts, size: size)
        if parts.sizes.count > 1 { met[inParts, default: 0] += 1 }
        guard parts.decisions == run.decisions, parts.openNotices == run.openNotices else {
            let differing = run.decisions.filter { parts.decisions[$0.key] != $0.value }.keys.sorted()
            return ["in parts of \(parts.sizes) the lines \(differing) are decided otherwise"] + world.table
        }
        return []
    }

    private static func difference(_ run: OneRun, _ world: MatchingWorld) -> [String] {
        let found = run.text(world)
        guard found != world.expected else { return [] }
        let separator: Character = ";"
        let pairs = zip(found.split(separator: separator), world.expected.split(separator: separator))
        let differing = pairs.filter { $0 != $1 }.map { "ours   \($0)\noracle \($1)" }
        return differing + world.table
    }

    /// The order of lines, notices and refunds does not change what is decided.
    private static func differenceWhenShuffled(_ run: OneRun, _ world: MatchingWorld, _ random: inout Seeded)
        -> [String]
    {
        var facts = world.facts
        facts.refunds.shuffle(using: &random)
        let again = OneRun(
            lines: world.lines.shuffled(using: &random),
            notices: world.notices.shuffled(using: &random),
            facts: facts
        )
        guard again.decisions == run.decisions, again.openNotices == run.openNotices, again.missing == run.missing
        else { return ["in another order:\n\(run.text(world))\n\(again.text(world))"] }
        return []
    }

    /// A run over what is left decides nothing more; lines that come again under their ids post nothing.
    private static func differenceWhenRepeated(_ run: OneRun, _ world: MatchingWorld) -> [String] {
        var repeated = world.lines.filter { $0.isCredit && $0.transactionID != nil }
        for place in repeated.indices { repeated[place].id += 100 }
        let again = OneRun(lines: repeated, notices: run.noticesLeft, facts: run.factsAfter(world))
        let others = again.decisions.values.filter { $0.pass != .repetition || $0.suspense != .zero }
        let isSame = again.openNotices.map(\.id) == run.openNotices.map(\.id) && again.missing.isEmpty
        guard others.isEmpty, isSame, again.violations.isEmpty else {
            return ["a second run decides \(others), \(again.missingText), \(again.openText)"] + again.violations
        }
        return []
    }
}

extension OneRun {
    /// The notices that are left, with the cases of those that are missing.
    fileprivate var noticesLeft: [OpenNotice] {
        let overdue = Set(missing.map(\.notice.id))
        return openNotices.map { notice in
            var notice = notice
            notice.hasCase = notice.hasCase || overdue.contains(notice.id)
            return notice
        }
    }

    /// The facts as they stand after the run.
    fileprivate func factsAfter(_ world: MatchingWorld) -> MatchingFacts {
        var facts = world.facts
        for line in world.lines {
            if line.isCredit, let key = line.key, facts.earlierLines[key] == nil {
                facts.earlierLines[key] = .some(decisions[line.id]?.requestID)
            }
            for payment in decisions[line.id]?.payments ?? [] where line.isTrusted {
                facts.requests[payment.reference]?.remaining -= payment.amount
            }
        }
        for (reference, request) in facts.requests where request.isOpen && request.remaining == .zero {
            facts.requests[reference]?.status = .paid
        }
        let left = Set(decisions.values.compactMap(\.refundID))
        facts.refunds.removeAll { left.contains($0.id) }
        return facts
    }
}
