import Identity
import Testing
import Values

@Suite struct PersonalSightTests {
    private static let answer: JSON = [
        "payer": [
            "category": "merit", "name": "Nguyễn Văn A", "evidence": ["kind": "citizen_id", "number": "001099012345"],
        ],
        "items": [
            [
                "counterparty_name": "TRAN THI B", "counterparty_account": "0123456789",
                "memo": "ck RF18ABCDEFGH2345 hoc phi",
            ],
            ["counterparty_name": nil, "memo": ""],
        ],
        "beneficiary": ["bank_bin": "970436", "account_number": "0011223344", "name": "NGUYEN VAN A"],
        "account_number": "0801000567890", "name": "the finance department", "number": "17",
        "suggestions": [["payer_name": "Lê C"]],
    ]

    @Test func `finance and approvers see everything that they decide on`() {
        for role in [Role.finance, .approver] {
            #expect(PersonalSight(of: [role]).shown(Self.answer) == Self.answer)
        }
        #expect(PersonalSight(of: [.auditor, .finance]).shown(Self.answer) == Self.answer)
    }

    @Test(arguments: [[Role.auditor], [.admin], [.leader], [.portal], [.feed], [.auditor, .leader], []])
    func `nobody else needs to know who pays`(_ roles: [Role]) throws {
        let shown = PersonalSight(of: roles).shown(Self.answer)
        #expect(shown["payer"]?["name"] == "N*** V*** A***" && shown["payer"]?["category"] == "merit")
        #expect(shown["payer"]?["evidence"]?["number"] == "***2345")
        let line = try #require(shown["items"]?.array?.first)
        #expect(line["counterparty_name"] == "T*** T*** B***" && line["counterparty_account"] == "***6789")
        #expect(line["memo"] == "RF18ABCDEFGH2345 ***")
        #expect(shown["beneficiary"] == ["bank_bin": "970436", "account_number": "***3344", "name": "N*** V*** A***"])
        #expect(shown["suggestions"]?.array?.first?["payer_name"] == "L*** C***")
        // What is nobody's: the agency's own account, and who works there.
        #expect(shown["account_number"] == "0801000567890" && shown["name"] == "the finance department")
        #expect(shown["number"] == "17")
        let text = shown.serialized
        for secret in ["001099012345", "0123456789", "TRAN THI B", "0011223344", "hoc phi", "Lê C"] {
            #expect(!text.contains(secret))
        }
    }

    @Test func `a cashier sees the papers of those at the counter, and not of others`() {
        let own = PersonalSight(of: [.cashier])
        #expect(own.shown(Self.answer)["payer"] == Self.answer["payer"])
        #expect(own.shown(Self.answer)["beneficiary"]?["name"] == "N*** V*** A***")
        #expect(own.ofOthers.shown(Self.answer)["payer"]?["name"] == "N*** V*** A***")
        #expect(PersonalSight(of: [.cashier, .finance]).ofOthers.shown(Self.answer) == Self.answer)
    }

    @Test func `what is short is hidden whole`() {
        #expect(PersonalSight.none.shown("123456", .accountNumber) == "***")
        #expect(PersonalSight.none.shown("1234567", .accountNumber) == "***4567")
        #expect(PersonalSight.none.shown("", .name) == "")
        #expect(PersonalSight.none.shown("no reference", .memo) == "***")
    }

    @Test func `every role sees of each field one thing, and checking roles may ask for a reason`() {
        for role in Role.allCases {
            let sees = PersonalField.allCases.map { $0.sight(of: role) }
            #expect(sees.contains(.masked) || [.finance, .approver].contains(role))
        }
        #expect(PersonalField.unmaskedForAReason == [.auditor, .admin])
    }
}
