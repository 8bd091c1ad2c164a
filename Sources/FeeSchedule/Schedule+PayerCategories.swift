public import Values

extension Schedule {
    /// The payer categories for which a reduction is in force on a day, ordered by code.
    public func payerCategories(on day: Day) -> [String] {
        payerCategoryValidities.filter { $0.value.contains { $0.contains(day) } }.keys.sorted()
    }

    /// Throws for a category that is not in force on the day: otherwise a misspelt category would silently cost the
    /// payer the reduction.
    public func checkPayerCategory(_ category: String?, on day: Day) throws(AssessmentError) {
        guard let category else { return }
        let known = payerCategories(on: day)
        guard !known.contains(category) else { return }
        let list = known.joined(separator: ", ")
        throw AssessmentError(
            pointer: "/payer/category",
            reason: known.isEmpty
                ? Phrase(
                    vi: "không có đối tượng miễn, giảm nào có hiệu lực ngày \(day.formatted): hãy bỏ trống",
                    en: "no category of payers is in force on \(day.formatted): leave it out"
                )
                : Phrase(
                    vi: "không phải là đối tượng có hiệu lực ngày \(day.formatted): \(list)",
                    en: "is not a category in force on \(day.formatted): \(list)"
                )
        )
    }
}
