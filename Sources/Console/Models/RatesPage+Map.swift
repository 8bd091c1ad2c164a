import Collection
import FeeSchedule
import Values

extension RatesPage {
    /// How far a unit is from its target; the words that a tile says, not its colour alone.
    enum Need: String, Sendable, CaseIterable {
        /// Ten percentage points or more below it.
        case far
        case near
        case done
        /// Without a target, or without a payment.
        case none

        init(_ line: NonCashReport.Line) {
            guard let rate = Rate(line.figures.nonCash, of: line.figures.paid).hundredths, let target = line.target
            else {
                self = .none
                return
            }
            self = rate >= target ? .done : target - rate >= 1000 ? .far : .near
        }

        var mark: String {
            switch self {
            case .far: "▼▼"
            case .near: "▼"
            case .done: "✓"
            case .none: "·"
            }
        }

        var words: Phrase {
            switch self {
            case .far: Phrase(vi: "thiếu từ 10 điểm %", en: "10 points or more short")
            case .near: Phrase(vi: "thiếu dưới 10 điểm %", en: "less than 10 points short")
            case .done: Phrase(vi: "đạt chỉ tiêu", en: "target met")
            case .none: Phrase(vi: "chưa có khoản nào hoặc chưa có chỉ tiêu", en: "no payment, or no target")
            }
        }
    }

    struct Tile: Sendable {
        let name: String
        let rate: String
        let mark: String
        let words: String
        /// `far`, `near`, `done`, `none`.
        let tone: String
        /// `c2 r3`; empty off the map.
        let place: String
        let href: String?
    }

    struct TileGroup: Sendable {
        let name: String
        let tiles: [Tile]
        let more: String?
    }

    /// More tiles of a group than these are told as a number.
    private static let mostTiles = 60

    private static func tile(
        _ line: NonCashReport.Line,
        _ question: NonCashReport.Question,
        _ word: Wording,
        at place: ProvinceMap.Place? = nil
    ) -> Tile {
        let need = Need(line)
        return Tile(
            name: word[line.name],
            rate: percent(Rate(line.figures.nonCash, of: line.figures.paid), word),
            mark: need.mark,
            words: word[need.words],
            tone: need.rawValue,
            place: place.map { "c\($0.column) r\($0.row)" } ?? "",
            href: communes(line, question)
                ?? (line.figures.paid > 0 ? href(line, question, counted: .paid) : nil)
        )
    }

    /// The provinces on their places; empty unless the whole country is asked about by provinces. Units that ended, and what
    /// else has no place, are left to the table.
    static func map(_ report: NonCashReport, _ word: Wording) -> [Tile] {
        guard report.question.level == .province, report.question.locality == nil else { return [] }
        var latest: [String: NonCashReport.Line] = [:]
        for line in report.ranked {
            guard case .locality(let key) = line.key, ProvinceMap.places[key.code] != nil else { continue }
            if case .locality(let known) = latest[key.code]?.key, known.validFrom > key.validFrom { continue }
            latest[key.code] = line
        }
        let placed = latest.sorted { $0.key < $1.key }
        return placed.map { code, line in tile(line, report.question, word, at: ProvinceMap.places[code]) }
    }

    /// Units by how far they are from the target, those first that need most, and of these the one with most cash first.
    static func groups(_ report: NonCashReport, _ word: Wording) -> [TileGroup] {
        guard report.question.level != .province else { return [] }
        let units = report.ranked.filter { !$0.isAboveLevel }
        return Need.allCases.compactMap { need -> TileGroup? in
            let own = units.filter { Need($0) == need }.sorted { one, other in
                (other.figures.cash, word[one.name]) < (one.figures.cash, word[other.name])
            }
            guard !own.isEmpty else { return nil }
            let left = own.count - mostTiles
            return TileGroup(
                name: need.mark + " " + word[need.words] + " (\(own.count))",
                tiles: own.prefix(mostTiles).map { tile($0, report.question, word) },
                more: left > 0
                    ? word(vi: "và \(left) đơn vị nữa trong bảng", en: "and \(left) more in the table") : nil
            )
        }
    }

    /// What the marks say.
    static func legend(_ word: Wording) -> [String] { Need.allCases.map { $0.mark + " " + word[$0.words] } }
}
