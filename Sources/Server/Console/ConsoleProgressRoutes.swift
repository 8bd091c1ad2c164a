import Collection
import Console
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Values

/// How far an import or a run has come, as a page that is loaded again and as news for one that is open.
struct ConsoleProgressRoutes {
    let door: ConsoleFrontDoor
    let works: StatementWorks

    private static let path = "/console/statements/progress/:token"
    /// How often an open page hears of progress, and after how many silent times it gets a sign of life.
    private static let pace = Duration.milliseconds(300)
    private static let silentTimes = 40
    private static let lifetime = Duration.seconds(3600)

    /// The page of a work.
    static func address(_ token: String) -> String { "/console/statements/progress/\(token)" }

    func add(to routes: RouteTable) {
        door.get(routes, Self.path, .importStatement, show)
        door.get(routes, Self.path + "/events", .importStatement, events)
    }

    private func look(_ call: ConsoleCall) throws -> (
        token: String, progress: StatementProgress, ended: StatementWorks.Ended?
    ) {
        let token = call.context.parameters.get("token") ?? ""
        guard let (progress, ended) = works.look(token, of: call.session.person.id) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi:
                        "Không còn theo dõi được việc này (sau 30 phút, hoặc máy chủ đã khởi động lại). Xem danh sách sao kê: sao kê chưa có ở đó thì chưa được nhập.",
                    en:
                        "This is not followed any more (after 30 minutes, or the server was restarted). See the list: a statement that is not there was not imported."
                )
            )
        }
        return (token, progress, ended)
    }

    @Sendable private func show(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let (token, progress, ended) = try look(call)
        switch ended {
        case .done(let path): return .goTo(path)
        case .failed(let error): throw error
        case nil: return .page(StatementProgressPage(progress, token: token, in: call.language))
        }
    }

    /// News whenever it has come further, until it ends (server-sent events).
    @Sendable private func events(_ call: ConsoleCall) async throws -> ConsoleFrontDoor.Answer {
        let (token, _, _) = try look(call)
        let (person, language) = (call.session.person.id, call.language)
        let (works, renderer) = (works, door.renderer)
        let body = ResponseBody { writer in
            let end = ContinuousClock.now + Self.lifetime
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
            var shown = ""
            var silent = 0
            while ContinuousClock.now < end, let (progress, ended) = works.look(token, of: person), ended == nil {
                let page = StatementProgressPage(progress, token: token, in: language)
                let part = renderer.part(page, "progress", in: language)
                silent = part == shown ? silent + 1 : 0
                if part != shown {
                    let news: JSON = ["html": .string(part)]
                    try await writer.write(ByteBuffer(string: "event: progress\ndata: \(news.serialized)\n\n"))
                } else if silent % Self.silentTimes == Self.silentTimes - 1 {
                    try await writer.write(ByteBuffer(string: ":\n\n"))
                }
                shown = part
                try await Task.sleep(for: Self.pace)
            }
            // The page itself leads on to what came of it.
            try await writer.write(ByteBuffer(string: "event: done\ndata: {}\n\n"))
            try await writer.finish(nil)
        }
        var headers = HTTPFields()
        headers[.contentType] = "text/event-stream; charset=utf-8"
        headers[.cacheControl] = "no-store"
        // nginx would hold events back.
        headers[HTTPField.Name("X-Accel-Buffering")!] = "no"
        return .raw(Response(status: .ok, headers: headers, body: body))
    }
}
