public import Values

extension ReconciliationReport {
    /// Something that has changed since the day was signed off.
    public struct Change: Sendable, Hashable {
        /// A balance, the lines of one outcome, or an item of the difference.
        public let title: Phrase
        /// As signed; `nil` for what was not there.
        public let was: Money?
        /// As it is; `nil` for what is no more.
        public let now: Money?
    }

    /// What has changed since the day was signed off, what was beside what is; empty for a day that nobody has signed. Of
    /// lists, only what was added, removed or changed.
    public var changesSinceSigned: [Change] {
        adjustments.flatMap { adjustment -> [Change] in
            let name = Self.text(adjustment["member"])
            guard let was = adjustment["signed"]?.array, let now = adjustment["now"]?.array else {
                func money(_ value: JSON?) -> Money? { value?.integer.map { Money($0) } }
                let title = Self.balances.first { $0.0 == name }?.1 ?? Phrase(same: name)
                return [Change(title: title, was: money(adjustment["signed"]), now: money(adjustment["now"]))]
            }
            return name == "groups" ? Self.changes(ofGroups: was, now) : Self.changes(ofItems: was, now)
        }
    }

    /// The outcomes whose lines are others in number or in amount.
    private static func changes(ofGroups was: [JSON], _ now: [JSON]) -> [Change] {
        func key(_ group: JSON) -> String { text(group["direction"]) + " " + text(group["outcome"]) }
        func amount(_ group: JSON) -> Money { Money(group["amount"]?.integer ?? 0) }
        let before = Dictionary(was.map { (key($0), $0) }) { first, _ in first }
        let after = Dictionary(now.map { (key($0), $0) }) { first, _ in first }
        let all = was + now.filter { before[key($0)] == nil }
        return all.compactMap { group in
            let (old, new) = (before[key(group)], after[key(group)])
            let counts = (old?["count"]?.integer ?? 0, new?["count"]?.integer ?? 0)
            guard counts.0 != counts.1 || old.map(amount) != new.map(amount) else { return nil }
            let lines = Phrase(vi: " (\(counts.0) → \(counts.1) dòng)", en: " (\(counts.0) → \(counts.1) lines)")
            let title = Self.group(group)
            return Change(
                title: Phrase(
                    vi: title[.vietnamese] + lines[.vietnamese],
                    en: title[.english] + lines[.english]
                ),
                was: old.map(amount),
                now: new.map(amount)
            )
        }
    }

    /// The items that came or went. The database keeps the members of a stored item in an order of its own.
    private static func changes(ofItems was: [JSON], _ now: [JSON]) -> [Change] {
        let (before, after) = (was.map(\.sorted), now.map(\.sorted))
        func change(_ item: JSON, isGone: Bool) -> Change {
            let amount = Money(item["amount"]?.integer ?? 0)
            return Change(
                title: reason(item).followed(by: " " + text(item["detail"])),
                was: isGone ? amount : nil,
                now: isGone ? nil : amount
            )
        }
        return before.filter { !after.contains($0) }.map { change($0, isGone: true) }
            + after.filter { !before.contains($0) }.map { change($0, isGone: false) }
    }
}
