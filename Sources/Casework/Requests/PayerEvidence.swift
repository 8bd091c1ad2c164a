public import FeeSchedule
import Values
public import Workflow

/// The paper that proves a payer's category.
///
/// Its number is personal: its description omits the number, so that no log shows it.
public struct PayerEvidence: Sendable, Hashable, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
{
    public let kind: EvidenceKind
    public let number: String

    public static let numberLengths = 1...64

    /// Trims the number and collapses white space between its parts. Returns `nil` if it is then empty or too long, or
    /// contains unprintable characters.
    public init?(_ kind: EvidenceKind, number: String) {
        let cleaned = number.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard PayerEvidence.numberLengths.contains(cleaned.unicodeScalars.count),
            cleaned.unicodeScalars.allSatisfy({ !PayerEvidence.unprinted.contains($0.properties.generalCategory) })
        else { return nil }
        self.kind = kind
        self.number = cleaned
    }

    private static let unprinted: Set<Unicode.GeneralCategory> = [
        .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
    ]

    public var description: String { "\(kind.rawValue) …" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["kind": kind.rawValue]) }
}

extension PayerEvidence {
    /// Throws if a reduction was applied because of the payer's category and no paper proves the category.
    ///
    /// A category without a reduction needs no proof.
    public static func check(_ assessment: Assessment, _ evidence: PayerEvidence?) throws(Refusal) {
        guard evidence == nil else { return }
        for line in assessment.lines {
            for rule in line.applied {
                guard let category = rule.payerCategory else { continue }
                throw Refusal(
                    .field("/payer/evidence"),
                    .evidenceMissing(
                        category: category,
                        rule: rule.code,
                        legalBasis: rule.legalBasis,
                        benefit: rule.benefit
                    )
                )
            }
        }
    }
}
