import PaymentQR
import Testing

/// Banks as statements name them.
@Suite struct BankNamesTests {
    @Test(arguments: [
        ("970436", "970436"), ("BFTVVNVX", "970436"), ("bftvvnvxxxx", "970436"), ("Vietcombank", "970436"),
        ("NGAN HANG TMCP NGOAI THUONG VIET NAM", "970436"), ("Ngân hàng TMCP Quân đội", "970422"), ("ACB", "970416"),
        ("Ngân hàng TMCP Sài Gòn Thương Tín", "970403"),
    ])
    func `a bank is known by its number, code, short or official name`(_ text: String, _ bin: String) {
        #expect(BankNames.bin(of: text) == bin)
    }

    @Test(arguments: ["", "123456", "VN", "Ngân hàng", "Kho bạc Nhà nước", "BFTVVN", "97043"])
    func `any other text names no bank`(_ text: String) { #expect(BankNames.bin(of: text) == nil) }
}
