import Foundation
import PaymentQR
import TestSupport
import Testing
import Values

@Suite struct VietQRTests {
    @Test func `the examples of NAPAS are generated exactly`() throws {
        let dynamic = VietQR(
            bin: "970403",
            account: "0011012345678",
            amount: Money(180_000),
            billNumber: "NPS6869",
            purpose: "thanh toan don hang"
        )
        #expect(
            try dynamic.payload()
                == "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E"
        )
        let card = VietQR(bin: "970403", account: "9704031101234567", service: .toCard, amount: nil, isDynamic: false)
        #expect(
            try card.payload()
                == "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52"
        )
    }

    @Test func `published codes are read and altered ones refused`() throws {
        for item in try JSON.parse(Repository.fixture("qr/published.json")).array ?? [] {
            let payload = try #require(item["payload"]?.string)
            let qr = try VietQR(parsing: payload)
            #expect(qr.bin == item["t38_01"]?["00"]?.string, "\(payload)")
            #expect(qr.account == item["t38_01"]?["01"]?.string, "\(payload)")
        }
        for item in try JSON.parse(Repository.fixture("qr/broken.json")).array ?? [] {
            let payload = try #require(item["payload"]?.string)
            #expect(throws: VietQRError.self, "\(payload)") { try VietQR(parsing: payload) }
        }
    }

    @Test func `fields that do not fit are refused`() {
        func payload(_ qr: VietQR) throws -> String { try qr.payload() }
        let good = VietQR(bin: "970403", account: "1", amount: Money(1))
        for change: (inout VietQR) -> Void in [
            { $0.bin = "97040" }, { $0.account = "" }, { $0.account = String(repeating: "1", count: 20) },
            { $0.amount = nil },
            { $0.billNumber = String(repeating: "A", count: 26) }, { $0.purpose = "lệ phí" },
        ] {
            var qr = good
            change(&qr)
            #expect(throws: VietQRError.self) { try payload(qr) }
        }
    }

    @Test func `scanners read the pictures back`() throws {
        var random = Seeded("pictures against zbarimg")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("khop-qr-\(random.seed)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
        var payloads: [String] = []
        for number in 0..<40 {
            let reference = CreditorReference.random(using: &random).text
            let payload = try VietQR(
                bin: "970436",
                account: String(Int64.random(in: 1_000_000...9_999_999_999_999, using: &random)),
                amount: Money(Int64.random(in: 1...9_999_999_999_999, using: &random)),
                billNumber: reference,
                purpose: reference + " LE PHI"
            ).payload()
            payloads.append(payload)
            let name = folder.appendingPathComponent("\(1000 + number).png")
            try Data(try #require(QRCode(payload)).png(scale: Int.random(in: 3...8, using: &random))).write(to: name)
        }
        let files = (0..<40).map { folder.appendingPathComponent("\(1000 + $0).png").path }
        // QR codes alone: the program has seen a bar code of another kind among the modules of one.
        let output = try OtherProgram.run("zbarimg", ["-q", "--raw", "-Sdisable", "-Sqrcode.enable"] + files)
        #expect(String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init) == payloads)
    }

    @Test func `the picture for pages has the same modules`() throws {
        let code = try #require(QRCode("000201"))
        let svg = code.svg
        var area = 0
        for run in svg.split(separator: "M").dropFirst(2) {
            area += Int(run.split(separator: "h")[1].split(separator: "v")[0]) ?? 0
        }
        var dark = 0
        for y in 0..<code.side { for x in 0..<code.side where code.isDark(x, y) { dark += 1 } }
        #expect(area == dark)
    }

    @Test func `Vietnamese is folded to plain letters`() {
        #expect("Cấp đổi  thẻ căn cước – Đỗ".foldedToASCII == "Cap doi the can cuoc Do")
        #expect("e\u{302}\u{301}".foldedToASCII == "e")
    }
}
