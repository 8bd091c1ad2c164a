import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// Remitting to the State Treasury in a real browser, and what is printed of it.
@Suite(.serialized) struct RemittanceBrowserTests {
    /// A paper as people see it, kept beside the pictures of pages.
    private static func keep(_ bytes: [UInt8], _ name: String) throws {
        let folder = Repository.home + "/pictures"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name).pdf"))
    }

    @Test(arguments: ["vi", "en"])
    func `what is due becomes an order, which another person approves, and a third takes to the bank`(
        _ language: String
    ) async throws {
        try await LiveServer.with { server in
            try await ConsoleRemittanceTests.setUp(server)
            let desk = ConsoleDesk(server: server)
            let maker = try await desk.session(.finance, name: "Nguyễn Thị Lan")
            let approver = try await desk.session(.approver, name: "Trần Văn Nam")
            let path = server.baseURL + "/console/reports/remittances"
            try await Browser.with(language: language) { browser in
                try await browser.open(server.baseURL + "/login")
                try await browser.use(maker, at: server.baseURL + "/")
                try await browser.open(path)
                try await browser.look("remittances-\(language)")
                let orders = try await server.services.remittances.make(
                    agency: "H44.01",
                    dueBy: Instant.now().day.adding(days: 70),
                    by: TestPerson.lan,
                    within: nil
                )
                let order = try #require(orders.first)
                try await browser.open(path + "/\(order.id)")
                try await browser.look("remittance-made-\(language)")
                try await browser.use(approver, at: server.baseURL + "/")
                try await browser.open(path + "/\(order.id)")
                try await browser.click("form[action$='/approve'] button")
                try await until("the approval") { try await browser.url().contains("done=approved") }
                try await browser.look("remittance-approved-\(language)")
                try await browser.use(maker, at: server.baseURL + "/")
                try await browser.open(path + "/\(order.id)")
                try await browser.click("form[action$='/send'] button")
                try await until("the taking") { try await browser.url().contains("done=sent") }
                try await browser.look("remittance-sent-\(language)")
                try await browser.open(path + "?state=sent")
                #expect(try await browser.text("main").contains(order.mark))
                let clerk = try await desk.visitor(.finance)
                let pdf = try await clerk.get("/console/reports/remittances/\(order.id)/order.pdf")
                #expect(pdf.status == 200)
                try Self.keep(try order.pdf(), "c1-02-ns-made")
                let sent = try await server.services.remittances.find(order.id, within: nil)
                try Self.keep(try sent.pdf(), "c1-02-ns-sent")
            }
        }
    }

    @Test(arguments: ["vi", "en"])
    func `a receipt's page, its paper and its copy, and one that awaits a provider's number`(_ language: String)
        async throws
    {
        try await LiveServer.with { server in
            let calls = try await RecordedCalls(server)
            let id = try await calls.overpaid("FT1").request
            let request = try await server.services.paymentRequests.find(try #require(UUID(uuidString: id)))
            let issued = try #require(request.receipts.first)
            let receipt = try await server.services.receipts.find(issued.address)
            try Self.keep(try server.services.receipts.pdf(receipt), "receipt")
            try Self.keep(try await server.services.receipts.reprint(receipt, by: .system), "receipt-copy")
            _ = try await server.services.receiptProviders.set(
                ReceiptProviders.Draft(
                    agencyCode: "H44.01",
                    dialect: .viettel,
                    url: "https://provider.example.vn",
                    username: "user",
                    password: "secret",
                    taxCode: "0100000000",
                    fee: ("EBL01", "26TAA"),
                    charge: ("EBL02", "26TAA")
                ),
                by: .system
            )
            let other = try await calls.overpaid("FT2").request
            let waiting = try await server.services.paymentRequests.find(try #require(UUID(uuidString: other)))
            try await Browser.with(language: language) { browser in
                try await browser.open(server.baseURL + "/r/\(issued.address)?lang=\(language)")
                try await browser.look("receipt-\(language)")
                try await browser.open(server.baseURL + "/pay/\(waiting.token)?lang=\(language)")
                let words = language == "vi" ? "đang chờ số" : "awaiting number"
                #expect(try await browser.text("main").contains(words))
                try await browser.look("receipt-awaiting-\(language)")
            }
        }
    }
}
