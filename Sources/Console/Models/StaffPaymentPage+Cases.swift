import Collection
import Values
import Workflow

extension StaffPaymentPage {
    /// A case about the request or its money: opened, decided about by two persons, ended.
    static func cases(_ one: PaymentStory.CaseOfRequest, _ word: Wording) -> [Moment] {
        let name =
            word(vi: "Vụ việc \(one.id): ", en: "Case \(one.id): ") + word[Vocabulary.caseKind[one.kind.rawValue]]
        let href = "/console/cases/\(one.id)"
        var moments = [
            moment(
                one.openedAt,
                name,
                [word.money(one.amount), one.reason?.sentence(in: word.language).unbroken ?? ""],
                "warn",
                href: href
            )
        ]
        moments += one.decisions.map { decision($0, of: one, href, word) }
        if let ended = one.endedAt {
            let action = one.action.map { word[Vocabulary.caseAction[$0]] } ?? ""
            moments.append(moment(ended, name, [action, one.endedBy ?? ""], "done", href: href))
        }
        return moments
    }

    private static func decision(
        _ decision: PaymentStory.Decision,
        of one: PaymentStory.CaseOfRequest,
        _ href: String,
        _ word: Wording
    ) -> Moment {
        func told(_ by: String, _ note: String) -> String { note.isEmpty ? by : "\(by): \(note)" }
        return moment(
            decision.at,
            word(vi: "Vụ việc \(one.id): ", en: "Case \(one.id): ") + word[Vocabulary.caseAction[decision.action]],
            [
                word(vi: "đề xuất: ", en: "proposed by ") + told(decision.proposedBy, decision.note),
                word(vi: "duyệt: ", en: "approved by ") + told(decision.approvedBy, decision.approvalNote ?? ""),
            ],
            "done",
            href: href
        )
    }
}
