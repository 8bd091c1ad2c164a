import Foundation
import PaymentQR
import TestSupport
import Testing
import Values

@Suite struct PayloadTests {
    private func random(_ random: inout Seeded) -> VietQR {
        let reference = CreditorReference.random(using: &random)
        let isDynamic = random.chance(70)
        return VietQR(
            bin: String(Int.random(in: 100_000...999_999, using: &random)),
            account: String(UInt64.random(in: 1...9_999_999_999_999_999_999, using: &random)),
            service: random.chance(80) ? .toAccount : .toCard,
            amount: isDynamic || random.chance(30)
                ? Money(Int64.random(in: 1...9_999_999_999_999, using: &random)) : nil,
            isDynamic: isDynamic,
            billNumber: random.chance(80) ? reference.text : nil,
            purpose: random.chance(80) ? VietQR.purpose(reference: reference, "Lệ phí hồ sơ đăng ký cư trú") : nil
        )
    }

    @Test func `a generated payload reads back, and Python agrees on the checksum`() throws {
        var generator = Seeded("VietQR round trip")
        var payloads: [String] = []
        for _ in 0..<500 {
            let qr = random(&generator)
            let payload = try qr.payload()
            #expect(try VietQR(parsing: payload) == qr)
            #expect(try EMVPayload(parsing: payload).text == payload)
            payloads.append(payload)
        }
        // Python's binascii has the same CRC, begun at 0xFFFF.
        let script =
            "import sys,binascii\nfor l in sys.stdin.buffer: l=l.rstrip(b'\\n'); print('%04X'%binascii.crc_hqx(l[:-4],0xFFFF))"
        let output = try OtherProgram.run(
            "python3",
            ["-c", script],
            input: Data(payloads.joined(separator: "\n").utf8)
        )
        #expect(String(decoding: output, as: UTF8.self).split(separator: "\n") == payloads.map { $0.suffix(4) })
    }

    @Test func `every changed character is detected`() throws {
        var generator = Seeded("changed payloads")
        for _ in 0..<10 {
            let payload = try random(&generator).payload()
            for place in 0..<payload.utf8.count {
                var bytes = Array(payload.utf8)
                repeat {
                    bytes[place] = UInt8.random(in: 48...57, using: &generator)
                } while bytes[place] == Array(payload.utf8)[place]
                let changed = String(decoding: bytes, as: UTF8.self)
                #expect(throws: VietQRError.self, "\(changed)") { try VietQR(parsing: changed) }
                #expect(throws: VietQRError.self) { try VietQR(parsing: String(payload.utf8.prefix(place))!) }
            }
        }
    }

    @Test func `noise is refused and never crashes`() {
        var generator = Seeded("noise as payloads")
        let letters = Array("0123456789AC6304ễ\u{301}\r\n ").map { $0 }
        for _ in 0..<5000 {
            let noise =
                "000201" + String((0..<Int.random(in: 0..<80, using: &generator)).map { _ in generator.pick(letters) })
            #expect(throws: VietQRError.self) { try VietQR(parsing: noise) }
        }
        #expect(throws: VietQRError.self) { try VietQR(parsing: String(repeating: "0", count: 100_000)) }
    }

    @Test func `lengths count code points, and the checksum covers bytes`() throws {
        // "ễ" in two code points: as Python and JavaScript count them.
        let code = EMVPayload([TLV("00", "01"), TLV("59", "LE\u{302}\u{303}"), TLV("60", "Hà Nội")])
        #expect(code.text.hasPrefix("0002015904LE\u{302}\u{303}6006Hà Nội6304"))
        #expect(try EMVPayload(parsing: code.text)["60"] == "Hà Nội")
    }

    @Test func `an invalid amount is not put into a code`() {
        for amount in [Money(0), Money(-1), Money(10_000_000_000_000)] {
            #expect(throws: VietQRError.self) { try VietQR(bin: "970403", account: "1", amount: amount).payload() }
        }
        #expect(throws: VietQRError.self) {
            try VietQR(bin: "970403", account: "1", service: .olderPush, amount: Money(1)).payload()
        }
    }

    @Test func `a purpose begins with the reference and is at most 25 characters`() throws {
        let reference = try #require(CreditorReference("RF18539007547034"))
        #expect(VietQR.purpose(reference: reference, "Lệ phí hồ sơ") == "RF18539007547034 Le phi h")
        #expect(VietQR.purpose(reference: reference, "LE PHI  ĐẤT") == "RF18539007547034 LE PHI D")
        #expect(VietQR.purpose(reference: reference, "Nộp phí 2") == "RF18539007547034 Nop phi")
        #expect(VietQR.purpose(reference: reference, "") == "RF18539007547034")
    }
}
