public import Values

/// What the words of a table mean. Days and times without a month are of November 2026, a time alone of the 21st.
extension ScenarioTable.Row {
    /// The value of an option, or a default.
    public func option(_ name: String, or otherwise: String) -> String { options[name] ?? otherwise }

    public func money(_ text: String) throws(ScenarioFault) -> Money {
        guard let dong = Int64(text) else { throw fault("\(text) is not an amount") }
        return Money(dong)
    }

    public func money(_ name: String, or otherwise: Money) throws(ScenarioFault) -> Money {
        guard let text = options[name] else { return otherwise }
        return try money(text)
    }

    public func integer(_ text: some StringProtocol) throws(ScenarioFault) -> Int64 {
        guard let number = Int64(text) else { throw fault("\(text) is not a number") }
        return number
    }

    /// `24h`, `90m`, `30s`.
    public func seconds(_ text: String) throws(ScenarioFault) -> Int64 {
        let units: [Character: Int64] = ["h": 3600, "m": 60, "s": 1]
        guard let last = text.last, let unit = units[last] else { throw fault("\(text) is not a time span") }
        return try integer(text.dropLast()) * unit
    }

    /// `21` or `2026-11-21`.
    public func day(_ text: some StringProtocol) throws(ScenarioFault) -> Day {
        guard let day = Day(text.count == 2 ? "2026-11-\(text)" : "\(text)") else {
            throw fault("\(text) is not a day")
        }
        return day
    }

    /// `10:00`, `10:00:01`, `20T10:00`, `2026-09-22T10:00`: in Vietnam.
    public func instant(_ text: String) throws(ScenarioFault) -> Instant {
        let parts = text.split(separator: "T")
        let day = parts.count == 2 ? try day(parts[0]) : Day("2026-11-21")!
        guard let time = parts.last, (1...2).contains(parts.count),
            let instant = Instant("\(day)T\(time)\(time.count == 5 ? ":00" : "")+07:00")
        else { throw fault("\(text) is not a time") }
        return instant
    }

    public func instant(_ name: String, or otherwise: String) throws(ScenarioFault) -> Instant {
        try instant(options[name] ?? otherwise)
    }

    /// Words joined by commas; `-` for none.
    public func list(_ text: String) -> [String] { text == "-" ? [] : text.split(separator: ",").map(String.init) }
}

extension Instant {
    /// As tables write it: `21T10:00:00`, or with its month when it is another one.
    public var inTable: String {
        let text = "\(self)"
        let day = text.prefix(10)
        let time = text.dropFirst(10).dropLast(6)
        return (day.hasPrefix("2026-11-") ? String(day.suffix(2)) : String(day)) + time
    }
}

extension Day {
    /// As tables write it: `21`, or with its month when it is another one.
    public var inTable: String {
        let text = "\(self)"
        return text.hasPrefix("2026-11-") ? String(text.suffix(2)) : text
    }
}
