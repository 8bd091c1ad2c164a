import Collection
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Values

/// Events and the endpoints they are sent to.
struct EventRoutes {
    let endpoints: EventEndpoints
    let store: EventStore
    let jurisdiction: Jurisdiction

    func add(to router: RouteTable, _ gate: Gate) {
        router.get("/v1/event-endpoints", use: gate(.readEventEndpoints, listEndpoints))
        router.post("/v1/event-endpoints", use: gate(.manageEventEndpoints, addEndpoint))
        router.get("/v1/events", use: gate(.readEvents, list))
        router.get("/v1/events/:id", use: gate(.readEvents, read))
        router.post("/v1/events/:id/redeliver", use: gate(.redeliverEvents, redeliver))
    }

    @Sendable private func listEndpoints(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        .json(["items": .array(try await endpoints.list().map { $0.json(in: context.language) })])
    }

    @Sendable private func addEndpoint(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        var body = BodyReader(try Request.json(try await request.bytes()))
        let name = body.text("name", 1...63)
        let url = body.text("url", 1...2048)
        let types = EventRoutes.types(&body)
        let portal = EventRoutes.portal(&body)
        try body.finish()
        do {
            let opened = try await endpoints.add(
                name: name,
                url: url,
                types: types,
                portal: portal,
                secret: nil,
                by: caller.person
            )
            return .json(opened.json(in: context.language), status: .created)
        } catch let error where error is ServiceError {
            throw EventRoutes.inBody(error)
        }
    }

    /// A key of the portal that the endpoint belongs to.
    private static func portal(_ body: inout BodyReader) -> UUID? {
        guard let text = body.optionalText("portal", 36) else { return nil }
        let id = UUID(uuidString: text)
        if id == nil {
            body.fault("/portal", Phrase(vi: "phải là mã của một khóa", en: "must be the id of a key"))
        }
        return id
    }

    private static func types(_ body: inout BodyReader) -> [String]? {
        body.know("types")
        guard body.isGiven("types") else { return nil }
        let names = body.json["types"]?.array?.compactMap(\.string)
        guard let names, names.count == body.json["types"]?.array?.count, !names.isEmpty else {
            body.fault(
                "/types",
                Phrase(
                    vi: "phải là một mảng các loại sự kiện; bỏ trống để nhận tất cả",
                    en: "must be an array of event types; leave it out for all"
                )
            )
            return nil
        }
        return names
    }

    /// Reports an error in a parameter as one in the body's field of the same name.
    private static func inBody(_ error: any Error) -> any Error {
        guard let error = error as? ServiceError, error.code == .invalidParameter else { return error }
        return ServiceError(
            .invalidBody,
            error.phrase,
            faults: error.faults.map { ServiceError.Fault("/\($0.pointer)", $0.reason) }
        )
    }

    @Sendable private func list(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let limit = try request.limit()
        let filter = EventStore.Filter(
            state: request.given("state"),
            subject: request.parameter("subject"),
            scope: try await scope(of: caller)
        )
        let events = try await store.list(
            filter,
            after: try request.cursor { Int64($0) },
            limit: limit
        )
        let next = events.count == limit ? events.last.map { JSON.integer($0.id) } : nil
        return .json(["items": .array(events.map { $0.json(in: context.language) }), "next_cursor": next ?? .null])
    }

    @Sendable private func read(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws -> Response {
        let id = try Event.id(context.parameters.get("id") ?? "")
        return .json(try await store.find(id, within: try await scope(of: caller)).json(in: context.language))
    }

    /// A portal sees what is about its own requests, and a key bound to a locality what is of agencies there.
    private func scope(of caller: Caller) async throws -> EventStore.Scope {
        EventStore.Scope(
            agencies: try await jurisdiction.agencies(under: nil, caller: caller),
            holder: caller.onlyOf
        )
    }

    @Sendable private func redeliver(_ request: Request, _ context: KhopContext, _ caller: Caller) async throws
        -> Response
    {
        let id = try Event.id(context.parameters.get("id") ?? "")
        let bytes = try await request.bytes()
        var endpoint: String?
        if !bytes.isEmpty {
            var body = BodyReader(try Request.json(bytes))
            endpoint = body.optionalText("endpoint", 63)
            try body.finish()
        }
        let event = try await store.redeliver(
            id,
            endpoint: endpoint,
            within: try await scope(of: caller),
            by: caller.person
        )
        return .json(event.json(in: context.language), status: .accepted)
    }
}
