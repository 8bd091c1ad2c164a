import Collection
import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// The whole country's units, before and after 2025-07-01.
@Suite struct LocalityListTests {
    @Test func `every former commune is found under its successor or reported as itself`() async throws {
        try await TestDatabase.withServices { services in
            let bytes = try Repository.fixture("localities/localities.csv")
            let outcome = try await services.catalogue.importFiles([(.localities, bytes)], by: "test")
            #expect(outcome.difference.count(.added) > 13_000)
            let again = try await services.catalogue.importFiles([(.localities, bytes)], by: "test")
            #expect(again.version == nil && again.difference.entries.isEmpty)

            // Read without our parser or tree: lists and dictionaries alone.
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let old = lines.filter { $0[3] == "commune" && $0[2] == "2025-06-30" }
            let new = Dictionary(
                uniqueKeysWithValues: lines.filter { $0[1] == "2025-07-01" && $0[3] == "commune" }.map {
                    ($0[0], $0[4])
                }
            )
            #expect(old.count == 10_035 && new.count == 3321)
            let tree = try await services.tariff.reload().schedule.localities
            let (before, after) = (Day("2025-06-30")!, Day("2025-07-01")!)
            var divided = 0
            for line in old {
                let unit = try #require(tree.unit(code: line[0], on: before))
                let successors = line[7].split(separator: ";").map(String.init)
                let successor = tree.successor(of: unit, on: after)
                let provinces = Set(successors.compactMap { new[$0] })
                let province = tree.reported(successor, at: .province, on: after)
                if successors.count == 1 {
                    #expect(successor.code == successors[0] && successor.validity.from == after)
                } else {
                    divided += 1
                    #expect(successor == unit)
                    #expect(tree.reported(unit, at: .commune, on: after) == unit)
                }
                // It rolls up where all its successors agree.
                #expect(provinces.count != 1 || province.code == provinces.first)
            }
            #expect(divided == 471 || divided == 472)
            #expect(lines.filter { $0[3] == "province" && $0[1] == "2025-07-01" }.count == 34)
            // Seven codes name another province now, made of that one and others: a new name alone is none.
            let ended = lines.filter { $0[3] == "province" && $0[2] == "2025-06-30" }
            let reused = ended.filter { line in
                tree.unit(code: line[0], on: after).map { $0.nameVi != line[5] && $0.nameEn != line[6] } ?? false
                    && ended.contains { $0[0] != line[0] && $0[7] == line[0] }
            }
            #expect(reused.count == 7, "\(reused)")
        }
    }
}
