import ArgumentParser
import Collection
import Values

struct Logout: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(vi: "Kết thúc phiên đăng nhập ở đây.", en: "End the session of this terminal.")
    )

    func run() async throws {
        try await Program.withServices { services, settings in
            let file = SessionFile(settings)
            defer { file.remove() }
            do {
                let session = try await services.sessions.authenticate(
                    try file.token() ?? "",
                    .bearer,
                    from: Terminal.origin
                )
                try await services.sessions.end(session.id, by: session)
            } catch let error as ServiceError where error.code == .unauthenticated {
                // It has ended by itself.
            }
            Terminal.say(Phrase(vi: "Đã đăng xuất.", en: "Logged out."))
        }
    }
}
