import Collection
import Identity
import Values
import Workflow

extension CasePage {
    /// What waits, with all that whoever approves it must see.
    ///
    /// - Parameter resolves: whether whoever looks may decide about cases at all.
    static func proposal(
        _ waiting: CaseFile.Proposal,
        of id: Int64,
        _ resolves: Bool,
        _ caller: Caller,
        typed: [String: String],
        _ word: Wording
    ) -> Proposal {
        let isOwn = waiting.proposedByID == caller.person.id
        let lacksRole = waiting.move.action == .refund && !caller.holds(.approveRefund)
        let own = word(
            vi: "Bạn là người đề xuất: người khác phải duyệt.",
            en: "You proposed it: somebody else must approve."
        )
        let role = word(
            vi: "Đề xuất này chuyển tiền ra: phải do người có vai trò Người duyệt duyệt.",
            en: "This proposal sends money out: it takes a person with the role Approver."
        )
        // A form of the case's own actions came while another proposal waited.
        let isLate = typed["action"] != nil
        return Proposal(
            proposalID: String(waiting.id),
            sentence: waiting.sentence(of: id)[word.language],
            by: word.actor(waiting.proposedBy),
            at: waiting.proposedAt.formatted,
            note: waiting.note,
            move: MoveView(waiting.move, word),
            mayApprove: resolves && !isOwn && !lacksRole,
            whyNot: resolves ? (isOwn ? own : lacksRole ? role : nil) : nil,
            kept: isLate ? typed["note"].flatMap { $0.isEmpty ? nil : $0 } : nil
        )
    }

    /// A case that came before, with how it ended.
    static func fact(_ one: CaseFile.Earlier, _ word: Wording) -> Fact? {
        Fact(
            "#\(one.id) · \(one.openedAt.formatted)",
            word[Vocabulary.caseKind[one.kind.rawValue]] + " · " + word.money(one.amount)
                + (one.action.map { " · " + word[Vocabulary.caseAction[$0]] } ?? ""),
            href: "/console/cases/\(one.id)"
        )
    }

    /// What else the payer has to do with us, without the cases that stand apart.
    static func record(_ payer: CaseFile.PayerRecord, besides earlier: [CaseFile.Earlier], _ word: Wording) -> [Fact] {
        let requests = payer.requests.compactMap { one in
            Fact(
                "\(one.reference) · \(one.createdAt.day.formatted)",
                [one.dossierCode, word.money(one.amountDue), word[one.state.words]].joined(separator: " · "),
                href: "/console/payments/\(one.id.text)"
            )
        }
        let cases = payer.cases.filter { one in !earlier.contains { $0.id == one.id } }
        return requests + cases.compactMap { fact($0, word) }
    }

    /// The persons whom the case may be assigned to, and whoever it is assigned to now.
    static func assignees(_ workers: [String], chosen: String?, _ word: Wording) -> [Option] {
        let chosen = chosen ?? ""
        let names = workers.contains(chosen) || chosen.isEmpty ? workers : [chosen] + workers
        return names.map { Option(code: $0, name: $0, isChosen: $0 == chosen) }
    }
}
