import Testing

@testable import Console

/// Charts, as wide as their page.
@Suite struct ChartTests {
    @Test func `no chart is scaled, so that its text keeps the size that the style gives it`() {
        let bars = BarChart(
            bars: [.init(name: "Phường <A>", value: 9_876, target: 10_000, label: "98,76%")],
            title: "Thử"
        ).svg
        let heat = HeatChart(days: [(name: "T2", amounts: Array(repeating: 1, count: 24))], title: "Thử").svg
        let line = LineChart(
            points: (1...13).map { .init(name: "\($0)/2026", value: Int64($0 * 700), isRunning: $0 == 13) },
            target: 8_000,
            title: "Thử"
        ).svg
        for chart in [bars, heat, line] {
            #expect(!chart.contains("viewBox") && chart.contains("width=\"100%\""), "\(chart)")
            // Nothing is placed in pixels from the left but what is at the very border.
            let places = chart.matches(of: /\b(?:x|x1|x2|cx)="([^"]*)"/).map { String($0.1) }
            #expect(places.allSatisfy { $0 == "0" || $0.hasSuffix("%") }, "\(places)")
        }
        #expect(bars.contains("&lt;A&gt;") && bars.contains("x=\"79%\" dx=\"6\""), "\(bars)")
        // Of a year's months a telephone shows some; the one that is not over has the place of the one before it.
        #expect(line.matches(of: /class="tick wide"/).count > 4 && !line.contains(">12/2026<"), "\(line)")
        #expect(line.contains(">1/2026<") && line.contains("text-anchor=\"end\">13/2026<"), "\(line)")
    }

    @Test(arguments: [(0, "0%"), (12.5, "12.5%"), (79, "79%"), (0.07, "0.07%"), (99.999, "100%")])
    func `places are written to a hundredth of a percent`(_ percent: Double, _ text: String) {
        #expect(ChartPlace.text(percent) == text)
    }
}
