/// How fast a large body must arrive. A connection that sends nothing at all is closed by the idle timeout.
public struct UploadPace: Sendable {
    /// For how long any pace will do.
    public var grace = Duration.seconds(20)
    /// The least bytes a second, on average, after that.
    public var bytesPerSecond = 64 << 10
    /// When it ends in any case.
    public var total = Duration.seconds(30 * 60)

    public init() {}

    /// Throws if a body that has sent so much in this time is too slow.
    func check(_ bytes: Int, after time: Duration) throws {
        let seconds = (time - grace) / .seconds(1)
        guard time <= grace || time <= total && Double(bytes) >= seconds * Double(bytesPerSecond) else {
            throw SlowBody()
        }
    }
}
