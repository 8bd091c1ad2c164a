import Cryptography
import TestSupport
import Testing
import Values

@testable import BankCallbacks

/// The day's file of the national payment platform, as it comes and as it is damaged on the way.
@Suite struct PlatformFileTests {
    private static let good = "RF1A|77|10000|20261118153112|VCB|1\nRF2A||20000|20261118160000||4\n2|30000|abc\n"

    private static func read(_ text: String, _ layout: PlatformFile.Layout = PlatformFile.Layout()) throws
        -> PlatformFile
    {
        try PlatformFile(Array(text.utf8), layout: layout)
    }

    private static func fault(_ text: String) -> String? {
        do {
            _ = try PlatformFile(Array(text.utf8))
            return nil
        } catch { return error.phrase[.english] }
    }

    @Test func `rows, count and sum are read, whatever the line ends and the first line`() throws {
        for text in [
            Self.good, Self.good.replacing("\n", with: "\r\n"), "\u{FEFF}" + Self.good, Self.good + "\n\n",
            "MaThamChieu|MaGiaoDich|SoTien|ThoiGianGD|MaNganHang|TrangThaiGD\n" + Self.good,
            "{\"data\": {\"file\": \"\(base64(Array(Self.good.utf8)))\"}}",
        ] {
            let file = try Self.read(text)
            #expect(file.rows.map(\.code) == ["RF1A", "RF2A"] && file.total == Money(30_000), "\(text)")
            #expect(file.rows.map(\.status) == ["1", "4"] && file.rows.allSatisfy { $0.fault == nil })
            #expect(file.rows[0].happenedAt == Instant("2026-11-18T15:31:12+07:00"))
        }
    }

    @Test func `the first line decides which columns there are`() throws {
        let file = try Self.read("Stt|SoTien|MaHoSo|MaGiaoDich|MaThamChieu\n1|10000|D-1|77|RF1A\n1|10000\n")
        #expect(file.rows.map(\.transactionID) == ["77"] && file.rows[0].amount == Money(10_000))
        // Without the column all rows are payments.
        #expect(file.rows[0].status == "1")
    }

    @Test func `a row that cannot be read is one, and the rest counts`() throws {
        let broken = ["x", "RF3A|78|ten||VCB|1", "RF4A|79|5||VCB|7", "|80|5||VCB|1", "RF5A||5||VCB|1", "a|b|c|d|e|f|g"]
        for row in broken {
            let file = try Self.read("RF1A|77|10000||VCB|1\n\(row)\n2|99999|\n")
            #expect(file.rows.count == 2 && file.rows[0].fault == nil && file.rows[1].fault != nil, "\(row)")
            #expect(file.total == Money(10_000))
        }
    }

    @Test func `a day on which nothing happened is a file`() throws {
        #expect(try Self.read("0|0|\n").rows.isEmpty)
    }

    @Test func `what was cut off, changed or is no file is refused whole`() {
        #expect(Self.fault("") == "The file is empty.")
        #expect(Self.fault("<html><body>502|x</body></html>")?.contains("a page") == true)
        #expect(Self.fault("{\"error\": \"no\"}")?.contains("Base64") == true)
        #expect(Self.fault("{\"error\": ")?.contains("JSON") == true)
        #expect(Self.fault("RF1A|77|10000||VCB|1\n")?.contains("no last line") == true)
        #expect(Self.fault("RF1A|77|10000||VCB|1\n2|30000|\n")?.contains("cut off") == true)
        #expect(Self.fault("RF1A|77|10000||VCB|1\n1|20000|\n")?.contains("changed or damaged") == true)
        #expect(Self.fault(String(repeating: "x|", count: 12 << 20))?.contains("larger") == true)
    }

    @Test func `every file that loses its end is refused`() throws {
        let text = Array(Self.good.utf8)
        // Without its last line break it is whole, and so it is without the checksum, which nobody knows the rule of.
        for length in 0..<(text.count - 5) {
            #expect(throws: PlatformFileFault.self, "\(length)") { try PlatformFile(Array(text[..<length])) }
        }
        var layout = PlatformFile.Layout()
        layout.mayEndAnywhere = true
        #expect(try Self.read("RF1A|77|10000||VCB|1\n", layout).rows.count == 1)
    }

    @Test func `the answer has each row with its outcome, and can be read again`() throws {
        let file = try Self.read("RF1A|77|10000|20261118153112|VCB|1\nbroken\n2|10000|\n")
        let missing = PlatformFile.Row(missing: "78", code: "RF9A", amount: Money(5), at: Instant(unixSeconds: 0))
        let answer = PlatformAnswerFile([
            .init(file.rows[0], isMatched: true, reason: "platform_agrees"),
            .init(file.rows[1], isMatched: false, reason: "platform_row_unreadable"),
            .init(missing, isMatched: false, reason: "platform_row_missing"),
        ])
        #expect(
            answer.text == """
                MaThamChieu|MaGiaoDich|SoTien|ThoiGianGD|MaNganHang|TrangThaiGD|KetQua|LyDo
                RF1A|77|10000|20261118153112|VCB|1|matched|platform_agrees
                ||||||unmatched|platform_row_unreadable:2
                RF9A|78|5|19700101070000||1|unmatched|platform_row_missing
                3|10005|

                """
        )
    }
}
