import Values

/// Places and lengths in charts, as parts of their width: a chart is drawn as wide as its page, so that its text keeps the
/// size that the style gives it on a telephone too. Heights are in pixels.
enum ChartPlace {
    /// The width of a chart on a small telephone, in pixels: what labels must not overlap at.
    static let narrowest = 290.0

    /// `12.5%`, to a hundredth of a percent.
    static func text(_ percent: Double) -> String {
        let hundredths = Int((percent * 100).rounded())
        let (whole, part) = (hundredths / 100, hundredths % 100)
        guard part != 0 else { return "\(whole)%" }
        return "\(whole)." + (part % 10 == 0 ? "\(part / 10)" : part < 10 ? "0\(part)" : "\(part)") + "%"
    }

    /// The element of a chart, as high as that.
    static func picture(height: Int, title: String, _ parts: [String]) -> String {
        """
        <svg class="chart" width="100%" height="\(height)" role="img" aria-label="\(title.escapedForXML)">\
        \(parts.joined())</svg>
        """
    }
}
