import TestSupport

/// The modules of the project, and what their sources import of one another.
enum Modules {
    /// From the top down, with what each is for.
    static let all: [(name: String, words: String)] = [
        ("khop", "the command line: parse, call, print"),
        ("Server", "HTTP: API, callbacks, pages, health"),
        ("Console", "the pages of the console: models of finished strings, templates, style"),
        ("Collection", "the use cases, with their SQL"),
        ("Settlement", "what becomes of a notice: one rule a file (pure)"),
        ("Matching", "what a line is: one pass a file; a day's difference (pure)"),
        ("Casework", "what may be done with cases and refunds (pure)"),
        ("FeeSchedule", "what is owed (pure)"),
        ("BankCallbacks", "signed messages (pure)"),
        ("Identity", "passwords, codes, sessions, roles and what each may do (pure)"),
        ("Sealing", "a Merkle tree, its signed heads and proofs (pure)"),
        ("Statements", "bank files (pure)"),
        ("Spreadsheets", "tables as CSV, workbooks, SQLite, text (pure)"),
        ("Documents", "records, letters and receipts as PDF (pure)"),
        ("Migrations", "tables and routines of the database"),
        ("Postgres", "client over libpq"),
        ("PaymentQR", "references, VietQR, pictures (pure)"),
        ("Workflow", "reasons and their sentences, machines of states (pure)"),
        ("Cryptography", "OpenSSL, libsodium"),
        ("Values", "Money, Day, Instant, JSON, CSV"),
    ]

    /// The modules that each module's sources import.
    static func imports() throws -> [String: Set<String>] {
        let names = Set(all.map(\.name))
        var imports: [String: Set<String>] = [:]
        for (name, _) in all {
            let sources = try CollectionFolders.sources(in: name == "Migrations" ? name : "Sources/\(name)")
            imports[name] = Set(sources.flatMap { imported(by: $0.text) }).intersection(names)
        }
        return imports
    }

    static func imported(by text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place <= 1, place + 1 < words.count else { return nil }
            return String(words[place + 1])
        }
    }

    /// What Package.swift states that each target of the project depends on, of the project's own.
    static func dependencies(_ package: String) -> [String: Set<String>] {
        let names = Set(all.map(\.name))
        var dependencies: [String: Set<String>] = [:]
        for match in package.matches(of: /arget\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/) {
            // Products of others are written `.product(name: "…", package: "…")`.
            let listed = match.2.replacing(/\.product\([^)]*\)/, with: "").matches(of: /"(\w+)"/)
            dependencies[String(match.1)] = Set(listed.map { String($0.1) }).intersection(names)
        }
        return dependencies
    }
}
