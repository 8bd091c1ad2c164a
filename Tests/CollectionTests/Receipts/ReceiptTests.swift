import Casework
import Collection
import Foundation
import Postgres
import Sealing
import TestSupport
import Testing
import Values
import Workflow

/// What receipts there are, and what they say.
@Suite struct ReceiptTests {
    private static let payer = "Nguyễn Thị <Ánh> & Con"

    /// Registration of an enterprise: a fee of 100.000 and a charge of 50.000.
    static func registration(_ desk: Desk, payer: String? = payer) async throws -> PaymentRequest {
        var members: [JSON.Member] = [
            .init("dossier_code", "D-7"), .init("agency_code", "H44.01"), .init("procedure_code", "2.001610"),
            .init("channel", "counter_qr"),
        ]
        if let payer { members.append(.init("payer", ["name": .string(payer)])) }
        let draft = try PaymentRequestDraft(.object(members), today: Instant.now().day)
        let answer = try await desk.services.paymentRequests.create(draft, caller: nil, idempotency: nil)
        return try await desk.find(try #require(try JSON.parse(answer.body)["id"]?.string))
    }

    private static func withDesk(
        policy: String = "always",
        options: ServiceOptions = ServiceOptions(publicURL: "https://pay.example.vn"),
        _ body: @Sendable (Desk) async throws -> Void
    ) async throws {
        try await TestDatabase.withServices(options: options) { services in
            let files = try TestDatabase.demonstrationCatalogue().map { file, bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                return (file, Array((file == .fees ? text.replacing(",\n", with: ",\(policy)\n") : text).utf8))
            }
            _ = try await services.catalogue.importFiles(files, by: "test")
            try await body(try await Desk(services))
        }
    }

    /// The receipts of a request: number, amount, what it replaces.
    private static func told(_ desk: Desk, _ request: PaymentRequest) async throws -> [String] {
        try await desk.services.receipts.list(of: request.id).map { receipt in
            "\(receipt.number.text) \(receipt.amount) \(receipt.replaces?.text ?? "-") \(receipt.status)"
        }
    }

    private static func year() -> String { String(Instant.now().day.components.year % 100) }

    private static func refund(_ desk: Desk, _ request: PaymentRequest, _ amount: Int64?) async throws {
        let payee = Beneficiary(bankBIN: "970436", account: "0011223344", name: "A")
        let draft = RefundDraft(
            source: .request(request.id),
            amount: amount.map { Money($0) },
            reason: "withdrawn",
            payee: .transfer(payee)
        )
        let answer = try await desk.services.refunds.request(draft, by: TestPerson.finance)
        let id = try #require(UUID(uuidString: try JSON.parse(answer.body)["id"]?.string ?? ""))
        _ = try await desk.services.refunds.approve(id, by: TestPerson.approver)
        _ = try await desk.services.refunds.execute(id, by: TestPerson.finance)
    }

    @Test func `one receipt for fees and one for charges, and the request tells of both`() async throws {
        try await Self.withDesk { desk in
            let request = try await Self.registration(desk)
            #expect(request.receipts.isEmpty && request.amountDue == Money(150_000))
            #expect(try await desk.settle("T1", 100_000, request.reference) == .partial)
            #expect(try await Self.told(desk, request).isEmpty)
            #expect(try await desk.settle("T2", 60_000, request.reference) == .overpaid)
            let year = Self.year()
            #expect(
                try await Self.told(desk, request).sorted() == [
                    "EBL01-\(year)TAA-1 100000 - issued", "EBL02-\(year)TAA-1 50000 - issued",
                ]
            )
            let answer = try await desk.find(request.id.text).json(publicURL: "https://x", now: .now(), in: .english)
            let receipts = try #require(answer["receipts"]?.array)
            #expect(receipts.compactMap { $0["kind"]?.string }.sorted() == ["charge", "fee"])
            for told in receipts {
                let url = try #require(told["url"]?.string)
                let found = try await desk.services.receipts.find(address: String(url.dropFirst("https://x/r/".count)))
                #expect(found.number.text == told["number"]?.string && found.amount.dong == told["amount"]?.integer)
                #expect(found.payerName == Self.payer && !found.collector.isEmpty)
            }
            try await desk.expectCleanBooks()
        }
    }

    @Test func `nothing due, no receipt; a counter's payment and a recovered one have theirs`() async throws {
        try await Self.withDesk { desk in
            let services = desk.services
            let cash = try await desk.request()
            let taken = try CounterPayments.Taken([
                "payment_request_id": .string(cash.id.text), "channel": "counter_cash", "amount": 20_000,
            ])
            _ = try await services.counterPayments.take(taken, caller: nil)
            let year = Self.year()
            #expect(try await Self.told(desk, cash) == ["EBL02-\(year)TAA-1 20000 - issued"])
            let recovered = try await desk.request()
            var lines = StatementLines()
            lines.add("FT9", 10_000, recovered.reference)
            _ = try await lines.imported(into: desk)
            _ = try await desk.reconcile()
            #expect(try await Self.told(desk, recovered) == ["EBL02-\(year)TAA-2 10000 - issued"])

            let count = try await services.database.query("select count(*) from receipt").row().get(0, as: Int64.self)
            #expect(count == 2)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `what goes back replaces the receipts: fees first, then charges`() async throws {
        // Where the endpoint of a test may be this machine.
        let options = ServiceOptions(publicURL: "http://127.0.0.1:1")
        try await Self.withDesk(options: options) { desk in
            let request = try await Self.registration(desk)
            _ = try await desk.services.listen(types: [.receiptIssued, .receiptCancelled])
            #expect(try await desk.settle("T1", 150_000, request.reference) == .settled)
            let year = Self.year()
            try await Self.refund(desk, request, 30_000)
            let (fee, charge) = ("EBL01-\(year)TAA", "EBL02-\(year)TAA")
            #expect(
                try await Self.told(desk, request).sorted() == [
                    "\(fee)-1 100000 - replaced", "\(fee)-2 70000 \(fee)-1 issued", "\(charge)-1 50000 - issued",
                ]
            )
            try await Self.refund(desk, request, nil)
            #expect(
                try await Self.told(desk, request).sorted() == [
                    "\(fee)-1 100000 - replaced", "\(fee)-2 70000 \(fee)-1 replaced", "\(fee)-3 0 \(fee)-2 issued",
                    "\(charge)-1 50000 - replaced", "\(charge)-2 0 \(charge)-1 issued",
                ]
            )
            let second = try await desk.services.receipts.find("\(fee)-2")
            #expect(second.items.map(\.amount) == [Money(100_000), Money(-30_000)])
            #expect(second.reason?.contains("KHR") == true)
            let types = try await desk.services.allEvents().map(\.type)
            #expect(types.filter { $0 == "receipt.issued" }.count == 5)
            #expect(types.filter { $0 == "receipt.cancelled" }.count == 3)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `an error in the name has a notice, any other a receipt that replaces it`() async throws {
        try await Self.withDesk { desk in
            let receipts = desk.services.receipts
            let request = try await Self.registration(desk)
            #expect(try await desk.settle("T1", 150_000, request.reference) == .settled)
            let number = "EBL01-\(Self.year())TAA-1"
            let told = try await receipts.notice(
                number,
                error: .payerName,
                note: "Viết sai một chữ",
                by: TestPerson.finance
            )
            #expect(told.status == .corrected && told.replacedBy == nil && told.notices.count == 1)
            let collector = ReceiptCollector(
                agencyCode: "H44.01",
                name: "SỞ TƯ PHÁP TỈNH A",
                address: "1 Lê Lợi",
                taxCode: "2600123456",
                phone: nil,
                issues: true
            )
            try await receipts.set(collector, by: .system)
            // What is issued says what was so then.
            #expect(try await receipts.find(number).taxCode == nil)
            let made = try await receipts.replace(number, reason: "thiếu mã số thuế", by: TestPerson.finance)
            #expect(
                made.taxCode == "2600123456" && made.collector == "SỞ TƯ PHÁP TỈNH A" && made.amount == Money(100_000)
            )
            #expect(made.replaces?.text == number)
            #expect(try await receipts.find(number).status == .replaced)
            for change in 0..<2 {
                let error = await desk.refusal {
                    change == 0
                        ? try await receipts.replace(number, reason: "x", by: TestPerson.finance)
                        : try await receipts.notice(number, error: .words, note: "x", by: TestPerson.finance)
                }
                #expect(error?.code == .conflict)
            }
            let summary = try await receipts.summary(Instant.now().day)
            #expect(
                summary.rows.map { "\($0.number.text) \($0.amount) \($0.isExplained) \($0.replaces?.text ?? "-")" } == [
                    "EBL02-\(Self.year())TAA-1 50000 false -", "\(number) 100000 false -",
                    "EBL01-\(Self.year())TAA-2 100000 false \(number)", "\(number) 100000 true -",
                ]
            )
            #expect(summary.sheet.csv.contains("Thay thế") && summary.sheet.csv.contains("Giải trình"))
            #expect(try await receipts.summary(Instant.now().day.adding(days: -1)).rows.isEmpty)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `an agency whose receipts another system makes has none here`() async throws {
        try await Self.withDesk { desk in
            let off = ReceiptCollector(
                agencyCode: "H44.01",
                name: "A",
                address: nil,
                taxCode: nil,
                phone: nil,
                issues: false
            )
            try await desk.services.receipts.set(off, by: .system)
            let request = try await Self.registration(desk)
            #expect(try await desk.settle("T1", 150_000, request.reference) == .settled)
            #expect(try await Self.told(desk, request).isEmpty)
            try await desk.expectCleanBooks()
        }
    }

    /// The XML once it is sealed.
    private static func sealed(_ desk: Desk, _ receipt: Receipt) async throws -> [UInt8]? {
        _ = try await desk.services.sealer?.sealAll()
        return try await desk.services.receipts.xml(receipt)
    }

    @Test func `the XML is as its schema says, signed, and any change is seen`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/khop-receipt-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        let (key, certificate) = ("\(folder)/key.pem", "\(folder)/cert.pem")
        _ = try OtherProgram.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
                "-subj", "/CN=SO TU PHAP",
            ]
        )
        var options = ServiceOptions(publicURL: "https://pay.example.vn")
        options.receiptSigning = try ReceiptSigning(
            key: Array(Data(contentsOf: URL(fileURLWithPath: key))),
            certificate: Array(Data(contentsOf: URL(fileURLWithPath: certificate))),
            name: "SỞ TƯ PHÁP"
        )
        options.sealing = SealingOptions(key: .random())
        try await Self.withDesk(options: options) { desk in
            let request = try await Self.registration(desk)
            #expect(try await desk.settle("T1", 150_000, request.reference) == .settled)
            try await Self.refund(desk, request, 30_000)
            for receipt in try await desk.services.receipts.list(of: request.id) {
                let xml = try await desk.services.receipts.xml(receipt)
                let file = "\(folder)/\(receipt.number.text).xml"
                try Data(xml).write(to: URL(fileURLWithPath: file))
                let schema = Repository.root + "/docs/receipts.xsd"
                _ = try OtherProgram.run("xmllint", ["--nonet", "--noout", "--schema", schema, file])
                _ = try OtherProgram.run("xmlsec1", ["--verify", "--trusted-pem", certificate, file])
                let trusted = Array(try Data(contentsOf: URL(fileURLWithPath: certificate)))
                let proved = try #require(try await Self.sealed(desk, receipt))
                #expect(try ReceiptFile(proved).isSigned(trusting: trusted))
                // A payer that was changed is seen by the signature alone.
                let forged = String(decoding: proved, as: UTF8.self).replacing("&amp; Con", with: "&amp; Em")
                #expect(try !ReceiptFile(Array(forged.utf8)).isSigned(trusting: trusted))
                let text = String(decoding: xml, as: UTF8.self)
                #expect(text.contains("<Ten>Nguyễn Thị &lt;Ánh&gt; &amp; Con</Ten>"))
                let changed = text.replacing("<TgTien>", with: "<TgTien>1")
                try Data(changed.utf8).write(to: URL(fileURLWithPath: file))
                #expect(throws: OtherProgram.Failure.self) {
                    try OtherProgram.run("xmlsec1", ["--verify", "--trusted-pem", certificate, file])
                }
                let pdf = try desk.services.receipts.pdf(receipt)
                let shown = String(
                    decoding: try OtherProgram.run("pdftotext", ["-layout", "-", "-"], input: Data(pdf)),
                    as: UTF8.self
                )
                #expect(shown.contains(receipt.amount.inWords) && shown.contains("Nguyễn Thị <Ánh> & Con"))
                #expect(shown.contains("Ký số: SỞ TƯ PHÁP") && shown.contains(receipt.number.serial))
                #expect(shown.split(separator: "\u{0C}").count == 1)
            }
        }
    }

    @Test func `a number is read as it is written, and nothing else is`() throws {
        for text in ["EBL01-26TAA-1-0000000000", "EBL02-27TXY-99999999-7ZZZZZZZZZ"] {
            let number = try #require(ReceiptNumber(text))
            #expect(number.address == text && ReceiptNumber(text.lowercased()) == number)
        }
        #expect(ReceiptNumber("EBL01-26TAA-00000123")?.text == "EBL01-26TAA-123")
        for text in [
            "", "EBL03-26TAA-1", "EBL01-26EAA-1", "EBL01-26TFA-1", "EBL01-26TAJ-1", "EBL01-26TA-1",
            "EBL01-2026TAA-1", "EBL01-26TAA-0", "EBL01-26TAA-", "EBL01-26TAA-123456789", "EBL01-26TAA-1-",
            "EBL01-26TAA-1-ZZZZZZZZZZ", "EBL01-26TAA-1-000000000U", "EBL01-26TAA-1-00000000000", "EBL01-26TAA-１",
        ] { #expect(ReceiptNumber(text) == nil, "\(text)") }
    }
}
