import Identity
import PureSupport
import Testing

@Suite struct PasswordRulesTests {
    private let own = ["Nguyễn Thị Lan", "lan.nguyen@laocai.gov.vn"]

    @Test(
        arguments: [
            ("password", .short), ("mưa rơi 1!a", .short), ("1q2w3e4r5t6y", .common), ("Password12345", .common),
            ("P@ssw0rd2026", .common), ("matkhau@123456", .common), ("qwertyqwerty", .common),
            ("!!!letmein!!!!", .common),
            ("aaaaaaaaaaaaaaa", .pattern), ("ab1ab1ab1ab1ab1", .pattern), ("cdefghijklmnopq", .pattern),
            ("lan.nguyen1990", .personal), ("laocai-nguyen", .personal),
        ] as [(String, PasswordRules.Fault)]
    )
    func `passwords that people choose first are refused`(_ password: String, _ fault: PasswordRules.Fault) {
        #expect(PasswordRules.fault(in: password, of: own) == fault)
    }

    @Test(
        arguments: [
            "correct horse battery staple", "trời mưa bong bóng phập phồng", "ba con meo trang", "Tqz7-rLmw-93xv",
        ]
    )
    func `passwords of a few words are taken, in any script and without capitals or digits`(_ password: String) {
        #expect(PasswordRules.fault(in: password, of: own) == nil)
    }

    @Test func `passwords may have 512 bytes and no more`() {
        var random = Seeded("passwords")
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        func text(_ count: Int) -> String { String((0..<count).map { _ in random.pick(letters) }) }
        #expect(PasswordRules.fault(in: text(512), of: own) == nil)
        #expect(PasswordRules.fault(in: text(513), of: own) == .long)
    }

    @Test func `passwords at random are never refused, and with a common one at their heart always`() {
        var random = Seeded("random passwords")
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!")
        for _ in 0..<500 {
            let password = String((0..<Int.random(in: 16...40, using: &random)).map { _ in random.pick(letters) })
            #expect(PasswordRules.fault(in: password, of: own) == nil, "\(password)")
            let common = random.pick(["password", "iloveyou", "dragon", "monkey", "sunshine", "matkhau"])
            let digits = (0..<Int.random(in: 8...12, using: &random)).map { _ in
                String(Int.random(in: 0...9, using: &random))
            }.joined()
            #expect(PasswordRules.fault(in: common + digits, of: own) == .common, "\(common + digits)")
        }
    }
}
