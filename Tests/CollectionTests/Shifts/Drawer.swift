import Casework
import Collection
import FeeSchedule
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// A counter with cashiers, for tests of shifts.
struct Drawer: Sendable {
    let desk: Desk
    var services: Services { desk.services }

    static let mai = TestPerson.person(50, "Mai")
    static let hien = TestPerson.person(51, "Hiền")
    static let agency = "H44.01"

    init(_ services: Services) async throws {
        desk = try await Desk(services)
        for person in [Drawer.mai, Drawer.hien] { try await TestPerson.insert(person, .cashier, services.database) }
    }

    static func id(_ person: Person) throws -> UUID {
        try #require(UUID(uuidString: String(person.id.dropFirst("person:".count))))
    }

    /// The person as somebody who calls.
    static func caller(_ person: Person) throws -> Caller {
        Caller(
            id: try id(person),
            holder: .person(session: 1, factorAt: .now()),
            name: person.name,
            grants: [RoleGrant(.cashier)]
        ).acting(for: .takeCounterPayment)
    }

    func open(_ person: Person = mai, at agency: String = agency, float: Int64 = 500_000) async throws -> Shift {
        try await services.shifts.open(at: agency, float: Money(float), by: person, within: nil)
    }

    /// A request of 20.000 đồng at an agency.
    func request(_ agency: String = agency) async throws -> PaymentRequest {
        let body: JSON = [
            "dossier_code": "D-1", "agency_code": .string(agency), "procedure_code": "1.004222",
            "channel": "counter_cash",
        ]
        let draft = try PaymentRequestDraft(body, today: Instant.now().day)
        let answer = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)
        let id = try JSON.parse(answer.body)["id"]?.string
        return try await desk.find(try #require(id))
    }

    @discardableResult
    func take(
        _ request: PaymentRequest,
        by person: Person = mai,
        _ channel: Channel = .counterCash,
        tendered: Int64? = nil,
        slip: String? = nil
    ) async throws -> CounterPayments.Outcome {
        try await services.counterPayments.take(
            CounterPayments.Taken(
                .id(request.id),
                by: channel,
                amount: Money(20_000),
                receiptNumber: slip,
                tendered: tendered.map { Money($0) }
            ),
            caller: try Drawer.caller(person)
        )
    }

    func close(_ shift: Shift, _ amount: Int64, why: String? = nil, by person: Person = mai) async throws -> Shift {
        let count = try #require(CashCount(pieces: [1000: amount / 1000], others: Money(amount % 1000)))
        return try await services.shifts.close(shift.id, count, explanation: why, by: person, within: nil)
    }

    /// An executed refund of what was paid too much for a request, which is paid by hand.
    func refundByHand(_ transaction: String, _ excess: Int64) async throws -> UUID {
        let request = try await desk.request()
        #expect(try await desk.settle(transaction, 10_000 + excess, request.reference) == .overpaid)
        let draft = RefundDraft(
            source: .request(request.id),
            amount: Money(excess),
            reason: "overpaid",
            payee: .byHand(nil)
        )
        let answer = try await services.refunds.request(draft, by: TestPerson.finance)
        let told = try JSON.parse(answer.body)["id"]?.string
        let id = try #require(told.flatMap { UUID(uuidString: $0) })
        _ = try await services.refunds.approve(id, by: TestPerson.approver)
        _ = try await services.refunds.execute(id, by: TestPerson.finance)
        return id
    }

    /// Expects work to be refused with the code of a reason or of an error.
    static func expect(
        _ code: String,
        location: SourceLocation = #_sourceLocation,
        _ work: () async throws -> Void
    ) async throws {
        let told = try await refusal(work)
        #expect(told == code, sourceLocation: location)
    }

    /// The code of the reason or of the error that work is refused with; `nil` if it is not.
    static func refusal(_ work: () async throws -> Void) async throws -> String? {
        do {
            try await work()
            return nil
        } catch let error as ServiceError {
            return error.reason?.code.rawValue ?? error.code.rawValue
        }
    }
}
