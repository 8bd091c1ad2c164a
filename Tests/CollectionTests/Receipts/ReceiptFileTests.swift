import Collection
import Cryptography
import Foundation
import Sealing
import TestSupport
import Testing
import Values

/// A receipt's XML checked by whoever keeps it.
@Suite struct ReceiptFileTests {
    private func fault(_ bytes: [UInt8], _ key: VerificationKey) -> ReceiptFile.Fault? {
        do throws(ReceiptFile.Fault) {
            try ReceiptFile(bytes).verify(under: key)
            return nil
        } catch { return error }
    }

    @Test func `an XML is right, and one that was changed, is too early or of another installation is not`()
        async throws
    {
        var options = ServiceOptions(publicURL: "https://pay.example.vn")
        options.sealing = SealingOptions(key: .random())
        try await TestDatabase.withServices(options: options) { services in
            let desk = try await Desk(services)
            let request = try await ReceiptTests.registration(desk, payer: "Nguyễn <A> & B")
            #expect(try await desk.settle("T1", 150_000, request.reference) == .settled)
            let receipt = try #require(try await services.receipts.list(of: request.id).first)
            let written = try #require(services.sealPublicKey)
            let bytes = try #require(Data(base64Encoded: written))
            let key = try #require(VerificationKey(Array(bytes)))
            #expect(fault(try await services.receipts.xml(receipt), key) == .notSealed)
            _ = try await services.sealer?.sealAll()
            let xml = try await services.receipts.xml(receipt)
            #expect(fault(xml, key) == nil)
            let text = String(decoding: xml, as: UTF8.self)
            for (from, to) in [
                ("<TgTien>", "<TgTien>9"), ("<SCTu>", "<SCTu>9"), ("<NLap>2", "<NLap>1"), ("<TTien>", "<TTien>1"),
                ("</KHCTu>", "</KHCTu><TTCTLQuan><LDo>x</LDo></TTCTLQuan>"), ("<MTCuu>", "<MTCuu>X-"),
                ("<DLBLai", "<!-- --><DLBLai"), ("<TToan>", "<TToan><TgTien>1</TgTien>"), ("receipt(", "receipt(9"),
                ("khop1.", "khop1.A"),
            ] {
                #expect(fault(Array(text.replacing(from, with: to).utf8), key) == .changed, "\(from)")
            }
            let stranger = try #require(VerificationKey([UInt8](repeating: 7, count: 32)))
            #expect(fault(xml, stranger) == .otherKey)
            #expect(fault(try services.receipts.pdf(receipt), key) == .notXML)
            for junk in ["", "<a/>", "<BLai><SCTu></TgTien>"] { #expect(fault(Array(junk.utf8), key) == .notXML) }
        }
    }
}
