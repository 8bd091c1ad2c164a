import Postgres
import TestSupport
import Testing
import Values

@testable import Collection

/// Tables that no layout reads: described once, and read by that from then on.
@Suite struct StatementMappingTests {
    private static let account = UnknownTable.account

    private func importing(_ services: Services, _ table: UnknownTable, format: String = "auto") async throws
        -> StoredStatement
    {
        try await services.statements.importFile(
            path: table.file(),
            account: Self.account,
            format: format,
            by: TestPerson.finance
        ).statement
    }

    /// The code of the refusal of an import; `nil` if it is taken.
    private func refused(_ services: Services, _ table: UnknownTable, format: String = "auto") async throws
        -> ServiceError.Code?
    {
        do {
            _ = try await importing(services, table, format: format)
            return nil
        } catch let error as ServiceError { return error.code }
    }

    /// The code of the refusal of an acceptance; `nil` if it is taken.
    private func refused(_ services: Services, accepting id: Int64, _ sample: [UInt8], _ person: Person) async throws
        -> ServiceError.Code?
    {
        do {
            _ = try await services.statementMappings.accept(id, sample: sample, by: person)
            return nil
        } catch let error as ServiceError { return error.code }
    }

    /// The code of the refusal of a description, and the fields that it names.
    private func refused(_ services: Services, storing draft: StatementMappings.Draft) async throws
        -> (code: ServiceError.Code?, fields: [String])
    {
        do {
            _ = try await services.statementMappings.save(draft, by: TestPerson.finance)
            return (nil, [])
        } catch let error as ServiceError { return (error.code, error.faults.map(\.pointer)) }
    }

    @Test func `what balances prove counts at once, and the import says which version read it`() async throws {
        try await TestDatabase.withServices { services in
            let table = UnknownTable.standard()
            #expect(try await refused(services, table) == .statementRejected)
            let unread = try await services.statementPreviews.preview(path: table.file(), account: Self.account)
            #expect(unread.isUnrecognised)
            let stored = try await services.statementMappings.save(
                .init(json: table.mapping(), account: Self.account, sample: table.bytes),
                by: TestPerson.finance
            )
            #expect(stored.state == .inForce && stored.isProven && stored.version == 1 && stored.bank == "970436")
            let preview = try await services.statementPreviews.preview(path: table.file(), account: Self.account)
            #expect(preview.isClean && preview.json(in: .english)["format"] == "ngan-hang-la")
            let first = try await importing(services, table)
            #expect(first.format == "ngan-hang-la" && first.mapping?.id == stored.id && first.mapping?.version == 1)
            #expect(first.credits == Money(130_000) && first.debits == Money(50_000))
            let words = try await services.database.query(
                "select action from audit_entry where subject = \("statement_mapping:\(stored.id)")"
            ).map { try $0.get(0, as: String.self) }
            #expect(words == ["statement_mapping.save"])
        }
    }

    @Test func `a new version changes nothing of an old one, and either can be named`() async throws {
        try await TestDatabase.withServices { services in
            let (old, mappings) = (UnknownTable.standard(), services.statementMappings)
            let first = try await mappings.save(
                .init(json: old.mapping(), account: Self.account, sample: old.bytes),
                by: TestPerson.finance
            )
            let read = try await importing(services, old)
            var new = UnknownTable.standard("B", opening: 1_080_000)
            new.sides = ("Tiền ra", "Tiền vào")
            let second = try await mappings.save(
                .init(json: new.mapping(), account: Self.account, sample: new.bytes),
                by: TestPerson.finance
            )
            #expect(second.version == 2 && second.state == .inForce)
            let known = try await mappings.find(first.id)
            #expect(known.state == .replaced && known.json["columns"]?["debit"] == ["Chi"])
            #expect(try await services.statementRecords.find(read.id).mapping?.version == 1)
            #expect(try await importing(services, new).mapping?.version == 2)
            // The old one is still there for whoever names it, and the same file is the same import.
            let late = UnknownTable.standard("C", opening: 1_160_000)
            #expect(try await refused(services, late) == .statementRejected)
            #expect(try await importing(services, late, format: "ngan-hang-la@1").mapping?.id == first.id)
            #expect(try await importing(services, old).id == read.id)
            let names = ["ngan-hang-la@3", "khac@1", "ngan-hang-la@"]
            for format in names {
                let told = try await refused(services, UnknownTable.standard("D"), format: format)
                #expect(told == .invalidParameter, "\(format)")
            }
            let ended = try await mappings.end(second.id, note: "ngân hàng đổi mẫu", by: TestPerson.lan)
            #expect(ended.state == .ended)
            // No older version comes back.
            #expect(try await mappings.versions("ngan-hang-la").map(\.state) == [.ended, .ended])
            let again = UnknownTable.standard("E", opening: 1_240_000)
            #expect(try await refused(services, again) == .statementRejected)
        }
    }

    @Test func `what nothing proves is read by nobody before another person has seen it read a file`() async throws {
        try await TestDatabase.withServices { services in
            let (table, mappings) = (UnknownTable.standard(hasBalances: false), services.statementMappings)
            let waiting = try await mappings.save(
                .init(json: table.mapping(), account: Self.account, sample: table.bytes),
                by: TestPerson.finance
            )
            #expect(waiting.state == .waiting && !waiting.isProven)
            #expect(try await refused(services, table) == .statementRejected)
            #expect(try await refused(services, table, format: "ngan-hang-la@1") == .invalidParameter)
            let own = try await refused(services, accepting: waiting.id, table.bytes, TestPerson.finance)
            #expect(own == .forbidden)
            let unread = try await refused(services, accepting: waiting.id, Array("a;b\n".utf8), TestPerson.lan)
            #expect(unread == .statementRejected)
            let accepted = try await mappings.accept(waiting.id, sample: table.bytes, by: TestPerson.lan)
            #expect(accepted.state == .inForce && accepted.accepted?.name == "lan")
            #expect(try await importing(services, table).mapping?.id == waiting.id)
            let twice = try await refused(services, accepting: waiting.id, table.bytes, TestPerson.hoa)
            #expect(twice == .conflict)
            // The database itself takes no two roles of one person.
            do {
                _ = try await services.database.query(
                    """
                    insert into statement_mapping (name, version, bank_bin, mapping, is_proven, made_by, made_by_name,
                        accepted_by, accepted_by_name, accepted_at)
                    values ('eins', 1, '970436', '{}', false, \(TestPerson.lan.id), 'lan', \(TestPerson.lan.id), 'lan', now())
                    """
                )
                Issue.record("one person made it and accepted it")
            } catch let error as PostgresError {
                #expect(error.constraint == "statement_mapping_two_persons_check")
            }
        }
    }

    @Test func `a mapping reads the statements of its bank and account alone`() async throws {
        try await TestDatabase.withServices { services in
            let (table, mappings) = (UnknownTable.standard(), services.statementMappings)
            let bidv = "42710001234567"
            var json = table.mapping().members ?? []
            json.append(.init("bank", "970418"))
            let bank = try await mappings.save(
                .init(json: .object(json), account: nil, sample: nil),
                by: TestPerson.lan
            )
            _ = try await mappings.accept(bank.id, sample: table.bytes, by: TestPerson.hoa)
            // The table names another account, which is not what is asked here.
            #expect(try await refused(services, table) == .statementRejected)
            let foreign = try await services.statementPreviews.preview(path: table.file(), account: bidv)
            #expect(!foreign.isUnrecognised)
            let draft = StatementMappings.Draft(json: table.mapping(), account: Self.account, sample: nil)
            let taken = try await refused(services, storing: draft)
            #expect(taken.code == .invalidBody && taken.fields == ["/name"])
        }
    }

    @Test func `descriptions that are none are refused by the member that is wrong`() async throws {
        try await TestDatabase.withServices { services in
            let table = UnknownTable.standard()
            func save(_ json: JSON, account: String? = Self.account, sample: [UInt8]? = nil) async throws
                -> (code: ServiceError.Code?, fields: [String])
            {
                try await refused(services, storing: .init(json: json, account: account, sample: sample))
            }
            func with(_ name: String, _ value: JSON) -> JSON {
                .object((table.mapping().members ?? []).filter { $0.name != name } + [.init(name, value)])
            }
            for (json, field) in [
                (with("name", "vietcombank"), "/name"), (with("name", "csv"), "/name"), (with("name", "Ô"), "/name"),
                (with("title", ""), "/title"), (with("columns", ["booked_at": 1]), "/columns"),
                (with("columns", ["debit": 1, "credit": 2]), "/columns.booked_at"),
                (with("columns", ["booked_at": 1, "amount": 2, "debit": 3]), "/columns"),
                (with("dates", ["MM/thang"]), "/dates"), (with("bank", "970418"), "/bank"),
                (with("thing", 1), "/thing"),
            ] as [(JSON, String)] {
                let told = try await save(json)
                #expect(told.code == .invalidBody && told.fields == [field], "\(field): \(told)")
            }
            #expect(try await save(table.mapping(), account: nil).fields == ["/bank"])
            #expect(try await save([1, 2]).code == .invalidBody)
            let long = with("footer", .array((0..<4000).map { .string("dòng cuối \($0)") }))
            #expect(try await save(long).code == .invalidBody)
            let unread = try await save(table.mapping(), sample: Array("Ngày;Chi\n1/1/2026;5\n".utf8))
            #expect(unread.code == .statementRejected)
            #expect(try await save(table.mapping()).code == nil)
            #expect(try await save(table.mapping()).code == .conflict)
        }
    }
}
