import Collection
import Foundation
import PaymentQR
import Server
import TestSupport
import Testing
import Values

/// What payers keep or carry: the picture of the code, the notice to print.
@Suite struct PayPaperTests {
    private static func file(_ bytes: [UInt8], _ name: String) throws -> String {
        let folder = Repository.home + "/pictures"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        return "\(folder)/\(name)"
    }

    /// What a scanner reads off a picture.
    private static func scanned(_ path: String) throws -> VietQR {
        let read = try OtherProgram.run("zbarimg", ["-q", "--raw", "-Sdisable", "-Sqrcode.enable", path])
        return try VietQR(
            parsing: String(decoding: read, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        )
    }

    private static func options() -> ServerOptions {
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.installation.name = Phrase(vi: "UBND tỉnh Phú Thọ", en: "Phú Thọ Province")
        options.installation.helpPhone = "0210 3846 868"
        return options
    }

    @Test(arguments: ["vi", "en"])
    func `the saved picture and the printed notice ask for what remains`(_ language: String) async throws {
        try await PayDesk.with(Self.options()) { desk in
            let asked = try await desk.ask()
            try await desk.pay(4000, asked.reference)
            let picture = try await desk.server.send("GET", asked.path + "/picture.png?lang=\(language)")
            #expect(picture.status == 200 && picture.headers["content-type"] == "image/png")
            #expect(picture.headers["content-disposition"]?.hasPrefix("attachment") == true)
            #expect(picture.body.count < 100_000, "\(picture.body.count)")
            let saved = try Self.scanned(try Self.file(picture.body, "pay-picture-\(language).png"))
            #expect(saved.amount == Money(6000) && saved.billNumber == asked.reference)
            #expect(saved.account == PayDesk.account)

            let notice = try await desk.server.send("GET", asked.path + "/notice.pdf?lang=\(language)")
            #expect(notice.status == 200 && notice.headers["content-type"] == "application/pdf")
            let path = try Self.file(notice.body, "pay-notice-\(language).pdf")
            let words = String(
                decoding: try OtherProgram.run("pdftotext", ["-layout", path, "-"]),
                as: UTF8.self
            )
            let isVietnamese = language == "vi"
            for part in [
                isVietnamese ? "GIẤY BÁO NỘP TIỀN" : "PAYMENT NOTICE", asked.reference, PayDesk.account,
                isVietnamese ? "6.000 ₫" : "6,000 ₫", "H44-26-0001", "0210 3846 868", "75/2022",
            ] {
                #expect(words.contains(part), "\(part) in \(words)")
            }
            let sheets = try OtherProgram.run("pdfinfo", [path])
            let said = String(decoding: sheets, as: UTF8.self)
            #expect(said.contains(/Pages:\s+1\n/) && said.contains(/Page size:\s+419\.5\d* x 595\.2\d* pts/), "\(said)")
            _ = try OtherProgram.run("pdftoppm", ["-png", "-r", "150", "-singlefile", path, String(path.dropLast(4))])
            let printed = try Self.scanned(String(path.dropLast(4)) + ".png")
            #expect(printed == saved)
        }
    }

    @Test func `nothing is drawn where nothing is to be transferred`() async throws {
        try await PayDesk.with { desk in
            let asked = try await desk.ask()
            try await desk.pay(10_000, asked.reference)
            for paper in ["picture.png", "notice.pdf"] {
                let page = try await desk.page(asked.path + "/" + paper)
                #expect(page.status == 409 && page.text.contains("nothing is to be transferred"), "\(paper)")
                #expect(try await desk.page("/pay/nobody/" + paper).status == 404)
            }
        }
    }
}
