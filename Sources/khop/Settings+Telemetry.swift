import Collection
import Configuration
import Logging
import Postgres
import Values

/// What those who run it want to see.
extension Settings {
    /// What is logged and how, from how many milliseconds on a statement is slow, 0 for never, and where traces go, `nil` for
    /// nowhere.
    static func telemetry(
        _ config: ConfigReader
    ) throws -> (level: Logger.Level, form: LogForm, slowMilliseconds: Int64, traceURL: String?) {
        let level = try choice(config, "khop.log.level", "KHOP_LOG_LEVEL", Logger.Level.info)
        let form = try choice(config, "khop.log.format", "KHOP_LOG_FORMAT", LogForm.text)
        let url = try witnessURL(config.string(forKey: "khop.otlp.url"), "KHOP_OTLP_URL")
        guard let text = config.string(forKey: "khop.slow.statement.ms"), !text.isEmpty else {
            return (level, form, 1000, url)
        }
        let allowed = 0...3_600_000
        guard let value = Int(text), allowed.contains(value) else {
            throw ServiceError(.invalidParameter, at: "KHOP_SLOW_STATEMENT_MS", .wholeNumber(allowed))
        }
        return (level, form, Int64(value), url)
    }

    /// Statements that take long go to the log; `nil` where that was switched off.
    func slowStatements(_ logger: Logger) -> SlowStatements? {
        guard slowStatementMilliseconds > 0 else { return nil }
        return SlowStatements(milliseconds: slowStatementMilliseconds) { found in
            logger.warning(
                "slow statement",
                metadata: [
                    "statement": "\(found.statement)", "ms": "\(found.milliseconds)",
                    "connection": "\(found.applicationName)",
                ]
            )
        }
    }
}
