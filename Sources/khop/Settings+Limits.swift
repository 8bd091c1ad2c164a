import Collection
import Configuration

extension Settings {
    /// How many payment pages may be open.
    ///
    /// - Parameter number: reads a setting by its key and its name, with what it is unless it is set and its bounds.
    static func openPages(_ number: (ConfigKey, String, Int, ClosedRange<Int>) throws -> Int) throws -> PageWatch.Limits
    {
        var limits = PageWatch.Limits()
        limits.pages = try number("khop.maximum.open.pages", "KHOP_MAXIMUM_OPEN_PAGES", limits.pages, 0...8000)
        limits.pagesPerAddress = try number(
            "khop.maximum.open.pages.per.address",
            "KHOP_MAXIMUM_OPEN_PAGES_PER_ADDRESS",
            limits.pagesPerAddress,
            0...8000
        )
        return limits
    }

    /// The settings of the limits: the key in the configuration, the name in the environment, and what it sets.
    static var limits: [(ConfigKey, String, WritableKeyPath<CallLimits.Options, Int>)] {
        [
            ("khop.limit.attempts.per.minute", "KHOP_LIMIT_ATTEMPTS_PER_MINUTE", \.attemptsPerMinute),
            ("khop.limit.pages.per.minute", "KHOP_LIMIT_PAGES_PER_MINUTE", \.pagesPerMinute),
            ("khop.limit.person.per.minute", "KHOP_LIMIT_PERSON_PER_MINUTE", \.personPerMinute),
            ("khop.limit.program.per.minute", "KHOP_LIMIT_PROGRAM_PER_MINUTE", \.programPerMinute),
            ("khop.maximum.open.requests", "KHOP_MAXIMUM_OPEN_REQUESTS", \.openRequests),
            ("khop.maximum.statements.per.day", "KHOP_MAXIMUM_STATEMENTS_PER_DAY", \.statementsPerDay),
        ]
    }
}
