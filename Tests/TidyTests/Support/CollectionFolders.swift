import Foundation
import TestSupport
import Testing

/// The folders of Sources/Collection, and what the sources say about them.
enum CollectionFolders {
    /// The lowest first, with what each holds: a folder uses only those before it. `Services.swift` lies above them all
    /// and puts them together.
    static let floors: [(folder: String, words: String)] = [
        ("Common", "errors, bodies, locks, paging, stored JSON"),
        ("Audit", "who acts, from where, and who did what"),
        ("Access", "keys, roles, what each may do; secrets"),
        ("Persons", "persons, their invitations, logins and sessions"),
        ("Accounts", "bank accounts and their ledger accounts"),
        ("Ledger", "postings"),
        ("DaySums", "what each day brought accounts and dossiers, behind the seal"),
        ("Idempotency", "answers kept for a repeated key"),
        ("Catalogue", "the tariff in force, its imports, whose agencies a caller sees"),
        ("Events", "the outbox, its endpoints, the delivery"),
        ("Payees", "who is paid back, and who paid"),
        ("CaseRecords", "cases opened, locked, told, ended"),
        ("Settlement", "callbacks, connections, the single entry point for money"),
        ("PaymentRequests", "requests and counter payments"),
        ("Baskets", "several requests that are paid with one code"),
        ("Refunds", "refunds and payment files"),
        ("Remittances", "what goes to the State Treasury: what is due, its orders, their files"),
        ("Shifts", "cashiers' drawers: opened, counted, closed, their cash carried to the bank"),
        ("Cases", "what persons decide about cases"),
        ("Alarms", "what may be money taken by degrees"),
        ("Reconciliation", "statements, runs, confirmations"),
        ("Sealing", "a history that nobody can rewrite: seals, their proofs, their verification"),
        ("Receipts", "receipts: shown, signed, corrected, told to the tax office"),
        ("Platform", "the national payment platform: attempts, questions, daily files, what it looks up"),
        ("Messages", "messages to payers: who wants them, their outbox, their delivery"),
        ("Inspection", "bundles of a period that are checked without Khớp"),
        ("PersonalData", "what is kept of a payer: found, erased, let go after its time"),
        ("LedgerChecks", "everything that can be derived, recomputed"),
        ("Reports", "the reports"),
        ("Overviews", "what a person sees at once: the day's work, a search, the story of a payment"),
        ("PayerPages", "what payers see of their requests, and pages that are open"),
        ("Health", "whether the service can work, and how fast the database answers"),
    ]

    static var order: [String] { floors.map(\.folder) }

    static func files() throws -> [FolderArrows.File] {
        try sources(in: "Sources/Collection").map { name, text in
            let parts = name.split(separator: "/")
            return FolderArrows.File(
                folder: parts.count > 1 ? String(parts[0]) : FolderArrows.top,
                name: name,
                text: text
            )
        }
    }

    static func arrows() throws -> FolderArrows {
        let others = try sources(in: "Sources").filter { !$0.name.hasPrefix("Collection/") }
        return FolderArrows(try files(), beside: others.map(\.text))
    }

    /// The Swift sources below a folder, by their paths in it.
    static func sources(in folder: String) throws -> [(name: String, text: String)] {
        let root = "\(Repository.root)/\(folder)"
        let names = try #require(FileManager.default.subpaths(atPath: root)).filter { $0.hasSuffix(".swift") }
        return try names.sorted().map { ($0, try String(contentsOfFile: "\(root)/\($0)", encoding: .utf8)) }
    }
}
