import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

@testable import Collection

/// What portals are told when a version of the catalogue is put in force.
@Suite struct CatalogueEventTests {
    private static let row = "CT-THUONGTRU,1.004222,charge,Đăng ký thường trú,"

    private func listen(_ services: Services, _ types: [String]?) async throws {
        _ = try await services.eventEndpoints.add(
            name: "portal",
            url: "https://portal.example/",
            types: types,
            secret: nil
        )
    }

    /// The fees in force, with what a change makes of the rows of one.
    private func change(_ services: Services, _ body: ([String]) -> [String]) async throws -> Int32? {
        let fees = try #require(try await services.catalogue.export().first { $0.file == .fees }).text
        var lines = fees.split(separator: "\n").map(String.init)
        let places = lines.indices.filter { lines[$0].hasPrefix(Self.row) }
        let changed = body(places.map { lines[$0] })
        for place in places.reversed() { lines.remove(at: place) }
        let text = (lines + changed).joined(separator: "\n") + "\n"
        return try await services.catalogue.importFiles([(.fees, Array(text.utf8))], by: TestPerson.finance).version
    }

    private func told(_ services: Services) async throws -> [JSON] {
        try await services.database.query(
            "select body from event where type = 'catalogue.changed' order by id"
        ).map { try $0.get(0, as: JSON.self)["data"] ?? .null }
    }

    @Test func `a price of a later day is told at once, with its day and what is sent to the national portal`()
        async throws
    {
        try await TestDatabase.withServices { services in
            try await listen(services, ["catalogue.changed"])
            let today = Instant.now().day
            let version = try await change(services) { rows in
                let ended = rows.map { $0.replacing(",20000,,2023-02-05,,", with: ",20000,,2023-02-05,\(today),") }
                let later = rows.filter { $0.contains(",20000,,2023-02-05,,") }
                    .map { $0.replacing(",20000,,2023-02-05,,", with: ",30000,,\(today.next),,") }
                return ended + later
            }
            let told = try await told(services)
            #expect(told.count == 1 && told[0]["has_more"] == false)
            #expect(told[0]["version"] == .integer(Int64(try #require(version))))
            let procedures = told[0]["procedures"]?.array ?? []
            #expect(procedures.map { $0["procedure_code"] } == ["1.004222"])
            let one = try #require(procedures.first)
            #expect(one["takes_effect_on"]?.string == today.next.description && one["DuocThanhToanTrucTuyen"] == "2")
            let price = try #require(one["DanhSachLePhi"]?.array?.first { $0["fee_code"] == "CT-THUONGTRU" })
            #expect(
                price == [
                    "TenPhiLePhi": "Đăng ký thường trú", "MaPhiLePhi": "2", "HinhThucThu": "2", "Gia": "30000",
                    "LoaiPhiLePhi": "2", "fee_code": "CT-THUONGTRU", "locality_code": "",
                ]
            )
            let deliveries = try await services.database.query(
                "select count(*) from event_delivery d join event e on e.id = d.event_id where e.type = 'catalogue.changed'"
            ).row().get(0, as: Int.self)
            #expect(deliveries == 1)
        }
    }

    @Test func `what becomes free is told with 0, and what changes no price or nobody names is not told`() async throws
    {
        try await TestDatabase.withServices { services in
            // All types do not mean this one.
            try await listen(services, nil)
            #expect(try await change(services) { $0.map { $0.replacing(",20000,", with: ",21000,") } } != nil)
            #expect(try await told(services).isEmpty)
            _ = try await services.eventEndpoints.add(
                name: "sync",
                url: "https://sync.example/",
                types: ["catalogue.changed"],
                secret: nil
            )
            #expect(try await change(services) { $0 } == nil)
            let agencies = try #require(try await services.catalogue.export().first { $0.file == .agencies }).text
            let renamed = Array(agencies.replacing("Trung tâm", with: "TT").utf8)
            _ = try await services.catalogue.importFiles([(.agencies, renamed)], by: TestPerson.finance)
            #expect(try await told(services).isEmpty)
            #expect(try await change(services) { $0.map { $0.replacing(",21000,", with: ",0,") } } != nil)
            let procedures = try await told(services).first?["procedures"]?.array ?? []
            #expect(procedures.count == 1 && procedures[0]["DuocThanhToanTrucTuyen"] == "0", "\(procedures)")
            #expect(procedures[0]["takes_effect_on"]?.string == Instant.now().day.description)
        }
    }

    @Test func `a price of a later day is told again on that day, once, and whoever was down tells it late`()
        async throws
    {
        try await TestDatabase.withServices { services in
            try await listen(services, ["catalogue.changed"])
            let today = Instant.now().day
            let begins = today.adding(days: 3)
            // Where no day was told before, the first is no reason to tell all that ever began.
            #expect(try await services.catalogue.tellDay(today))
            _ = try await change(services) { rows in
                rows.map {
                    $0.replacing(",20000,,2023-02-05,,", with: ",20000,,2023-02-05,\(begins.adding(days: -1)),")
                }
                    + rows.filter { $0.contains(",20000,,2023-02-05,,") }
                    .map { $0.replacing(",20000,,2023-02-05,,", with: ",30000,,\(begins),,") }
            }
            #expect(try await told(services).count == 1)
            #expect(try await services.catalogue.tellDay(today) == false)
            #expect(try await services.catalogue.tellDay(today.next))
            #expect(try await told(services).count == 1)
            // Nobody was up on the day itself.
            #expect(try await services.catalogue.tellDay(begins.next))
            let told = try await told(services)
            let procedures = told.last?["procedures"]?.array ?? []
            let own = procedures.first { $0["procedure_code"] == "1.004222" }
            #expect(told.count == 2, "\(told)")
            #expect(own?["takes_effect_on"]?.string == begins.description)
            let price = own?["DanhSachLePhi"]?.array?.first { $0["fee_code"] == "CT-THUONGTRU" }
            #expect(price?["Gia"] == "30000")
            #expect(try await services.catalogue.tellDay(begins.next) == false)
            #expect(try await services.catalogue.tellDay(begins.adding(days: 2)))
            #expect(try await self.told(services).count == 2)
        }
    }

    @Test func `what two persons put in force is told as what one imports`() async throws {
        try await TestDatabase.withServices { services in
            try await listen(services, ["catalogue.changed"])
            let fees = try #require(try await services.catalogue.export().first { $0.file == .fees }).text
            let (name, price) = ("Permanent residence registration,lần,", Self.row)
            let dearer = Array(fees.replacing(price + name + "20000,", with: price + name + "25000,").utf8)
            let proposal = try await services.catalogueProposals.propose(
                [(.fees, dearer)],
                note: nil,
                by: TestPerson.finance
            )
            #expect(try await told(services).isEmpty)
            _ = try await services.catalogueProposals.adopt(proposal.id, note: nil, by: TestPerson.approver)
            let told = try await told(services)
            #expect(told.count == 1 && told[0]["procedures"]?.array?.first?["procedure_code"] == "1.004222", "\(told)")
        }
    }
}
