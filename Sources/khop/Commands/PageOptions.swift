import ArgumentParser
import Collection
import Values

/// Which page of a list is shown.
struct PageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            vi: "Sau mục này, cho trang tiếp theo: mã cuối của trang trước, hoặc next_cursor của trang đó.",
            en: "After this one, for the next page: the last id of the page before, or its next_cursor."
        )
    ) var after: String?
    @Option(help: ArgumentHelp(vi: "Tối đa bao nhiêu, 1 đến 500.", en: "How many at most, 1 to 500.")) var limit = 50

    /// ``after`` in a list whose items have numbers.
    var afterNumber: Int64? {
        get throws {
            try after.map { text in
                guard let number = Int64(text) else {
                    throw ServiceError(
                        .invalidParameter,
                        at: "--after",
                        Phrase(
                            vi: "phải là số của một mục trong danh sách",
                            en: "must be the number of an item of the list"
                        )
                    )
                }
                return number
            }
        }
    }
}
