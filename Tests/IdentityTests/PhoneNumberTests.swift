import Identity
import Testing

@Suite struct PhoneNumberTests {
    @Test(arguments: ["0912345678", "+84912345678", "84912345678", "0912 345 678", "+84 912.345.678", "(091) 234-5678"])
    func `a mobile number is read in every way it is written`(_ typed: String) {
        #expect(PhoneNumber(typed)?.text == "+84912345678")
    }

    @Test(arguments: [
        "", "0", "091234567", "09123456789", "0212345678", "+1 912 345 6780", "91234567", "84 0912345678",
        "+8491234567٨",
        "0912345678\r\nX: y", "０９１２３４５６７８", "+84612345678",
    ])
    func `what is no mobile number of Vietnam is none`(_ typed: String) { #expect(PhoneNumber(typed) == nil) }
}
