import Statements
import Testing
import Values

/// A statement is read for the account that it is of, and for no other.
@Suite struct ForeignStatementTests {
    struct Scenario: Sendable, CustomTestStringConvertible {
        let file: String
        let account: String
        /// The BIN of the bank that holds the account.
        let bank: String
        let foreign: [ForeignStatement]

        init(_ file: String, _ account: String, _ bank: String, _ foreign: [ForeignStatement]) {
            self.file = file
            self.account = account
            self.bank = bank
            self.foreign = foreign
        }

        var testDescription: String { "\(file) for \(account) at \(bank)" }
    }

    private static let (vietcombank, vietinbank, bidv, acb, techcombank, mb) = (
        "970436", "970415", "970418", "970416", "970407", "970422"
    )
    /// No layout of this bank comes with the program.
    private static let sacombank = "970403"
    private static let ours = "0801000567890"

    /// file, account, bank of the account: by what it is known to be another's.
    private static let scenarios: [Scenario] = [
        .init("banks/bidv.csv", ours, bidv, []),
        .init("banks/bidv.csv", ours, vietcombank, [.layout("bidv", bank: bidv)]),
        .init("banks/bidv.csv", ours, sacombank, [.layout("bidv", bank: bidv)]),
        .init("banks/acb.csv", ours, acb, []),
        .init("banks/acb.csv", ours, vietcombank, [.layout("acb", bank: acb)]),
        .init("banks/techcombank.csv", ours, vietcombank, [.layout("techcombank", bank: techcombank)]),
        .init("banks/vietcombank-retail.csv", ours, vietcombank, []),
        .init("banks/vietcombank-retail.csv", ours, bidv, [.layout("vietcombank-retail", bank: vietcombank)]),
        .init("banks/vietcombank.csv", "0011000000001", vietcombank, []),
        .init("banks/vietcombank.csv", ours, vietcombank, [.account("0011000000001")]),
        .init("banks/vietinbank.xlsx", "113000000001", vietinbank, []),
        .init(
            "banks/vietinbank.xlsx",
            "113000000001",
            vietcombank,
            [.layout("vietinbank", bank: vietinbank)]
        ),
        .init(
            "banks/vietinbank.csv",
            ours,
            vietcombank,
            [.layout("vietinbank", bank: vietinbank), .account("113000000001")]
        ),
        .init(
            "foreign/bidv-with-account.csv",
            ours,
            vietcombank,
            [.layout("bidv", bank: bidv), .account("42710001234567")]
        ),
        .init("foreign/bidv-with-account.csv", "42710001234567", bidv, []),
        .init("foreign/bidv-with-account.csv", "62010007778889", bidv, [.account("42710001234567")]),
        // Spreadsheets take the zero off the front.
        .init("foreign/vietcombank-zeros-lost.csv", ours, vietcombank, []),
        // Layouts that several banks share, and the default CSV, name no bank.
        .init("banks/two-row-header.csv", ours, vietcombank, []),
        .init("banks/agribank.csv", "1500200000001", vietcombank, []),
        .init("banks/agribank.csv", ours, vietcombank, [.account("1500200000001")]),
        .init("default.csv", ours, vietcombank, []),
        .init("mt940.txt", "0011000000001", vietcombank, []),
        .init("mt940.txt", ours, vietcombank, [.account("0011000000001")]),
        .init("camt053-001-08.xml", "0011000000001", vietcombank, []),
        .init("camt053-001-08.xml", ours, vietcombank, [.account("0011000000001")]),
        .init("camt054-001-04.xml", ours, vietcombank, [.account("0011000000001")]),
        .init("foreign/two-accounts.mt940", ours, vietcombank, []),
        .init(
            "foreign/two-accounts.mt940",
            "42710001234567",
            bidv,
            [.account("VCBKVNVX/0011000000001, VCBKVNVX/0801000567890")]
        ),
    ]

    @Test(arguments: scenarios)
    func `a statement is refused for an account that it is not of`(_ scenario: Scenario) throws {
        let options = StatementOptions(account: scenario.account, bank: scenario.bank)
        var foreign: [ForeignStatement] = []
        var lines = 0
        do {
            lines = try read(Fixture.bytes(scenario.file), options: options).lines.count
        } catch let refused as StatementRejected { foreign = refused.foreign }
        #expect(foreign == scenario.foreign)
        #expect((lines > 0) == scenario.foreign.isEmpty)
    }

    @Test(arguments: scenarios.filter { !$0.foreign.isEmpty && !$0.file.contains("two-accounts") })
    func `it is read all the same by who knows why`(_ scenario: Scenario) throws {
        var options = StatementOptions(account: scenario.account, bank: scenario.bank)
        options.acceptsForeign = true
        let forced = try read(Fixture.bytes(scenario.file), options: options)
        #expect(forced.lines == (try read(Fixture.bytes(scenario.file))).lines)
    }

    @Test func `of two other accounts neither is read, however much it is wanted`() throws {
        var options = StatementOptions(account: "42710001234567", bank: Self.bidv)
        options.acceptsForeign = true
        let refused = faults(try Fixture.bytes("foreign/two-accounts.mt940"), options: options)
        #expect(refused.map(\.field) == ["account"])
    }

    @Test func `headings that two banks share are those of the account's own`() throws {
        func layout(_ name: String, _ bank: String) throws -> StatementMapping {
            try StatementMapping(
                """
                {"name": "\(name)", "bank": "\(bank)", "header": ["ngay", "tien"], "dates": ["dd/MM/yyyy"],
                 "columns": {"booked_at": "ngay", "amount": "tien"}}
                """.utf8
            )
        }
        let mappings = [try layout("first", Self.acb), try layout("second", Self.mb)]
        for (bank, expected) in [(Self.acb, "first"), (Self.mb, "second")] {
            let options = StatementOptions(account: Self.ours, bank: bank, mappings: mappings)
            let read = try read("ngay,tien\n21/11/2026,5\n", as: .table(mapping: nil), options: options)
            #expect(read.summary.layout == expected)
        }
    }

    @Test func `a layout of one's own that names no bank is taken for any account`() throws {
        let own = try StatementMapping(
            """
            {"name": "own", "header": ["Ngày GD", "Số tham chiếu"], "dates": ["dd/MM/yyyy"],
             "columns": {"booked_at": "Ngày GD", "debit": "Phát sinh Nợ", "credit": "Phát sinh Có"}, "thousands": [","], "footer": ["Tổng"]}
            """.utf8
        )
        let options = StatementOptions(
            account: Self.ours,
            bank: Self.vietcombank,
            mappings: [own] + StatementMapping.builtIn
        )
        #expect(try read(Fixture.bytes("banks/bidv.csv"), options: options).summary.layout == "own")
    }
}
