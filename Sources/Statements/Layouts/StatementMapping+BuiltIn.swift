import Values

extension StatementMapping {
    /// The layouts built into this program. Where several fit a header, ``confidence`` decides; see docs/statements.md.
    ///
    /// None has been checked against the bank's own description of its files. `Fixtures/statements/mappings` has the
    /// same layouts as examples to start from.
    public static let builtIn: [StatementMapping] = groups.joined().map { source in
        do throws(Failure) {
            return try StatementMapping(completed(source))
        } catch {
            preconditionFailure("the tests read every mapping: \(error)")
        }
    }

    private static let groups = [
        vietcombank, vietinBank, bidv, agribank, mb, acb, techcombank, ocb, vib, othersOfVietnam, foreignBanks,
        sharedLayouts,
    ]

    /// What most banks have in common. A layout's own texts are looked for beside these.
    private static let common = """
        {"verified": false, "encoding": "auto",
         "dates": ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
         "thousands": [".", ","], "decimals": [",", "."],
         "footer": ["Tổng", "Cộng", "Total", "Số dư cuối kỳ", "Closing balance"],
         "labels": {
           "account": ["Số tài khoản", "Tài khoản số", "Tài khoản", "Account number", "Account No"],
           "opening": ["Số dư đầu kỳ", "Số dư đầu", "Opening balance"],
           "closing": ["Số dư cuối kỳ", "Số dư cuối", "Closing balance"]}}
        """

    /// The footers and labels that most banks have.
    static var commonMembers: [JSON.Member] {
        do throws(JSON.ParseError) {
            return try (JSON.parse(common.utf8).members ?? []).filter { ["footer", "labels"].contains($0.name) }
        } catch { preconditionFailure("it is written above: \(error.phrase)") }
    }

    /// A declaration with the members that it leaves out.
    private static func completed(_ source: String) throws(Failure) -> JSON {
        do throws(JSON.ParseError) {
            return try merged(JSON.parse(source.utf8), over: JSON.parse(common.utf8))
        } catch {
            throw Failure(member: "", reason: error.phrase)
        }
    }

    private static func merged(_ own: JSON, over common: JSON) -> JSON {
        let known = own.members ?? []
        var members = known
        for member in common.members ?? [] {
            guard let place = known.firstIndex(where: { $0.name == member.name }) else {
                members.append(member)
                continue
            }
            guard ["footer", "labels"].contains(member.name) else { continue }
            members[place] = JSON.Member(member.name, joined(known[place].value, member.value))
        }
        return .object(members)
    }

    /// The texts of both, label by label.
    private static func joined(_ own: JSON, _ common: JSON) -> JSON {
        if let texts = own.array { return .array(texts + (common.array ?? []).filter { !texts.contains($0) }) }
        let labels = own.members ?? []
        let more = (common.members ?? []).filter { member in !labels.contains { $0.name == member.name } }
        return .object(
            labels.map { label in
                JSON.Member(label.name, common[label.name].map { joined(label.value, $0) } ?? label.value)
            } + more
        )
    }
}
