import ArgumentParser
import Collection
import Values

struct WhoAmI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami",
        abstract: String(vi: "Ai đang đăng nhập ở đây, với vai trò gì.", en: "Who is logged in here, with which roles.")
    )
    @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

    func run() async throws {
        try await Program.withServices { services, settings in
            let token = try SessionFile(settings).token() ?? ""
            Login.tell(try await services.sessions.authenticate(token, .bearer), asJSON: json)
        }
    }
}
