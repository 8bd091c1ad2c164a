import Values

/// One day's sum of one fee of one agency.
struct CollectedDay {
    let day: Day
    var line: CollectionsReport.Line
}
