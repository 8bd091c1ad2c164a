import Foundation
import PureSupport
import TestSupport
import Testing
import Values

/// A month in which everything goes wrong, lived through by the program itself in a folder of its own.
@Suite struct MonthTests {
    /// What runs with a sanitizer wants to be loaded before everything else, and so does the month's clock.
    private static let isWatched = ProcessInfo.processInfo.environment["KHOP_TEST_BUILD"] != nil

    @Test(.enabled(if: !isWatched))
    func `each fault of banks and platform is named, each day explained to 0, and the books add up`() async throws {
        let home = FileManager.default.temporaryDirectory.path + "/khop-month-\(UUID().uuidString)"
        defer { do { try FileManager.default.removeItem(atPath: home) } catch {} }
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("KHOP_") }
        environment.merge(["MONTH_HOME": home, "KHOP": KhopProgram.path, "KHOP_LANG": "en"]) { $1 }
        let size = ["--payments", "2000", "--accounts", "5", "--days", "8", "--platform-payments", "10", "--seed", "3"]
        let lived = try await OtherProgram.aside { [environment] in
            try OtherProgram.finish(Repository.root + "/ops/month", size + ["--json"], environment: environment)
        }
        let (output, errors) = (
            String(decoding: lived.output, as: UTF8.self), String(decoding: lived.errors, as: UTF8.self)
        )
        try #require(lived.status == 0, "\(output)\(errors)")
        #expect(errors.contains("ledger verify is clean"), "\(errors)")
        let report = try JSON.parse(output)
        #expect(report["complaints"] == 0 && report["account_days_explained"] == 40, "\(output)")
        let lines = report["planted"]?.array ?? []
        var planted: [String: Set<String>] = [:]
        for line in lines {
            let (source, kind) = (line["source"]?.string ?? "", line["kind"]?.string ?? "")
            #expect((line["planted"]?.integer ?? 0) > 0 && line["planted"] == line["named"], "\(line.serialized)")
            planted[source, default: []].insert(kind)
        }
        // None was left out of it.
        #expect(
            planted["bank"] == [
                "on-time", "late", "twice", "out-of-order", "short", "over", "together", "other-account", "damaged",
                "forged", "silent",
            ]
        )
        #expect(planted["platform"]?.isSuperset(of: ["on-time", "silent", "twice", "failed", "refused"]) == true)
        #expect(
            planted["platform file"] == [
                "missing", "unknown", "repeated", "amount", "transaction", "unpaid", "unreadable",
            ]
        )
    }
}
