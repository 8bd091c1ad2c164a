import TestSupport
import Testing
import Values

@Suite struct BudgetMemoTests {
    @Test func `published memos are read`() throws {
        let plain = try #require(
            BudgetMemo(
                "(NSNN!0100000000!1054449!01!(Le phi ho tich/860/2852/38000)!(Phi du lieu/860/2706/16000))"
            )
        )
        #expect(plain.taxCode == "0100000000" && plain.office == "1054449" && plain.kind == "01")
        #expect(plain.details.isEmpty && plain.total == Money(54_000))
        #expect(plain.rows.map(\.budgetCode) == ["2852", "2706"] && plain.rows.map(\.chapter) == ["860", "860"])
        let customs = try #require(
            BudgetMemo("(NSNN!0100000000!1054449!04!105923!25112026!A11!(Thue XK/555/1850/1000000))")
        )
        #expect(customs.kind == "04" && customs.details == ["105923", "25112026", "A11"])
        #expect(customs.total == Money(1_000_000))
    }

    @Test func `what banks put around it does not matter`() {
        let memo = BudgetMemo("FT26123 (NSNN!0100000000!1054449!01!(x/860/2852/1)) 0211")
        #expect(memo?.rows.first?.amount == Money(1))
    }

    @Test(
        arguments: [
            "", "(NSNN!", "(NSNN!1!2!01)", "(NSNN!1!2!(a/860/2852/1))", "(NSNN!1!2!01!(a/860/2852/1)",
            "(NSNN!1!2!01!(a/860/2852/0))", "(NSNN!1!2!01!(a/860/2852/x))", "(NSNN!1!2!01!(a/860/2852))",
            "(NSNN!1!2!01!(a/860/2852/1)!tail)", "NSNN!1!2!01!(a/860/2852/1))",
        ]
    )
    func `what is cut or broken is no memo`(_ text: String) { #expect(BudgetMemo(text) == nil) }

    @Test func `contents lose their accents and what the grammar is made of`() {
        let row = BudgetMemo.Row(
            content: "Lệ phí (đăng ký) / hộ tịch! Ưu Ỷ Đ",
            chapter: "860",
            budgetCode: "2852",
            amount: Money(5)
        )
        #expect(row.content == "Le phi dang ky ho tich Uu Y D")
    }

    @Test func `what is written is read again`() {
        var random = Seeded("budget memo")
        let words = ["Lệ phí", "phí", "đất đai", "a/b", "(x)", "!", "Quốc tịch", "1"]
        for _ in 0..<2000 {
            let rows = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                BudgetMemo.Row(
                    content: (0..<3).map { _ in random.pick(words) }.joined(separator: " "),
                    chapter: String(Int.random(in: 100...999, using: &random)),
                    budgetCode: String(Int.random(in: 1000...9999, using: &random)),
                    amount: Money(Int64.random(in: 1...9_999_999_999, using: &random))
                )
            }
            let memo = BudgetMemo(taxCode: "0100000000-001", office: "1054449", rows: rows)
            #expect(BudgetMemo(memo.text) == memo)
        }
    }
}
