import Collection
import Testing

extension Services {
    /// Adds an endpoint at an address where nothing listens; the tests' senders do not look at it.
    @discardableResult
    func listen(_ name: String = "portal", types: [EventType]? = nil) async throws -> String {
        try #require(
            try await eventEndpoints.add(
                name: name,
                url: "http://127.0.0.1:9/events",
                types: types?.map(\.rawValue),
                secret: nil
            ).secret
        )
    }

    func allEvents(_ state: String? = nil) async throws -> [Event] {
        try await events.list(EventStore.Filter(state: state), limit: 500)
    }
}
