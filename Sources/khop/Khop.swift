import ArgumentParser
import Collection
import Foundation
import Postgres

/// `khop`: parses, calls the use cases or the server, prints. No rule of the business lives here.
@main
struct Khop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "khop",
        abstract: "Thu phí, lệ phí và đối soát / Fee payment and reconciliation of administrative procedures.",
        discussion: """
            The database is the one of KHOP_DATABASE_URL; without it khop runs its own PostgreSQL under .khop/.
            Every command that prints takes --json: one JSON document on standard output, everything for people on
            standard error. Exit codes: 0 done, 1 found something wrong, 2 bad usage or input.

            Configuration, from the environment over the file of KHOP_CONFIG_FILE (lines of NAME=value):
              KHOP_DATABASE_URL      where the database is; sslmode=verify-full and the like as libpq reads them
              KHOP_HOME              where khop keeps its own files (default .khop)
              KHOP_HOST, KHOP_PORT   where the server listens (127.0.0.1, 8080)
              KHOP_PUBLIC_URL        what pay links begin with (http://HOST:PORT)
              KHOP_SECRET_KEY        32 bytes in base64 that seal the banks' secrets; or KHOP_SECRET_KEY_FILE
              KHOP_GRACE_SECONDS     how long an expired request may still be paid at its price (86400)
              KHOP_RECONCILE_AT      when the service reconciles every account through the day before (06:30)
              KHOP_RECONCILE_AFTER_MINUTES  how long after an import it does so by itself; 0 for never (10)
              KHOP_STATEMENT_MAPPINGS  a folder of JSON files, each the layout of a bank's statements
              KHOP_POOL_SIZE         database connections (8)
              KHOP_LANG              vi or en: the language of messages (else LC_ALL, LC_MESSAGES or LANG: en for en_…, vi)
              KHOP_LOG_LEVEL         trace, debug, info, notice, warning, error (info)
            """,
        version: "0.1.0",
        subcommands: [
            Serve.self, Migrate.self, Catalogue.self, Key.self, ConnectionCommand.self, CallbackCommand.self,
            Request.self, Statement.self,
            Reconcile.self, AccountCommand.self, Case.self, RefundCommand.self, EventCommand.self, Report.self,
            Ledger.self, Demo.self,
            States.self,
            DatabaseCommand.self,
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(error)
        }
    }

    /// Says what went wrong and ends with the code that stands for it.
    private static func leave(_ error: any Error) -> Never {
        switch error {
        case let error as ServiceError:
            Terminal.say("khop: \(error)")
            Foundation.exit(isInput(error.code) ? 2 : 1)
        case let error as PostgresError where error.isUnavailable:
            Terminal.say("khop: \(error)")
            Foundation.exit(1)
        case let error as any CustomStringConvertible
        where error is MigrationError || error is LocalCluster.Failure || error is PostgresError:
            Terminal.say("khop: \(error)")
            Foundation.exit(1)
        case let code as ExitCode: Foundation.exit(code.rawValue)
        default:
            let text = fullMessage(for: error)
            guard exitCode(for: error) != .success else {
                print(text)
                Foundation.exit(0)
            }
            Terminal.say(text)
            Foundation.exit(2)
        }
    }

    private static func isInput(_ code: ServiceError.Code) -> Bool {
        switch code {
        case .overloaded, .databaseUnavailable, .internalFailure, .conflict: false
        default: true
        }
    }
}
