public import Values

extension Schedule {
    /// The row of a fee that an agency takes on a day: that of its own unit, then of each unit above, then the national
    /// one; `nil` if none is in force.
    public func fee(_ code: String, ofAgency agency: String, on day: Day) -> FeeRow? {
        guard let unit = unit(ofAgency: agency, on: day) else { return nil }
        let chain = localities.chain(of: unit, on: day).map(\.code)
        return price(of: code, Context(chain: chain, day: day, channel: .online, payerCategory: ""))
    }
}
