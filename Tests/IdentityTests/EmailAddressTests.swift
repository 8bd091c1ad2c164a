import Identity
import Testing

@Suite struct EmailAddressTests {
    @Test func `e-mail addresses are one whatever the case and the spaces around them`() {
        #expect(EmailAddress(" Lan.Nguyen@LaoCai.gov.vn ")?.text == "lan.nguyen@laocai.gov.vn")
        #expect(EmailAddress("lan@laocai.gov.vn")?.local == "lan")
    }

    @Test(
        arguments: [
            "", "lan", "lan@", "@a.vn", "a@b@c.vn", "a@b", "a b@c.vn", "a@.vn", "a@vn.", "à@c.vn", "<a@c.vn>",
            "a\"@c.vn",
        ]
    )
    func `e-mail addresses are refused if they could not be one`(_ text: String) { #expect(EmailAddress(text) == nil) }

    @Test func `e-mail addresses have at most 254 characters`() {
        let domain = "@example.vn"
        #expect(EmailAddress(String(repeating: "a", count: 254 - domain.count) + domain) != nil)
        #expect(EmailAddress(String(repeating: "a", count: 255 - domain.count) + domain) == nil)
    }
}
