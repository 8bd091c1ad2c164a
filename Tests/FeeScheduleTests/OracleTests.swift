import Foundation
import TestSupport
import Testing
import Values

@testable import FeeSchedule

/// Random catalogues and requests, assessed by the program and by an independent implementation in another language.
@Suite struct OracleTests {
    private static let catalogues = 200
    private static let requestsEach = 60

    @Test func `an independent implementation agrees on every line`() throws {
        var random = Seeded("assessment against the oracle")
        var cases: [JSON] = []
        var answers: [[JSON]] = []
        for _ in 0..<OracleTests.catalogues {
            let world = RandomCatalogue(&random)
            let faults = CatalogueValidator.validate(world.rows)
            #expect(faults.isEmpty, "\(faults.first.map { "\($0)" } ?? "")")
            let schedule = Schedule(world.rows)
            let requests = (0..<OracleTests.requestsEach).map { _ in world.request(&random) }
            cases.append(["catalogue": world.json, "requests": .array(requests.map(OracleTests.json))])
            answers.append(requests.map { OracleTests.answer(schedule, $0) })
        }
        let document: JSON = ["cases": .array(cases)]
        let script = Repository.root + "/Tests/FeeScheduleTests/Oracle/oracle.py"
        let output = try OtherProgram.run("python3", [script], input: Data(document.bytes))
        let oracle = try #require(try JSON.parse(Array(output)).array)
        var compared = 0
        var differing = 0
        var assessed = 0
        for (index, expected) in oracle.enumerated() {
            for (number, answer) in (expected.array ?? []).enumerated() {
                compared += 1
                if answer.members != nil { assessed += 1 }
                guard answer != answers[index][number] else { continue }
                differing += 1
                if differing <= 3 {
                    Issue.record(
                        "request \(cases[index]["requests"]?.array?[number].serialized ?? "")\nours   \(answers[index][number].serialized)\noracle \(answer.serialized)"
                    )
                }
            }
        }
        #expect(compared == OracleTests.catalogues * OracleTests.requestsEach)
        #expect(differing == 0)
        // A generator whose requests are all refused would prove nothing.
        #expect(assessed > compared / 3)
    }

    private static func json(_ request: AssessmentRequest) -> JSON {
        let items: JSON =
            request.items.map { items in
                .array(
                    items.map { item in
                        var members: [JSON.Member] = [
                            .init("fee_code", .string(item.feeCode)), .init("quantity", .integer(item.quantity)),
                        ]
                        if let base = item.baseAmount { members.append(.init("base_amount", .money(base))) }
                        return .object(members)
                    }
                )
            } ?? .null
        return [
            "agency_code": .string(request.agencyCode),
            "procedure_code": .string(Schedule.nationalCode(request.procedureCode)), "items": items,
            "channel": .string(request.channel.rawValue), "payer_category": .string(request.payerCategory ?? ""),
            "day": .text(request.day),
        ]
    }

    private static func answer(_ schedule: Schedule, _ request: AssessmentRequest) -> JSON {
        let assessment: Assessment
        do { assessment = try schedule.assess(request) } catch { return "refused" }
        return [
            "lines": .array(
                assessment.lines.map { line in
                    .array([
                        .string(line.fee.feeCode), .integer(line.quantity), .money(line.listAmount),
                        .array(line.applied.map { [.string($0.rule.rawValue), .string($0.code), .money($0.benefit)] }),
                        .money(line.payable),
                    ])
                }
            ),
            "due": .money(assessment.amountDue), "discount": .money(assessment.discountTotal),
        ]
    }
}
