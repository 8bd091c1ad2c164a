import ArgumentParser
import Collection
import Foundation
import Values

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "How an account's statements are read: cut-off and bank days.",
        subcommands: [CutOff.self, Calendar.self]
    )

    struct CutOff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cut-off",
            abstract: "Set how many bank days after a payment its line must have come (1)."
        )
        @Argument(help: "The account.") var account: String
        @Option(help: "Bank days, 0 to 30.") var days: Int
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await Program.withServices { services, _ in
                try await services.bankCalendar.setCutOff(account: account, days: days, by: Terminal.user)
            }
            Terminal.answer(
                ["account_number": .string(account), "cut_off_days": .integer(days)],
                asJSON: json,
                "A payment into \(account) must be on a statement \(days) bank day(s) later."
            )
        }
    }

    struct Calendar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace the calendar of days on which banks do not book.",
            discussion: """
                A CSV file with the columns day and name. A day is YYYY-MM-DD, or saturday for every one. Without a calendar
                every day is a bank day.
                """
        )
        @Argument(help: "The CSV file.") var file: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ServiceError(.invalidParameter, at: "file", .unreadableFile(file))
            }
            let count = try await Program.withServices { services, _ in
                try await services.bankCalendar.importFile(Array(data))
            }
            Terminal.answer(["days": .integer(count)], asJSON: json, "The calendar has \(count) closed day(s).")
        }
    }
}
