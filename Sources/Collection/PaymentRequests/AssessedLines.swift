public import Values
public import Workflow

/// The lines of an assessment as the API returns them: as they are stored, with the sentence of each rule that was applied.
///
/// The sentences are made for the reader, because the stored lines are the same in every language.
public enum AssessedLines {
    /// - Parameter lines: the stored array of lines.
    public static func told(_ lines: JSON, in language: Language) -> JSON {
        guard let array = lines.array else { return lines }
        return .array(
            array.map { line in
                .object(
                    (line.members ?? []).map { member in
                        guard member.name == "applied", let rules = member.value.array else { return member }
                        return .init("applied", .array(rules.map { told(rule: $0, in: language) }))
                    }
                )
            }
        )
    }

    /// The part of what is payable that is charges (lệ phí); the rest is fees (phí).
    static func charges(_ lines: JSON) -> Money {
        (lines.array ?? []).filter { $0["kind"]?.string == "charge" }
            .reduce(.zero) { $0 + Money($1["payable"]?.integer ?? 0) }
    }

    private static func told(rule: JSON, in language: Language) -> JSON {
        guard let reason = reason(ofRule: rule) else { return rule }
        return .object((rule.members ?? []) + reason.members(in: language))
    }

    /// Why a rule of a stored line takes something off; `nil` if it is none.
    public static func reason(ofRule rule: JSON) -> Reason? {
        guard let code = rule["code"]?.string, let basis = rule["legal_basis"]?.string,
            let benefit = rule["benefit"]?.integer.map({ Money($0) })
        else { return nil }
        switch rule["rule"]?.string {
        case "reduction": return .reductionApplied(code, legalBasis: basis, benefit: benefit)
        case "discount": return .discountApplied(code, legalBasis: basis, benefit: benefit)
        default: return nil
        }
    }
}
