import Foundation
import PureSupport
import TestSupport
import Testing
import Values

@testable import FeeSchedule

/// The catalogue held against the national database of procedures.
@Suite struct ProcedureComparisonTests {
    private static let day = Day("2026-11-21")!

    private static func schedule() throws -> Schedule {
        Schedule(CatalogueParser.parse(try TestDatabase.demonstrationCatalogue()).rows)
    }

    /// What the database would publish if it agreed with the catalogue.
    private static func agreeing(_ schedule: Schedule, agency: String) throws -> [String: PublishedProcedure] {
        var all: [String: PublishedProcedure] = [:]
        for (code, procedure) in schedule.procedures {
            var fees: [PublishedProcedure.Fee] = []
            for (way, channel) in [(PublishedProcedure.Way.counter, Channel.counterCash), (.online, .online)] {
                let lines = try schedule.assess(
                    .init(agencyCode: agency, procedureCode: code, channel: channel, day: day)
                ).lines
                let own = lines.map { line in
                    PublishedProcedure.Fee(
                        way: way,
                        kind: line.fee.kind,
                        price: line.payable == .zero ? .free : .amount(line.payable, per: nil)
                    )
                }
                fees += own.isEmpty ? [.init(way: way, kind: nil, price: .free)] : own
            }
            all[code] = PublishedProcedure(code: code, name: procedure.nameVi, isPublic: true, fees: fees)
        }
        return all
    }

    private static func isWorkedOut(_ schedule: Schedule, _ code: String) throws -> Bool {
        try schedule.hasPercentFee(code, on: day)
            || schedule.assess(.init(agencyCode: "H44.01", procedureCode: code, channel: .online, day: day)).lines
                .contains { $0.fee.calculation != .flat }
    }

    @Test func `what agrees differs in nothing but what a person compares`() throws {
        let schedule = try Self.schedule()
        let found = try ProcedureComparison.compare(
            schedule,
            with: try Self.agreeing(schedule, agency: "H44.01"),
            agency: "H44.01",
            on: Self.day
        )
        let others = try found.filter { try !($0.kind == .notComparable && Self.isWorkedOut(schedule, $0.code)) }
        #expect(others.isEmpty, "\(others)")
    }

    /// Each change is planted in a world that agrees, and is all that is found.
    @Test func `each planted difference is found by its name, and nothing else`() throws {
        var random = Seeded("planted differences")
        let schedule = try Self.schedule()
        let agreeing = try Self.agreeing(schedule, agency: "H44.01")
        let plain = try agreeing.keys.filter { code in
            try !Self.isWorkedOut(schedule, code) && agreeing[code]!.fees.contains { $0.price.money ?? .zero > .zero }
        }.sorted()
        try #require(plain.count > 5)
        for _ in 0..<300 {
            let code = random.pick(plain)
            let own = agreeing[code]!
            var world = agreeing
            let planted = random.pick(ProcedureDifference.Kind.allCases)
            switch planted {
            case .missingThere: world[code] = nil
            case .notPublished: world[code] = own.with(isPublic: false)
            case .nameDiffers: world[code] = own.with(name: own.name + " (sửa đổi)")
            case .recoded:
                world[code] = nil
                world["9.999999"] = own.with(code: "9.999999")
            case .missingHere: world["9.999998"] = own.with(code: "9.999998", name: "Thủ tục mới")
            case .priceDiffers:
                let fees = own.fees.map { fee in
                    fee.way == .counter && fee.price != .free ? fee.priced(.amount(Money(1), per: nil)) : fee
                }
                guard fees != own.fees else { continue }
                world[code] = own.with(fees: fees)
            case .kindDiffers:
                let fees = own.fees.map { fee in
                    fee.price == .free
                        ? fee : .init(way: fee.way, kind: fee.kind == .fee ? .charge : .fee, price: fee.price)
                }
                // A fee and a charge of one amount change places unseen.
                guard Set(own.fees.compactMap(\.kind)).count == 1 else { continue }
                world[code] = own.with(fees: fees)
            case .notComparable:
                let fees = own.fees.map { $0.way == .counter ? $0.priced(.unclear("theo quy định")) : $0 }
                world[code] = own.with(fees: fees)
            }
            let before = try ProcedureComparison.compare(schedule, with: agreeing, agency: "H44.01", on: Self.day)
            let found = try ProcedureComparison.compare(schedule, with: world, agency: "H44.01", on: Self.day)
                .filter { !before.contains($0) }
            #expect(
                !found.isEmpty && found.allSatisfy { $0.kind == planted },
                "\(random.seed) \(planted) \(code): \(found)"
            )
            for one in found {
                #expect(!one.sentence[.vietnamese].isEmpty && one.sentence[.vietnamese] != one.sentence[.english])
            }
        }
    }

    /// The answer of the service, with what is seen in running systems: text for codes, an apostrophe, dots.
    @Test func `an answer of LayThuTuc is read`() throws {
        let read = PublishedProcedures(try JSON.parse(try Repository.fixture("procedures/laythutuc.json")))
        #expect(read.faults.isEmpty)
        let procedure = try #require(read.procedures["1.004222"])
        #expect(procedure.isPublic && procedure.name == "Đăng ký thường trú")
        #expect(
            procedure.fees == [
                .init(way: .counter, kind: .charge, price: .amount(Money(20_000), per: nil)),
                .init(way: .online, kind: .charge, price: .amount(Money(10_000), per: nil)),
                .init(way: .post, kind: .charge, price: .free),
            ]
        )
        let schedule = try Self.schedule()
        let found = try ProcedureComparison.compare(schedule, with: read.procedures, agency: "H44.01", on: Self.day)
        // The demonstration takes just these prices; all other procedures are missing there.
        #expect(!found.contains { $0.code == "1.004222" } && found.allSatisfy { $0.kind == .missingThere })
    }

    @Test(arguments: [
        (#"{"error_code": "3", "message": "no such session"}"#, "/error_code"), (#"[1, {"MATTHC": "x"}]"#, "/0"),
        (#"{"result": [{"MATTHC": "1.00422"}]}"#, "/result/0/MATTHC"), (#"{}"#, ""), (#""text""#, ""),
        (
            #"{"MATTHC": "1.004222", "CACHTHUCTHUCHIEN": [{"KENH": "7"}]}"#, "/CACHTHUCTHUCHIEN/0/KENH"
        ),
    ]) func `what cannot be read is said with its place, and the rest counts`(_ text: String, _ pointer: String) throws
    {
        let read = PublishedProcedures(try JSON.parse(text))
        #expect(read.faults.first?.pointer == pointer)
        #expect(read.procedures.count == (pointer.hasSuffix("KENH") ? 1 : 0))
    }
}

extension PublishedProcedure {
    fileprivate func with(
        code: String? = nil,
        name: String? = nil,
        isPublic: Bool? = nil,
        fees: [Fee]? = nil
    ) -> PublishedProcedure {
        .init(
            code: code ?? self.code,
            name: name ?? self.name,
            isPublic: isPublic ?? self.isPublic,
            fees: fees ?? self.fees
        )
    }
}

extension PublishedProcedure.Fee {
    fileprivate func priced(_ price: PublishedPrice) -> PublishedProcedure.Fee {
        .init(way: way, kind: kind, price: price)
    }
}
