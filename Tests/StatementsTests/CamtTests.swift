import Statements
import Testing
import Values

@Suite struct CamtTests {
    private func entry(
        _ amount: String = "100",
        mark: String = "CRDT",
        status: String = "BOOK",
        date: String = "2026-01-02",
        rest: String = ""
    ) -> String {
        """
        <Ntry><Amt Ccy="VND">\(amount)</Amt><CdtDbtInd>\(mark)</CdtDbtInd><Sts>\(status)</Sts>\
        <BookgDt><Dt>\(date)</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef>\(rest)</Ntry>

        """
    }

    private func statement(
        _ entries: String,
        closing: Int = 1100,
        prefix: String = "",
        version: String = "08",
        account: String = "123"
    ) -> String {
        """
        <?xml version="1.0"?>\(prefix)
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.\(version)"><BkToCstmrStmt>\(block(entries, closing: closing, account: account))\
        </BkToCstmrStmt></Document>
        """
    }

    private func block(_ entries: String, opening: Int = 1000, closing: Int = 1100, account: String = "123") -> String {
        """
        <Stmt><Acct><Id><Othr><Id>\(account)</Id></Othr></Id><Ccy>VND</Ccy></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">\(opening)</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">\(closing)</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        \(entries)</Stmt>
        """
    }

    private func transaction(_ amount: String?, id: String, memo: String) -> String {
        let told = amount.map { "<Amt Ccy=\"VND\">\($0)</Amt>" } ?? ""
        return "<TxDtls><Refs><TxId>\(id)</TxId></Refs>\(told)<RmtInf><Ustrd>\(memo)</Ustrd></RmtInf></TxDtls>"
    }

    @Test(arguments: ["02", "03", "04", "06", "08", "10", "13"]) func `every version is read`(version: String) throws {
        #expect(try read(statement(entry(), version: version)).lines.map(\.amount) == [Money(100)])
    }

    @Test func `prefixed namespaces and other encodings are read`() throws {
        let text = statement(entry(rest: "<AddtlNtryInf>Lệ phí</AddtlNtryInf>"))
        let prefixed = text.replacing("xmlns=", with: "xmlns:c=").replacing("</", with: "</c:").replacing(
            "<",
            with: "<c:"
        )
        .replacing("<c:/c:", with: "</c:").replacing("<c:?xml", with: "<?xml")
        #expect(try read(prefixed).lines.first?.memo == "Lệ phí")
        var utf16: [UInt8] = [0xFF, 0xFE]
        for unit in text.replacing("?>", with: " encoding=\"UTF-16\"?>").utf16 {
            utf16 += [UInt8(unit & 255), UInt8(unit >> 8)]
        }
        #expect(try read(utf16).lines.first?.memo == "Lệ phí")
    }

    @Test func `a batch becomes a line for each transaction if their amounts are stated`() throws {
        let details = transaction("60", id: "T1", memo: "one") + transaction("40.00", id: "T2", memo: "two")
        let split = try read(statement(entry(rest: "<NtryDtls>\(details)</NtryDtls>"))).lines
        #expect(split.map(\.amount) == [Money(60), Money(40)] && split.map(\.transactionID) == ["T1", "T2"])
        #expect(split.map(\.memo) == ["one", "two"] && split.map(\.lineNumber) == [1, 2])
        for second in [nil, "39"] {
            let vague = transaction("60", id: "T1", memo: "one") + transaction(second, id: "T2", memo: "two")
            let whole = try read(statement(entry(rest: "<NtryDtls>\(vague)</NtryDtls>"))).lines
            #expect(
                whole.map(\.amount) == [Money(100)] && whole.first?.memo == "one two"
                    && whole.first?.transactionID == "R1"
            )
        }
        let nameless = transaction("60", id: "R1", memo: "a") + transaction("40", id: "R1", memo: "b")
        let ids = try read(statement(entry(rest: "<NtryDtls>\(nameless)</NtryDtls>"))).lines.map(\.transactionID)
        #expect(ids == ["R1/1", "R1/2"], "the batch's own reference would make them repetitions")
    }

    @Test func `entries that are not booked are noted and skipped`() throws {
        let read = try read(statement(entry() + entry(status: "PDNG") + entry(status: "<Cd>INFO</Cd>") + entry("0.00")))
        #expect(read.lines.count == 1)
        #expect(
            read.summary.notes.map(\.english) == [
                "3 entries that are pending, for information or of 0 were passed over."
            ]
        )
    }

    @Test func `an end-to-end id in the form of a reference is one`() throws {
        let rest = "<NtryDtls><TxDtls><Refs><EndToEndId>rf18 ABCD 0123 EFGH</EndToEndId></Refs></TxDtls></NtryDtls>"
        #expect(try read(statement(entry(rest: rest))).lines.first?.structuredReference == "rf18 ABCD 0123 EFGH")
    }

    @Test func `balances must follow from the lines`() {
        #expect(faults(statement(entry(), closing: 1101)).map(\.field) == ["closing balance"])
        let gap = block(entry()) + block(entry(), opening: 1200, closing: 1300)
        let text = statement(entry()).replacing(block(entry()), with: gap)
        #expect(faults(text).map(\.field) == ["opening balance"])
    }

    @Test func `a stated total that differs is noted if the balances agree, and refused otherwise`() throws {
        let told = "<TxsSummry><TtlCdtNtries><Sum>5</Sum></TtlCdtNtries></TxsSummry>"
        let balanced = statement(told + entry())
        #expect(
            try read(balanced).summary.notes.map(\.english) == [
                "The sum 5 that the file states is not what its entries come to."
            ]
        )
        #expect(faults(balanced.replacing("OPBD", with: "XPCD")).map(\.field) == ["sum"])
    }

    @Test func `of several accounts only the required one is read`() throws {
        let text = statement(entry()).replacing(
            block(entry()),
            with: block(entry("7"), closing: 1007, account: "9") + block(entry())
        )
        #expect(faults(text).map(\.field) == ["account"])
        #expect(try read(text, options: StatementOptions(account: "123")).lines.map(\.amount) == [Money(100)])
        #expect(try read(text, options: StatementOptions(account: "9")).lines.map(\.amount) == [Money(7)])
        #expect(
            faults(statement(entry()), options: StatementOptions(account: "5")).first?.reason.english
                == "the file is of 123, not of 5"
        )
    }

    @Test func `every error of the file is reported`() {
        let found = faults(
            statement(
                entry("1.5") + entry(mark: "C") + entry(date: "2026-02-30") + entry("-5") + entry("99999999999999")
                    + entry().replacing("VND", with: "USD")
            )
        )
        #expect(
            found.map(\.field) == [
                "Ntry/Amt", "Ntry/CdtDbtInd", "Ntry/BookgDt", "Ntry/Amt", "Ntry/Amt", "Ntry/Amt/@Ccy",
            ]
        )
    }

    @Test func `other messages are refused by name`() {
        let interim = statement(entry()).replacing("BkToCstmrStmt", with: "BkToCstmrAcctRpt").replacing(
            "Stmt>",
            with: "Rpt>"
        )
        #expect(faults(interim).first?.reason.english.contains("camt.052") == true)
        #expect(faults(statement(entry()), as: .camt054).first?.field == "BkToCstmrStmt")
        #expect(faults("<Document xmlns=\"urn:x\"><BkToCstmrStmt/></Document>").first?.value == "urn:x")
        #expect(faults("<a/>", as: .camt053).count == 1)
        #expect(
            faults(statement("").replacing(block(""), with: "")).first?.reason.english == "has no camt.053 statement"
        )
    }

    @Test(arguments: [
        "<!DOCTYPE Document>", "<!DOCTYPE Document SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE D [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
    ])
    func `a document type is refused before anything expands`(doctype: String) {
        let found = faults(statement(entry(rest: "<AddtlNtryInf>x</AddtlNtryInf>"), prefix: doctype))
        #expect(found.first?.reason.english == "has a document type, which is never needed here")
    }

    @Test func `invalid XML is refused with its line`() {
        let text = statement(entry())
        #expect(faults(String(text.dropLast(30))).last?.reason.english.hasPrefix("ends before its elements do") == true)
        #expect(faults(text + "<More/>").last?.reason.english.hasPrefix("is not well-formed XML") == true)
        #expect(faults(text.replacing("</Sts>", with: "</Stz>")).last?.line == 5)
        #expect(!faults(text.replacing("BOOK", with: "&evil;")).isEmpty)
        #expect(!faults(Array(text.utf8) + [0xFF]).isEmpty)
    }

    @Test func `depth, texts and transactions are limited`() {
        let deep = String(repeating: "<x>", count: 70) + String(repeating: "</x>", count: 70)
        #expect(faults(statement(entry(rest: deep))).first?.reason.english == "nests elements deeper than 64")
        let long = "<AddtlNtryInf>" + String(repeating: "x", count: 70_000) + "</AddtlNtryInf>"
        #expect(
            faults(statement(entry(rest: long))).first?.reason.english.hasPrefix("an element's text is longer") == true
        )
    }

    @Test func `predefined entities and CDATA are text`() throws {
        let rest = "<AddtlNtryInf>a &amp; b<![CDATA[ <c>]]> &#x1EC7;</AddtlNtryInf>"
        #expect(try read(statement(entry(rest: rest))).lines.first?.memo == "a & b <c> ệ")
    }
}
