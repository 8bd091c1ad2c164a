import Casework
import Testing

@Suite struct ScannedTextTests {
    @Test func `a reference is read in any notation, and out of a VietQR code`() {
        #expect(ScannedText("RF18539007547034").references == ["RF18539007547034"])
        #expect(ScannedText(" rf18 5390 0754 7034 ").references == ["RF18539007547034"])
        #expect(ScannedText("62290116RF1853900754703408050 LE PHI").references == ["RF18539007547034"])
        // One letter wrong is no reference, and may be a dossier.
        let wrong = ScannedText("RF18539007547035")
        #expect(wrong.references.isEmpty && wrong.codes == ["RF18539007547035"])
    }

    @Test func `the code of a dossier stands alone, or among the parts of its paper's code`() {
        #expect(ScannedText("H44-26-0001").codes == ["H44-26-0001"])
        let paper = ScannedText("000.00.32.H19-210708-0032|1.004222|H44.01")
        #expect(paper.codes.contains("000.00.32.H19-210708-0032"))
        #expect(ScannedText("").isEmpty && ScannedText("   ").isEmpty)
        #expect(ScannedText("\u{0}\u{7}").isEmpty)
        #expect(ScannedText(String(repeating: "x ", count: 5000)).codes.allSatisfy { $0.count <= 100 })
    }

    @Test func `the address of a page and the number of a receipt are read, and are no dossier's code`() {
        #expect(ScannedText("https://pay.example.vn/pay/Ab-9_z?lang=en").pageToken == "Ab-9_z")
        #expect(ScannedText("https://pay.example.vn/r/EBL01-26TAA-9-K7Q2M9A4X3").receipt == "EBL01-26TAA-9-K7Q2M9A4X3")
        #expect(ScannedText("ebl02-26taa-609").receipt == "EBL02-26TAA-609")
        #expect(ScannedText("H44-26/pay/0001").pageToken == nil && ScannedText("H44-26-0001").receipt == nil)
        for foreign in ["https://pay.example.vn/", "RF18539007547035", "rf18 5390 0754 703"] {
            #expect(ScannedText(foreign).isNoDossier, "\(foreign)")
        }
        #expect(
            !ScannedText("H44-26-0001").isNoDossier && !ScannedText("000.00.32.H19-210708-0032|1.004222").isNoDossier
        )
    }
}
