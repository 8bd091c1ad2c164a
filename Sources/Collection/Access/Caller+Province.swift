import Values

extension Caller {
    /// Throws `forbidden` for whoever acts for some localities alone, by the roles that count.
    public func requireWholeProvince() throws {
        guard localities != nil else { return }
        throw ServiceError(
            .forbidden,
            Phrase(
                vi: "Việc này dành cho người làm việc cho cả tỉnh.",
                en: "This is for those who act for the whole province."
            )
        )
    }
}
