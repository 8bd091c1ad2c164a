import FeeSchedule
import Foundation
public import Values

extension Reports {
    /// The localities that somebody may ask about, as they are today: the provinces, or of those who act for localities these
    /// and the units below them.
    ///
    /// - Parameters:
    ///   - bound: the codes that the caller acts for; `nil` for all.
    ///   - asked: one that is asked about already, with its neighbours.
    public func areas(within bound: [String]?, besides asked: String?, today: Day = Instant.now().day) async throws
        -> [ReportedArea]
    {
        let catalogue = try await tariff.current()
        let tree = catalogue.schedule.localities
        // A province opens its communes, and so does one of them.
        let opened =
            asked.flatMap { tree.unit(code: $0, on: today) }
            .map { Set(tree.chain(of: $0, on: today).map(\.code)) } ?? []
        let units = catalogue.rows.localities.filter { unit in
            guard unit.validity.contains(today) else { return false }
            let chain = tree.chain(of: unit, on: today).map(\.code)
            if let bound { return bound.contains(where: chain.contains) }
            return unit.level == .province || chain.contains(where: opened.contains)
        }
        // In Vietnamese order, where Đ follows D and tones count last.
        let vietnamese = Locale(identifier: "vi_VN")
        let sorted = units.sorted { one, other in
            guard (one.level, one.parentCode) == (other.level, other.parentCode) else {
                return (one.level, one.parentCode) < (other.level, other.parentCode)
            }
            return one.nameVi.compare(other.nameVi, locale: vietnamese) == .orderedAscending
        }
        return sorted.prefix(600).map { ReportedArea(code: $0.code, name: Phrase(vi: $0.nameVi, en: $0.nameEn)) }
    }
}
