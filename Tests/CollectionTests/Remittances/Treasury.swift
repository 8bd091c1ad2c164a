import Casework
import Collection
import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// An agency that remits to the State Treasury, for tests.
struct Treasury: Sendable {
    let desk: Desk
    var services: Services { desk.services }
    static let agency = "H44.01"

    /// - Parameter since: the first day of this budget year, unless given.
    init(_ services: Services, agencies: [String] = [agency], since: Day? = nil) async throws {
        desk = try await Desk(services)
        for agency in agencies { try await services.remittances.set(Treasury.payer(agency, since), by: .system) }
    }

    static var yearStart: Day { Day(year: Instant.now().day.components.year, month: 1, day: 1)! }

    static func payer(_ agency: String, _ since: Day? = nil, chapter: String = "860") -> TreasuryPayer {
        TreasuryPayer(
            agencyCode: agency,
            name: "Trung tâm Phục vụ hành chính công",
            address: "1 phố Mẫu",
            taxCode: "0100000000",
            chapter: chapter,
            treasury: ("0011", "KBNN khu vực I"),
            office: ("1054449", "Thuế cơ sở 1"),
            areaCode: "002HH",
            since: since ?? yearStart
        )
    }

    /// A request of 10.000 đồng that was paid online.
    @discardableResult
    func paid(_ transaction: String, at: Instant = .now()) async throws -> PaymentRequest {
        let request = try await desk.request()
        #expect(try await desk.settle(transaction, 10_000, request.reference, at: at) == .settled)
        return request
    }

    /// Far enough that all that was collected is due by then.
    static var farDay: Day { Instant.now().day.adding(days: 70) }

    func made(_ agency: String = agency) async throws -> Remittance {
        let orders = try await services.remittances.make(
            agency: agency,
            dueBy: Treasury.farDay,
            by: TestPerson.lan,
            within: nil
        )
        #expect(orders.count == 1)
        return try #require(orders.first)
    }

    /// Made, approved and taken to the bank, by three persons.
    func sent() async throws -> Remittance {
        let order = try await made()
        _ = try await services.remittances.approve(order.id, by: TestPerson.nam, within: nil)
        return try await services.remittances.send(order.id, by: TestPerson.hoa, within: nil)
    }

    func find(_ order: Remittance) async throws -> Remittance {
        try await services.remittances.find(order.id, within: nil)
    }

    func due() async throws -> Money { try await services.remittances.due(within: nil).due }

    func run() async throws -> [String: Int64] {
        let run = try await services.reconciliation.run(account: desk.account, through: Instant.now().day, by: "test")
        return Dictionary(uniqueKeysWithValues: (run.counts?.members ?? []).map { ($0.name, $0.value.integer ?? 0) })
    }
}
