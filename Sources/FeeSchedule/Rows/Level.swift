/// The three levels of administration; districts ended on 2025-06-30.
public enum Level: String, Sendable, CaseIterable, Comparable {
    case province, district, commune

    private var rank: Int { self == .province ? 0 : self == .district ? 1 : 2 }
    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
}
