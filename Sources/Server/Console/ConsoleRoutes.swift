import Collection
import Console
import FeeSchedule
import Hummingbird
import Identity
import Values

/// The home, the search and the story of a payment.
struct ConsoleRoutes {
    let door: ConsoleFrontDoor
    let searches: SettledSearches
    let overviews: Overviews
    let finder: Finder
    let stories: PaymentStories
    let jurisdiction: Jurisdiction
    let tariff: Tariff
    let audit: AuditLog

    func add(to routes: RouteTable) {
        door.get(routes, "/console", nil, today)
        door.get(routes, "/console/find", .search, showing: .search, find)
        door.get(routes, "/console/found", .search, found)
        door.get(routes, "/console/payments/:id", .readPaymentRequest, showing: .paymentRequest, payment)
    }

    @Sendable private func today(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let overview = try await overviews.read(
            for: call.caller,
            accounts: try await jurisdiction.accounts(for: call.caller),
            agencies: try await jurisdiction.agencies(under: nil, caller: call.caller)
        )
        return .page(TodayPage(overview, for: call.caller, in: call.language))
    }

    private static func typed(_ call: ConsoleCall) -> String {
        String((call.parameter("q") ?? "").prefix(SearchTerm.longest))
    }

    private func look(_ call: ConsoleCall) async throws -> FindPage {
        let typed = ConsoleRoutes.typed(call)
        let scope = try await Finder.Scope(call.caller, jurisdiction)
        let found = try await finder.find(SearchTerm(typed, today: Instant.now().day), in: scope)
        return FindPage(found, typed, for: call.caller, in: call.language)
    }

    @Sendable private func find(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        await searches.forget(ConsoleRoutes.typed(call), by: call.caller.person)
        return .page(try await look(call))
    }

    /// What the search box shows while somebody types.
    @Sendable private func found(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        try await searches.look(ConsoleRoutes.typed(call), by: call.caller.person)
        let part = door.renderer.part(try await look(call), "found", in: call.language)
        var response = Response.text(part, "text/html; charset=utf-8")
        ConsoleFrontDoor.secure(&response)
        return .raw(response)
    }

    @Sendable private func payment(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let id = try call.request.identifier(call.context, .paymentRequest)
        let agencies = try await jurisdiction.agencies(under: nil, caller: call.caller)
        let story = try await stories.read(
            id,
            within: agencies,
            seenWith: call.caller.sight
        )
        let schedule = try await tariff.current().schedule
        func name(_ vi: String?, _ en: String?) -> String? { call.language == .vietnamese ? vi : en ?? vi }
        let agency = schedule.agencies[story.request.agencyCode]
        let procedure = schedule.procedures[story.request.procedureCode]
        return .page(
            StaffPaymentPage(
                story,
                agencyName: name(agency?.nameVi, agency?.nameEn),
                procedureName: name(procedure?.nameVi, procedure?.nameEn),
                for: call.caller,
                publicURL: door.publicURL,
                audit: try await entries(about: story, call, agencies),
                done: ConsoleEventRoutes.told(call),
                in: call.language
            )
        )
    }

    private static let mostAudited = 10

    /// What persons and programs did about a payment, its cases and its refunds, the latest first, without who looked; none
    /// for those who may not read the audit.
    private func entries(about story: PaymentStory, _ call: ConsoleCall, _ agencies: [String]?) async throws
        -> [AuditEntry]
    {
        guard call.session.caller.holds(.readAudit) else { return [] }
        let subjects =
            ["request:" + story.request.id.text]
            + story.cases.prefix(Self.mostAudited).map { "case:\($0.id)" }
            + story.refunds.prefix(Self.mostAudited).map { "refund:" + $0.id.text }
        var entries: [AuditEntry] = []
        for subject in subjects {
            var filter = try AuditFilter(subject: subject)
            filter.agencies = agencies
            entries += try await audit.list(filter, limit: 100).filter { !$0.action.hasPrefix("read.") }
        }
        return entries.sorted { ($1.happenedAt, $1.id) < ($0.happenedAt, $0.id) }
    }
}
