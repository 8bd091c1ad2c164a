/// A sheet of paper. Lengths are in points, 1/72 of an inch; a millimetre is about 2.83 of them.
public struct PageFormat: Sendable, Hashable {
    public let width: Double
    public let height: Double
    /// The empty border on every side; the foot of the page stands in the lower one.
    public let margin: Double
    /// The size of plain text. Headings, heads of tables and small print follow it.
    public let textSize: Double

    /// 210 × 297 mm, upright: records, letters, reports.
    public static let a4 = PageFormat(width: 595.28, height: 841.89, margin: 51, textSize: 11.5)
    /// 297 × 210 mm, lying: wide tables.
    public static let a4Landscape = PageFormat(width: 841.89, height: 595.28, margin: 45, textSize: 10)
    /// 148 × 210 mm, upright: notices and slips.
    public static let a5 = PageFormat(width: 419.53, height: 595.28, margin: 31, textSize: 9)
    /// 210 × 148 mm, lying: receipts.
    public static let a5Landscape = PageFormat(width: 595.28, height: 419.53, margin: 31, textSize: 9)

    /// A phone's screen, upright: pictures that people keep in their gallery, as high as what stands on them.
    public static let phone = PageFormat(width: 360, height: 1000, margin: 18, textSize: 14)

    private init(width: Double, height: Double, margin: Double, textSize: Double) {
        self.width = width
        self.height = height
        self.margin = margin
        self.textSize = textSize
    }

    /// The width that text may fill.
    public var bodyWidth: Double { width - 2 * margin }

    /// The height that text may fill, above the foot.
    public var bodyHeight: Double { height - 2 * margin }
}
