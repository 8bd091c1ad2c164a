import Collection
import Postgres
import TestSupport
import Testing
import Values

/// Names in the one search box, over more requests than the latest.
@Suite struct FinderTests {
    private static let surnames = ["Nguyễn", "Trần", "Lê", "Phạm", "Đặng"]
    private static let middles = ["Văn", "Thị", "Hữu", "Ngọc"]
    /// Some given names only old requests have.
    private static let given = ["An", "Ánh", "Bình", "Yến", "Khang", "Khánh"]

    private static func add(_ names: [String], _ services: Services) async throws {
        let rows = names.enumerated().map { "(\($0), '\($1)')" }.joined(separator: ", ")
        try await services.database.transaction { tx in
            try tx.script(
                """
                insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                    assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number,
                    account_name, revenue_account, catalogue_version, lines, payer_name)
                select gen_random_uuid(), 'RF00' || lpad(n::text, 12, '0'), 't' || n, 'D-' || n, 'H44.01', '1.004222',
                    'online', current_date, 10000, 0, 'pending', now() + make_interval(secs => n),
                    now() + make_interval(secs => n), '970436', '0801000567890', 'A',
                    (select id from ledger_account where kind = 'revenue' and owner = 'H44.01'), 1, '[]', name
                from (values \(rows)) w (n, name)
                """
            )
        }
    }

    @Test func `names are found as an independent look through all of them finds them`() async throws {
        var random = Seeded("names")
        try await TestDatabase.withServices { services in
            let names = (0..<3000).map { number in
                let old = number < 900
                let last = random.pick(old ? Self.given : Array(Self.given.prefix(3)))
                return [random.pick(Self.surnames), random.pick(Self.middles), last].joined(separator: " ")
            }
            try await Self.add(names, services)
            let scope = Finder.Scope(agencies: nil, accounts: nil, seesPayers: true, seesCases: true, seesRefunds: true)
            var typed =
                Self.given + ["khan", "guyễn", "van a", "Van An", "ngoc khanh", "%", "n_y", "yen le", "đặng thị"]
            typed += (0..<60).map { _ in
                let name = random.pick(names)
                let from = Int.random(in: 0..<(name.count - 3), using: &random)
                let part = name.dropFirst(random.chance(50) ? 0 : from)
                return String(random.chance(50) ? part : part.prefix(Int.random(in: 3...name.count, using: &random)))
            }
            let today = Instant.now().day
            for text in typed {
                let term = SearchTerm(text, today: today)
                let found = try await services.finder.find(term, in: scope).payments
                guard term.folded.utf8.count >= Finder.fewest else { continue }
                let fitting = names.filter { SearchTerm($0, today: today).folded.contains(term.folded) }
                #expect(
                    found.count == min(Finder.maximum, fitting.count),
                    "\(text): \(found.count) of \(fitting.count)"
                )
                for one in found { #expect(fitting.contains(one.payerName ?? ""), "\(text): \(one.payerName ?? "")") }
            }
        }
    }

    @Test func `a beginning of a reference finds it, and a reference that is none finds nothing`() async throws {
        try await TestDatabase.withServices { services in
            try await Self.add(["Nguyễn Văn An", "Trần Thị Bình"], services)
            let scope = Finder.Scope(agencies: nil, accounts: nil, seesPayers: true, seesCases: true, seesRefunds: true)
            for (text, count) in [("RF0000", 2), ("rf00000000000001", 1), ("RF99", 0)] {
                let found = try await services.finder.find(SearchTerm(text, today: Instant.now().day), in: scope)
                #expect(found.payments.count == count, "\(text)")
            }
        }
    }
}
