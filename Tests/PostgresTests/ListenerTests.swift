import Postgres
import TestSupport
import Testing

@Suite struct ListenerTests {
    @Test func `notifications reach a listener`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            let listener = Listener(options, channels: ["khop_test"])
            var seen: [Signal] = []
            for await signal in listener.signals {
                seen.append(signal)
                if signal == .connected { _ = try await database.query("select pg_notify('khop_test', 'hello')") }
                if seen.count == 2 { break }
            }
            #expect(seen == [.connected, .notified(channel: "khop_test", payload: "hello")])
            listener.stop()
            await database.close()
        }
    }
}
