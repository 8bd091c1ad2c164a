public import CoreMetrics
import Synchronization

/// A swift-metrics backend that writes Prometheus's text format: counters, gauges, and timers with fixed buckets.
///
/// Written here because no library that does it is available where the program is built.
public final class PrometheusRegistry: MetricsFactory {
    private struct Key: Hashable {
        let label: String
        let dimensions: [String]
    }

    private let series = Mutex<[Key: any Series]>([:])
    /// The most series kept; labels beyond this are a mistake and share one series without dimensions.
    private static let maximumSeries = 2000

    public init() {}

    private func find<Kind: Series>(_ label: String, _ dimensions: [(String, String)], _ make: (String) -> Kind) -> Kind
    {
        series.withLock { series in
            var names = dimensions.map { "\($0)=\"\(PrometheusRegistry.escaped($1))\"" }
            if series.count >= PrometheusRegistry.maximumSeries { names = [] }
            let key = Key(label: label, dimensions: names)
            if let known = series[key] as? Kind { return known }
            let made = make(names.joined(separator: ","))
            series[key] = made
            return made
        }
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        find(label, dimensions) { CounterSeries(labels: $0) }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        find(label, dimensions) { GaugeSeries(labels: $0) }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        find(label, dimensions) { GaugeSeries(labels: $0) }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        find(label, dimensions) { TimerSeries(labels: $0) }
    }

    // Series live as long as the process: a counter that disappears would look like a restart.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    /// All series, in Prometheus's text format 0.0.4.
    public var text: String {
        let all = series.withLock { Array($0) }
        var out = ""
        for (label, group) in Dictionary(grouping: all, by: \.key.label).sorted(by: { $0.key < $1.key }) {
            guard let kind = group.first?.value.kind else { continue }
            out += "# TYPE \(label) \(kind)\n"
            for entry in group.sorted(by: { $0.key.dimensions.joined() < $1.key.dimensions.joined() }) {
                out += entry.value.lines(label)
            }
        }
        return out
    }
}

private protocol Series: AnyObject, Sendable {
    var kind: String { get }
    func lines(_ label: String) -> String
}

private func name(_ label: String, _ labels: String) -> String { labels.isEmpty ? label : "\(label){\(labels)}" }

private final class CounterSeries: CounterHandler, Series {
    private let labels: String
    private let value = Atomic<Int64>(0)

    init(labels: String) { self.labels = labels }

    var kind: String { "counter" }
    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }
    func lines(_ label: String) -> String { "\(name(label, labels)) \(value.load(ordering: .relaxed))\n" }
}

private final class GaugeSeries: RecorderHandler, MeterHandler, Series {
    private let labels: String
    private let value = Mutex<Double>(0)

    init(labels: String) { self.labels = labels }

    var kind: String { "gauge" }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func lines(_ label: String) -> String { "\(name(label, labels)) \(value.withLock { $0 })\n" }
}

private final class TimerSeries: TimerHandler, Series {
    private static let boundsMicroseconds: [Int64] = [
        500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000,
    ]

    private struct State {
        var counts = [Int64](repeating: 0, count: boundsMicroseconds.count + 1)
        var sum: Int64 = 0
    }

    private let labels: String
    private let state = Mutex(State())

    init(labels: String) { self.labels = labels }

    var kind: String { "histogram" }

    func recordNanoseconds(_ duration: Int64) {
        let microseconds = duration / 1000
        let bucket =
            TimerSeries.boundsMicroseconds.firstIndex { microseconds <= $0 } ?? TimerSeries.boundsMicroseconds.count
        state.withLock {
            $0.counts[bucket] += 1
            $0.sum += microseconds
        }
    }

    func lines(_ label: String) -> String {
        let state = state.withLock { $0 }
        var cumulative: Int64 = 0
        var out = ""
        let prefix = labels.isEmpty ? "" : labels + ","
        for (index, count) in state.counts.enumerated() {
            cumulative += count
            let bound =
                index < TimerSeries.boundsMicroseconds.count
                ? String(Double(TimerSeries.boundsMicroseconds[index]) / 1_000_000) : "+Inf"
            out += "\(label)_bucket{\(prefix)le=\"\(bound)\"} \(cumulative)\n"
        }
        out += "\(name(label + "_sum", labels)) \(Double(state.sum) / 1_000_000)\n"
        return out + "\(name(label + "_count", labels)) \(cumulative)\n"
    }
}
