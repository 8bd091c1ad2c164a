public import Workflow

extension Reason {
    /// The code with all its values in the order of their names: `paid_in_part amount=4000 reference=R1 remaining=6000`.
    public var inTable: String {
        var text = code.rawValue
        for (key, value) in values.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            text += " \(key.rawValue)="
            switch value {
            case .money(let money): text += "\(money)"
            case .count(let count): text += "\(count)"
            case .day(let day): text += day.inTable
            case .instant(let instant): text += instant.inTable
            case .text(let words): text += words
            }
        }
        return text
    }
}
