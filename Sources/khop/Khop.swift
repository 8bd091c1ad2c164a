import ArgumentParser
import Collection
import Foundation
import Postgres
import Values

/// `khop`: parses arguments, calls the use cases or the server, and prints. It contains no business rules.
@main
struct Khop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "khop",
        abstract: String(
            vi: "Thu phí, lệ phí và đối soát của thủ tục hành chính.",
            en: "Fee payment and reconciliation of administrative procedures."
        ),
        discussion: help[.ofTerminal],
        version: version,
        subcommands: [
            Serve.self, Migrate.self, PersonCommand.self, Login.self, Logout.self, WhoAmI.self, Catalogue.self,
            Key.self, ConnectionCommand.self, CallbackCommand.self, LabCommand.self,
            Request.self, Statement.self,
            Reconcile.self, Explain.self, AccountCommand.self, Case.self, RefundCommand.self, LimitCommand.self,
            ReceiptCommand.self, ShiftCommand.self, RemittanceCommand.self, PlatformCommand.self,
            EventCommand.self, MessageCommand.self,
            Report.self,
            Ledger.self, AuditCommand.self, SealCommand.self, PersonalDataCommand.self, RetentionCommand.self,
            Demo.self, SimulateCommand.self,
            States.self,
            DatabaseCommand.self, DoctorCommand.self,
        ]
    )

    /// The release that this is, or is on the way to.
    static let release = "0.1.0"

    /// The release, and the commit that it was built from.
    static let version = "\(release) (commit \(Commit.id?.prefix(12) ?? "unknown"))"

    static func main() async {
        // Nothing that khop writes is for other users of the machine.
        umask(0o077)
        do {
            // Whatever a command draws or writes says what it is of, and so does a service that it starts.
            try await InstallationMode.$current.withValue(await Settings.mode()) {
                var command = try parseAsRoot()
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            }
        } catch {
            leave(error)
        }
    }

    /// Prints what went wrong and exits with the matching code.
    private static func leave(_ error: any Error) -> Never {
        switch error {
        case let error as ServeFailure: leave(error.error)
        case let error as ServiceError:
            Terminal.write("khop: \(error)")
            Foundation.exit(isInput(error.code) ? 2 : 1)
        case let error as PostgresError where error.isUnavailable:
            Terminal.say(
                Phrase(vi: "khop: cơ sở dữ liệu không sẵn sàng: ", en: "khop: the database is unavailable: ")
                    .followed(by: "\(error)")
            )
            Foundation.exit(1)
        case let error as MigrationError:
            Terminal.say(error.phrase.prefixed(by: "khop: "))
            Foundation.exit(1)
        case let error as LocalCluster.Failure:
            Terminal.say(error.phrase.prefixed(by: "khop: "))
            Foundation.exit(1)
        case let error as PostgresError:
            Terminal.write("khop: \(error)")
            Foundation.exit(1)
        case let code as ExitCode: Foundation.exit(code.rawValue)
        default:
            let english = fullMessage(for: error)
            let text = Language.ofTerminal == .english ? english : ParserText.vietnamese(english)
            guard exitCode(for: error) != .success else {
                print(text)
                Foundation.exit(0)
            }
            Terminal.write(text)
            Foundation.exit(2)
        }
    }

    private static func isInput(_ code: ServiceError.Code) -> Bool {
        switch code {
        case .overloaded, .tooManyAttempts, .tooManyRequests, .databaseUnavailable, .internalFailure, .conflict: false
        default: true
        }
    }
}
